from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Lower

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('engagement', '0007_cast_vote'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='subject',
            index=GinIndex(OpClass(Lower('title'), name='gin_trgm_ops'), name='subject_title_trgm'),
        ),
    ]
