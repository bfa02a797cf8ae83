from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0013_newest_events'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultation',
            index=models.Index(
                condition=models.Q(('state__in', ['scheduled', 'open', 'closed'])), fields=['closes_at', '-id'], include=('opens_at',), name='consultation_closes'
            ),
        ),
        RemoveIndexConcurrently(model_name='consultation', name='consultation_closing'),
    ]
