import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0007_hearing_proposals"),
        ("people", "0005_allocation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PoliceBail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("in_error_at", models.DateTimeField(blank=True, null=True)),
                ("in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PRE_CHARGE_BAIL", "On police bail before charge"),
                            ("RELEASED_UNDER_INVESTIGATION", "Released under investigation, not on bail"),
                            ("POST_CHARGE_BAIL", "On police bail after charge, to the court"),
                        ],
                        max_length=30,
                    ),
                ),
                ("start_date", models.DateField(verbose_name="from")),
                ("end_date", models.DateField(blank=True, null=True, verbose_name="until")),
                ("conditions", models.CharField(blank=True, max_length=1000)),
                ("police", models.CharField(blank=True, max_length=120, verbose_name="police force and station")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="people.child"
                    ),
                ),
                (
                    "in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.service"
                    ),
                ),
            ],
            options={
                "ordering": ["-start_date", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PoliceBailOffence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("in_error_at", models.DateTimeField(blank=True, null=True)),
                ("in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="people.child"
                    ),
                ),
                (
                    "in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="police_bail_links",
                        to="casework.offence",
                    ),
                ),
                (
                    "police_bail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="casework.policebail"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.service"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="policebail",
            name="offences",
            field=models.ManyToManyField(
                related_name="police_bails", through="casework.PoliceBailOffence", to="casework.offence"
            ),
        ),
        migrations.AddConstraint(
            model_name="policebailoffence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_error_at", None), ("in_error_reason", "")),
                    models.Q(("in_error_at__isnull", False), models.Q(("in_error_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="police_bail_offence_in_error_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="policebailoffence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_error_at", None)),
                fields=("police_bail", "offence"),
                name="police_bail_offence_once",
            ),
        ),
        migrations.AddIndex(
            model_name="policebail",
            index=models.Index(
                condition=models.Q(("in_error_at", None)), fields=["child"], name="police_bail_of_child"
            ),
        ),
        migrations.AddConstraint(
            model_name="policebail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_error_at", None), ("in_error_reason", "")),
                    models.Q(("in_error_at__isnull", False), models.Q(("in_error_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="police_bail_in_error_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="policebail",
            constraint=models.UniqueConstraint(fields=("id", "service"), name="police_bail_and_service"),
        ),
        migrations.AddConstraint(
            model_name="policebail",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_date", None), ("end_date__gte", models.F("start_date")), _connector="OR"),
                name="police_bail_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="policebail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "RELEASED_UNDER_INVESTIGATION"), _negated=True),
                    ("conditions", ""),
                    _connector="OR",
                ),
                name="no_conditions_without_bail",
            ),
        ),
    ]
