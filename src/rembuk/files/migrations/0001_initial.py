"""Stored uploads."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('picture', 'Picture'), ('document', 'Document')], max_length=8)),
                ('purpose', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('content_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(db_collation='C', max_length=64)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('storage_key', models.CharField(db_collation='C', max_length=80, unique=True)),
                ('variants', models.JSONField(default=list)),
                ('scan_state', models.CharField(choices=[('unscanned', 'Not scanned'), ('clean', 'Scanned, clean')], default='unscanned', max_length=9)),
                ('is_kept', models.BooleanField(default=False)),
                ('uploaded_by_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='storedfile_created')],
            },
        ),
    ]
