"""What takes entries over takes them as text, too: see the SQL beside."""

from pathlib import Path

from django.db import migrations

_FOLDER = Path(__file__).parent
FORWARD = (_FOLDER / "0006_text_taken_over.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_tuned_partitions")]
    # It takes what the one before took.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
