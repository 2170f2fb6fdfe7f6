"""The stage of an inspection whose report is published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0004_evidence_counted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="inspection",
            name="stage",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("notified", "Notified"),
                    ("fieldwork", "Fieldwork"),
                    ("drafting", "Drafting"),
                    ("moderation", "Moderation"),
                    ("factual_accuracy", "Factual accuracy"),
                    ("signing", "Ready for sign-off"),
                    ("signed_off", "Signed off"),
                    ("published", "Published"),
                    ("called_off", "Called off"),
                ],
                default="planned",
                max_length=20,
            ),
        ),
    ]
