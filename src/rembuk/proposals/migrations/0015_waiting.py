from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0014_submitted'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['region'],
                include=['category', 'subject'],
                condition=models.Q(('state', 'submitted')),
                name='proposal_waiting',
            ),
        ),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_submitted'),
    ]
