from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0010_changed'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultation',
            index=models.Index(
                condition=models.Q(('state__in', ['scheduled', 'open', 'closed'])), fields=['opens_at', '-id'], name='consultation_opening'
            ),
        ),
    ]
