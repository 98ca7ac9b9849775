from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0005_open_and_missing"),
        ("people", "0005_allocation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="offence",
            name="charge_date",
            field=models.DateField(blank=True, null=True, verbose_name="date of charge"),
        ),
        migrations.AddField(
            model_name="offence",
            name="cjs_code_unknown",
            field=models.BooleanField(blank=True, null=True, verbose_name="the offence code is not known"),
        ),
        migrations.AddField(
            model_name="offence",
            name="gravity_matrix",
            field=models.CharField(
                blank=True,
                choices=[
                    ("NPCC_2025", "NPCC Child Gravity Matrix, revised February 2025"),
                    ("NPCC_2023", "NPCC Child Gravity Matrix, September 2023"),
                    ("ACPO_2013", "ACPO gravity factor matrix 2013"),
                ],
                max_length=12,
                null=True,
                verbose_name="edition of the police gravity matrix",
            ),
        ),
        migrations.AddField(
            model_name="offence",
            name="gravity_reason",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="why the decision departs from the police gravity score"
            ),
        ),
        migrations.AddField(
            model_name="offence",
            name="gravity_score",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="police gravity score"),
        ),
        migrations.AddField(
            model_name="offence",
            name="location_postcode",
            field=models.CharField(blank=True, max_length=10, verbose_name="postcode of where it happened"),
        ),
        migrations.AddField(
            model_name="offence",
            name="plea",
            field=models.CharField(
                blank=True,
                choices=[
                    ("GUILTY", "Guilty"),
                    ("NOT_GUILTY", "Not guilty"),
                    ("NONE_ENTERED", "No plea entered"),
                    ("NOT_KNOWN", "Recorded as unknown"),
                ],
                max_length=20,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="offence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("charge_date", None),
                    ("offence_date", None),
                    ("charge_date__gte", models.F("offence_date")),
                    _connector="OR",
                ),
                name="charge_not_before_offence",
            ),
        ),
        migrations.AddConstraint(
            model_name="offence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gravity_matrix", None), ("gravity_reason", ""), ("gravity_score", None)),
                    models.Q(
                        ("gravity_matrix__isnull", False),
                        ("gravity_score__isnull", False),
                        models.Q(
                            models.Q(
                                ("gravity_matrix", "ACPO_2013"), ("gravity_score__gte", 1), ("gravity_score__lte", 4)
                            ),
                            models.Q(
                                ("gravity_matrix", "NPCC_2023"), ("gravity_score__gte", 1), ("gravity_score__lte", 5)
                            ),
                            models.Q(
                                ("gravity_matrix", "NPCC_2025"), ("gravity_score__gte", 1), ("gravity_score__lte", 5)
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="gravity_score_of_its_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="offence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cjs_code_unknown", None),
                    ("cjs_code_unknown", False),
                    ("cjs_code", None),
                    ("cjs_code", ""),
                    _connector="OR",
                ),
                name="offence_code_or_not_known",
            ),
        ),
    ]
