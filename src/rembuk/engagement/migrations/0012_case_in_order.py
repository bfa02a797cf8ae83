from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('engagement', '0011_cases_of_unit'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(
                condition=models.Q(('closed_at', None)),
                fields=['due_at', 'id'],
                include=['kind', 'subject', 'comment', 'unit', 'released_by_unit'],
                name='case_in_order',
            ),
        ),
        RemoveIndexConcurrently(model_name='case', name='case_queue'),
    ]
