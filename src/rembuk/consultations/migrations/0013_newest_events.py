from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0012_closed'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationevent',
            index=models.Index(fields=['-at', '-id'], name='consultation_event_newest'),
        ),
    ]
