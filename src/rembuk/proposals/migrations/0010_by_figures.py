from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0009_waiting'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                condition=models.Q(('published_at__isnull', False)),
                fields=['subject', 'category'],
                include=['id', 'state', 'unit', 'published_at'],
                name='proposal_by_figures',
            ),
        ),
    ]
