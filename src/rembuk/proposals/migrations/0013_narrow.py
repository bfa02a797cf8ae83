from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently

_WAITING = models.Q(('state__in', ['published', 'reviewing']))


def _index(name, *fields, include, **given):
    return AddIndexConcurrently(
        model_name='proposal', index=models.Index(fields=list(fields), include=list(include), name=name, **given)
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0012_title_words'),
    ]

    operations = [
        _index('proposal_of_state', 'state', 'id', include=['code']),
        _index('proposal_state_due', 'state', 'answer_due_at', 'id', include=['code']),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_due'),
        _index('proposal_awaiting', '-id', include=['state', 'author', 'code', 'answer_due_at'], condition=_WAITING),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_waiting'),
        _index('proposal_of_region', 'region', '-published_at', '-id', include=['state', 'code', 'answer_due_at']),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_region'),
        _index('proposal_of_category', 'category', 'state', include=['code']),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_category_state'),
        _index('proposal_of_subject', 'subject', 'category', include=['id', 'state', 'unit', 'region', 'published_at']),
        RemoveIndexConcurrently(model_name='proposal', name='proposal_by_figures'),
    ]
