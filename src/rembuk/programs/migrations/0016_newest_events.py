from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("programs", "0015_growth"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="programevent",
            index=models.Index(fields=["-at", "-id"], name="programevent_newest"),
        ),
    ]
