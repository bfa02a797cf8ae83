from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('programs', '0013_standing'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='phase',
            index=models.Index(fields=['kind'], name='phase_kind'),
        ),
    ]
