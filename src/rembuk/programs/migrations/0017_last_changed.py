from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("programs", "0016_newest_events"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="program",
            index=models.Index(fields=["-changed_at", "-id"], name="program_changed"),
        ),
        RemoveIndexConcurrently(model_name="program", name="program_open_to_links"),
    ]
