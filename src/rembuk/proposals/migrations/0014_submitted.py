from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0013_narrow'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['subject'],
                include=['category', 'region'],
                condition=models.Q(('state', 'submitted')),
                name='proposal_submitted',
            ),
        ),
    ]
