import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_childfile"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="child",
            name="child_given_name_alike",
        ),
        migrations.RemoveIndex(
            model_name="child",
            name="child_family_name_alike",
        ),
        migrations.RemoveIndex(
            model_name="child",
            name="child_known_as_alike",
        ),
        migrations.AddField(
            model_name="child",
            name="name_parts",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("given_name", "family_name", "known_as", function="openyj_name_parts"),
                output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
            ),
        ),
    ]
