from django.db import migrations, models
from django.db.models import Q

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently

WAITING = Q(state__in=["published", "reviewing"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0008_unit_newest'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['answer_due_at', 'id'],
                include=['state', 'author', 'code'],
                condition=WAITING,
                name='proposal_waiting_due',
            ),
        ),
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['-id'],
                include=['state', 'author', 'code'],
                condition=WAITING,
                name='proposal_waiting',
            ),
        ),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_overdue'),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_awaits_answer'),
    ]
