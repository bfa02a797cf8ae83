from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0015_narrow'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='matrixrow',
            index=models.Index(fields=['consultation', 'unit'], name='row_in_charge'),
        ),
    ]
