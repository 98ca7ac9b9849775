from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0004_first_contact"),
        ("people", "0001_initial"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(
                condition=models.Q(("in_error_at", None), ("residence", None)),
                fields=["service", "-outcome_date"],
                name="outcome_without_residence",
            ),
        ),
        migrations.AddIndex(
            model_name="programme",
            index=models.Index(
                condition=models.Q(("end_date", None), ("in_error_at", None)),
                fields=["service", "child"],
                name="programme_open",
            ),
        ),
    ]
