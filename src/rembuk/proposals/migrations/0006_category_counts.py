from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0005_overdue'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(fields=['category', 'state'], name='proposal_category_state'),
        ),
    ]
