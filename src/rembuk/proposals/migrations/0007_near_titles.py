from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Lower

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("proposals", "0006_category_counts"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("state__in", ["published", "reviewing"])),
                fields=["-id"],
                name="proposal_awaits_answer",
            ),
        ),
        AddIndexConcurrently(
            model_name="proposal",
            index=GistIndex(
                OpClass(Lower("title"), name="gist_trgm_ops(siglen=256)"), name="proposal_title_near"
            ),
        ),
        RemoveIndexConcurrently(model_name="proposal", name="proposal_title_trgm"),
    ]
