from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently

_TOLD = ('state', 'unit', 'category', 'year', 'region')


def _index(name, *fields, without=()):
    include = [field for field in _TOLD if field not in without]
    return AddIndexConcurrently(
        model_name='program', index=models.Index(fields=list(fields), include=include, name=name)
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('programs', '0018_by_name'),
    ]

    operations = [
        _index('program_by_time', '-published_at', '-id'),
        RemoveIndexConcurrently(model_name='program', name='program_newest'),
        _index('program_by_change', '-changed_at', '-id'),
        RemoveIndexConcurrently(model_name='program', name='program_changed'),
        _index('program_by_title', 'title', 'id'),
        RemoveIndexConcurrently(model_name='program', name='program_title'),
        _index('program_of_year', 'year', '-published_at', '-id', without=['year']),
        AddIndexConcurrently(
            model_name='phase',
            index=models.Index(
                fields=['program'], include=['kind'], condition=models.Q(('is_leading', True)), name='phase_leading'
            ),
        ),
    ]
