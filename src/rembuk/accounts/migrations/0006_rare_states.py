from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


def _index(name, condition):
    return AddIndexConcurrently(
        model_name='person', index=models.Index(fields=['joined_at', 'id'], condition=condition, name=name)
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('accounts', '0005_search_of_people'),
    ]

    operations = [
        _index(
            'person_invited',
            models.Q(('deleted_at', None), ('invited_at__isnull', False), ('is_active', True)),
        ),
        _index(
            'person_suspended',
            models.Q(('deleted_at', None), ('is_active', False), ('suspended_at__isnull', False)),
        ),
        _index('person_deleted', models.Q(('deleted_at__isnull', False))),
    ]
