from django.db import migrations, models
from django.db.models import Q

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('engagement', '0010_note_vote'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(
                fields=['unit', 'due_at', 'id'], condition=Q(closed_at=None), name='case_unit_queue'
            ),
        ),
    ]
