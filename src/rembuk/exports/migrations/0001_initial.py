"""Files of many rows that were asked for."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('form', models.CharField(choices=[('xlsx', 'Spreadsheet (XLSX)'), ('csv', 'Text table (CSV)')], max_length=10)),
                ('given', models.JSONField(default=dict)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('language', models.CharField(max_length=10)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Being made'), ('ready', 'Ready'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('expired', 'Removed')], default='queued', max_length=10)),
                ('problem', models.CharField(blank=True, choices=[('denied', 'Your rights did not cover these rows any more when the file was written.'), ('unreadable', "One of the filters can't be read any more, so that nothing was written. Set the filters and ask again."), ('too_long', 'A spreadsheet holds 1,048,575 rows; there are more. Ask for CSV, or narrow the filters.'), ('broken', 'Something went wrong while the file was written. Ask for it again.')], max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_expected', models.PositiveIntegerField(null=True)),
                ('reach', models.JSONField(default=dict)),
                ('storage_key', models.CharField(blank=True, max_length=80)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('is_from_replica', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['person', '-id'], name='exports_of_person'),
                    models.Index(fields=['state', 'expires_at'], name='exports_state_end'),
                ],
            },
        ),
    ]
