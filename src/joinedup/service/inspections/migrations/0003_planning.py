"""Which agencies are in scope, whether or not an organisation stands for each yet; why a request was withdrawn."""

from django.db import migrations, models

import joinedup.service.fields


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_evidence_sent_once")]

    operations = [
        migrations.AddField("inspection", "agencies", joinedup.service.fields.KeysField(blank=True, default=tuple)),
        migrations.AddField("informationrequest", "withdrawn", models.TextField(blank=True, default="")),
    ]
