from django.db import migrations, models
from django.db.models import Q

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0003_standing'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(fields=['answer_due_at', 'id'], name='proposal_due_first'),
        ),
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(fields=['planning_year', '-published_at', '-id'], name='proposal_year'),
        ),
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(fields=['source', '-published_at', '-id'], name='proposal_source'),
        ),
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['submitted_at'],
                include=['id', 'considered_at', 'explained_at', 'state', 'unit', 'answer_due_at'],
                name='proposal_figures',
            ),
        ),
        AddIndexConcurrently(
            model_name='disposition',
            index=models.Index(fields=['due_at', 'id'], condition=Q(closed_at=None), name='disposition_due_first'),
        ),
    ]
