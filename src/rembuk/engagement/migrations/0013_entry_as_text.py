"""The entry of a vote waits as text: see the SQL beside."""

from pathlib import Path

from django.db import migrations, models

_FOLDER = Path(__file__).parent
FORWARD = (_FOLDER / "0013_entry_as_text.sql").read_text(encoding="utf-8")
_BEFORE = (_FOLDER / "0010_note_vote.sql").read_text(encoding="utf-8").partition("\n-- Nobody alters a delta")[0]
BACKWARD = f"""
DROP FUNCTION engagement_note_vote(bigint, bigint, int, int, timestamptz, text);
{_BEFORE}
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0012_case_in_order"), ("audit", "0006_text_taken_over")]
    operations = [
        migrations.AlterField("votedelta", "entry", models.TextField(null=True)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
