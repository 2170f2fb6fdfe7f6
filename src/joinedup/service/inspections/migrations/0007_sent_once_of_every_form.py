"""Evidence keeps no mark of its form any more: what came of any form is kept in one place (`accounts.Sent`).

A mark there counts with all that the form held, which evidence did not keep: the marks of before cannot be brought
over. A note whose answer was lost just before this change is added once more, and can be withdrawn.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_sent"), ("inspections", "0006_listed_names")]

    operations = [
        migrations.RemoveIndex(model_name="evidence", name="evidence_sent"),
        migrations.RemoveField(model_name="evidence", name="sent"),
    ]
