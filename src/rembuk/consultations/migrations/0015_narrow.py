from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('consultations', '0014_closes'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultation',
            index=models.Index(
                fields=['state', '-closes_at', '-id'],
                include=['opens_at', 'kind', 'unit', 'category'],
                name='consultation_of_state',
            ),
        ),
        RemoveIndexConcurrently(model_name='consultation', name='consultation_ended'),
    ]
