"""Names that must not appear in what leaves the team, kept as digests."""

import django.db.models.deletion
from django.db import migrations, models

import joinedup.service.fields


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_published")]

    operations = [
        migrations.CreateModel(
            name="ListedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("whole", models.CharField(max_length=16)),
                ("digests", joinedup.service.fields.KeysField(blank=True, default=tuple)),
                ("kept_by", models.CharField(max_length=16)),
                ("removed", models.BooleanField(default=False)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed_names",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "whole"), name="name_listed_once"),
                ],
            },
        ),
    ]
