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
            index=models.Index(fields=['title', 'id'], name='program_title'),
        ),
        AddIndexConcurrently(
            model_name='milestone',
            index=models.Index(
                condition=models.Q(('state__in', ['planned', 'ongoing'])), fields=['program', 'planned_end_on'], name='milestone_open'
            ),
        ),
    ]
