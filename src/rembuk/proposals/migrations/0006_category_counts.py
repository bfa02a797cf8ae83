from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


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
