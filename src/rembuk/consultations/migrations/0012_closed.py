from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0011_opening'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultation',
            index=models.Index(
                condition=models.Q(('state__in', ['scheduled', 'open', 'closed'])), fields=['-closes_at', '-id'], name='consultation_closed'
            ),
        ),
        AddIndexConcurrently(
            model_name='consultation',
            index=models.Index(fields=['state', '-closes_at', '-id'], name='consultation_ended'),
        ),
        RemoveIndexConcurrently(model_name='consultation', name='consultation_clock'),
    ]
