"""An index from which evidence is counted without its rows being read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_planning")]

    operations = [
        migrations.AddIndex(
            "evidence",
            models.Index(
                fields=["inspection", "criterion", "source", "tendency", "agencies"],
                condition=models.Q(withdrawn=""),
                name="evidence_counted",
            ),
        ),
    ]
