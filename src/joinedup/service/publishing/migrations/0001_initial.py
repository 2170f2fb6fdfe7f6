"""What publishing keeps: wordings, decisions on disclosure, publications."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("inspections", "0005_published"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("summary", models.TextField(blank=True)),
                ("for_children", models.TextField(blank=True)),
                ("method", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wording", to="inspections.inspection"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("key", models.CharField(max_length=40)),
                ("rule", models.CharField(max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("stays", "Stays: it identifies no child"), ("left_out", "Left out of all documents")],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosure_decisions",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("inspection", "key"), name="one_decision_a_hit")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("published_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("publishing", "Being published"), ("published", "Published")],
                        default="publishing",
                        max_length=12,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("summary_sha256", models.CharField(max_length=64)),
                ("children_sha256", models.CharField(max_length=64)),
                ("changed", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "publishing")), fields=["state"], name="to_be_ended")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "number"), name="publication_numbered_once")
                ],
            },
        ),
    ]
