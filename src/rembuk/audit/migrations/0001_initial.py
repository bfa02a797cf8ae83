"""The audit table: partitioned by month, append-only. Why it is SQL: docs/decisions/0004-audit-table.md."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

FORWARD = (Path(__file__).parent / "0001_audit_entry.sql").read_text(encoding="utf-8")
BACKWARD = """
DROP TABLE public.audit_entry CASCADE;
DROP FUNCTION public.audit_make_partitions(date, int);
DROP FUNCTION public.audit_refuse();
DROP SCHEMA audit CASCADE;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("verb", models.TextField()),
                ("actor_person_id", models.BigIntegerField(null=True)),
                ("actor_label", models.TextField()),
                ("actor_roles", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("actor_unit_id", models.BigIntegerField(null=True)),
                ("actor_unit_code", models.TextField()),
                ("on_behalf_of", models.TextField()),
                ("channel", models.TextField()),
                ("address", models.TextField()),
                ("request_id", models.TextField()),
                ("target_kind", models.TextField()),
                ("target_key", models.TextField()),
                ("target_unit_id", models.BigIntegerField(null=True)),
                ("target_unit_path", models.TextField()),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("reason", models.TextField()),
                ("bulk", models.TextField()),
            ],
            options={"db_table": "audit_entry", "managed": False},
        ),
    ]
