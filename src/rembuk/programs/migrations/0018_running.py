from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('programs', '0017_last_changed'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='program',
            index=models.Index(
                condition=models.Q(('state__in', ['published', 'postponed'])), fields=['-published_at', '-id'], name='program_running'
            ),
        ),
    ]
