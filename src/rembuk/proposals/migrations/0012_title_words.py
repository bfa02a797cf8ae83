import django.contrib.postgres.search
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0011_not_ours'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=GinIndex(
                models.Func(
                    models.F('search'),
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="ts_filter(%(expressions)s, '{a}')",
                ),
                condition=models.Q(('published_at__isnull', False)),
                name='proposal_title_words',
            ),
        ),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_title_near'),
    ]
