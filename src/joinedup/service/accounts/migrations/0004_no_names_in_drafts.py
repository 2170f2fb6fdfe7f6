"""Drafts of the page on which names of children are listed go: they were kept there in words until now."""

from typing import Any

from django.db import migrations


def forget(apps: Any, editor: Any) -> None:
    """Delete them, whose ever they are."""
    apps.get_model("accounts", "Draft").objects.filter(place__endswith="/children/names").delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_drafts_and_presence")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
