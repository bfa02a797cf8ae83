from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0009_closing'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultation',
            index=models.Index(fields=['-changed_at', '-id'], name='consultation_changed'),
        ),
    ]
