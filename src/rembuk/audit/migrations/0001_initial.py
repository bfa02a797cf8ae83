"""The audit table: partitioned by month, append-only. Why it is SQL: docs/decisions/0004-audit-table.md."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

_FOLDER = Path(__file__).parent
TABLE = (_FOLDER / "0001_audit_entry.sql").read_text(encoding="utf-8")
TAKE_OVER = (_FOLDER / "0001_take_over.sql").read_text(encoding="utf-8")
NO_TABLE = """
DROP TABLE public.audit_entry CASCADE;
DROP FUNCTION public.audit_make_partitions(date, int);
DROP FUNCTION public.audit_refuse();
DROP SCHEMA audit CASCADE;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunSQL(TABLE, NO_TABLE),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('verb', models.TextField()),
                ('actor_person_id', models.BigIntegerField(null=True)),
                ('actor_label', models.TextField()),
                ('actor_roles', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('actor_unit_id', models.BigIntegerField(null=True)),
                ('actor_unit_code', models.TextField()),
                ('on_behalf_of', models.TextField()),
                ('channel', models.TextField()),
                ('address', models.TextField()),
                ('request_id', models.TextField()),
                ('target_kind', models.TextField()),
                ('target_key', models.TextField()),
                ('target_unit_id', models.BigIntegerField(null=True)),
                ('target_unit_path', models.TextField()),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('reason', models.TextField()),
                ('bulk', models.TextField()),
            ],
            options={
                'db_table': 'audit_entry',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='VisibleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('key', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [
                    models.Index(fields=['at'], name='visible_change_at'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('nonce', models.UUIDField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('status', models.PositiveSmallIntegerField(db_default=0)),
                ('location', models.TextField(db_default='')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['at'], name='sending_at'),
                ],
            },
        ),
        # What takes entries over from rows that carried them.
        migrations.RunSQL(TAKE_OVER, "DROP FUNCTION public.audit_take_over()"),
    ]
