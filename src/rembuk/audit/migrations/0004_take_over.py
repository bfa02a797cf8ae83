"""What takes entries over from rows that carried them: see the SQL beside."""

from pathlib import Path

from django.db import migrations

FORWARD = (Path(__file__).parent / "0004_take_over.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sendings")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION public.audit_take_over()")]
