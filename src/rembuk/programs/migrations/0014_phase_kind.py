from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


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
