"""The system log."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LogRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('level', models.PositiveSmallIntegerField()),
                ('event', models.CharField(max_length=200)),
                ('logger', models.CharField(db_collation='C', max_length=100)),
                ('request_id', models.CharField(blank=True, db_collation='C', max_length=64)),
                ('person_id', models.BigIntegerField(null=True)),
                ('address', models.GenericIPAddressField(null=True)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('is_security', models.BooleanField(default=False)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['-at', '-id'], name='logrecord_newest'), models.Index(condition=models.Q(('request_id', ''), _negated=True), fields=['request_id'], name='logrecord_request'), models.Index(condition=models.Q(('person_id__isnull', False)), fields=['person_id', '-at'], name='logrecord_person'), models.Index(fields=['event', '-at'], name='logrecord_event')],
            },
        ),
    ]
