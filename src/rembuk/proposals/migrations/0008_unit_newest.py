from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('proposals', '0007_near_titles'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='proposal',
            index=models.Index(
                fields=['unit', '-published_at', '-id'], include=['state'], name='proposal_unit_newest'
            ),
        ),
    ]
