from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('proposals', '0015_waiting')]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['category'],
                include=['subject'],
                condition=models.Q(('state', 'submitted')),
                name='proposal_waiting_of_category',
            ),
        ),
    ]
