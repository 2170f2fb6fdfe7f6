from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="sent",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("sent", ""), _negated=True), fields=["inspection", "sent"], name="evidence_sent"
            ),
        ),
    ]
