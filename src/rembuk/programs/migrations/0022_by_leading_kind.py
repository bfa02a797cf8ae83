from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('programs', '0021_fill_leading_kind')]

    operations = [
        AddIndexConcurrently(
            model_name='program',
            index=models.Index(
                fields=['leading_kind', '-published_at', '-id'],
                include=['state', 'unit', 'category', 'year', 'region'],
                name='program_in_phase',
            ),
        ),
        AddIndexConcurrently(
            model_name='program',
            index=models.Index(
                fields=['leading_kind', '-changed_at', '-id'],
                include=['state', 'unit', 'category', 'year', 'region'],
                name='program_in_phase_by_change',
            ),
        ),
        RemoveIndexConcurrently(model_name='phase', name='phase_leading'),
    ]
