from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0010_by_figures'),
        ('workunits', '0002_successors'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='assessment',
            index=models.Index(
                condition=models.Q(('verdict', 'not_ours')), fields=['proposal', 'unit'], name='assessment_not_ours'
            ),
        ),
    ]
