import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("files", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChildFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("in_error_at", models.DateTimeField(blank=True, null=True)),
                ("in_error_reason", models.CharField(blank=True, max_length=300)),
                ("title", models.CharField(max_length=120, verbose_name="what it is")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="date on it")),
            ],
            options={
                "ordering": ["-recorded_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="childfile",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="people.child"
            ),
        ),
        migrations.AddField(
            model_name="childfile",
            name="in_error_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="childfile",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="childfile",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.service"
            ),
        ),
        migrations.AddField(
            model_name="childfile",
            name="stored",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="file",
            ),
        ),
        migrations.AddIndex(
            model_name="childfile",
            index=models.Index(fields=["child", "recorded_at"], name="people_chil_child_i_7eda25_idx"),
        ),
        migrations.AddConstraint(
            model_name="childfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_error_at", None), ("in_error_reason", "")),
                    models.Q(("in_error_at__isnull", False), models.Q(("in_error_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="child_file_in_error_is_whole",
            ),
        ),
    ]
