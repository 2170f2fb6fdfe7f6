"""What can be changed carries a version, so that nobody overwrites what they have not seen."""

from django.db import models


class Versioned(models.Model):
    """A row with a version: 1 when made, one more at each change (see `joinedup.service.actions`)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
