import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0008_police_bail"),
        ("people", "0005_allocation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoDefendant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("in_error_at", models.DateTimeField(blank=True, null=True)),
                ("in_error_reason", models.CharField(blank=True, max_length=300)),
                ("together", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="how it is known")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="co_defendants", to="casework.offence"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                "verbose_name": "co-defendant",
                "ordering": ["offence", "id"],
                "indexes": [
                    models.Index(fields=["child"], name="co_defendant_of_child"),
                    models.Index(fields=["together"], name="co_defendant_together"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_error_at", None), ("in_error_reason", "")),
                            models.Q(("in_error_at__isnull", False), models.Q(("in_error_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="co_defendant_in_error_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("in_error_at", None)),
                        fields=("offence", "person"),
                        name="co_defendant_once",
                    ),
                ],
            },
        ),
    ]
