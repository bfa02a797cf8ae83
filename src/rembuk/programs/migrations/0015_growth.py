from django.db import migrations, models
from django.db.models import Q

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('programs', '0014_phase_kind'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='program',
            index=models.Index(
                fields=['-changed_at', '-id'],
                condition=Q(state__in=['draft', 'published']),
                name='program_open_to_links',
            ),
        ),
        AddIndexConcurrently(
            model_name='witness',
            index=models.Index(fields=['milestone'], condition=Q(value='no'), name='witness_denies'),
        ),
    ]
