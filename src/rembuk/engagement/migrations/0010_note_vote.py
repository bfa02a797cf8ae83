"""A vote whose delta carries its audit entry: see the SQL beside. Processes of the version before still call ``engagement_give_vote``."""

from pathlib import Path

from django.db import migrations, models

_FOLDER = Path(__file__).parent
FORWARD = (_FOLDER / "0010_note_vote.sql").read_text(encoding="utf-8")
# What waits is folded while the trigger is there and nobody votes, so that no entry is lost.
BACKWARD = """
LOCK TABLE engagement_votedelta IN ACCESS EXCLUSIVE MODE;
INSERT INTO engagement_touched (subject_id)
SELECT DISTINCT ballot.subject_id FROM engagement_votedelta delta JOIN engagement_ballot ballot ON ballot.id = delta.ballot_id;
WITH gone AS (DELETE FROM engagement_votedelta RETURNING ballot_id, choice, change)
INSERT INTO engagement_tally AS tally (ballot_id, choice, count)
SELECT ballot_id, choice, sum(change) FROM gone GROUP BY 1, 2
ON CONFLICT (ballot_id, choice) DO UPDATE SET count = tally.count + excluded.count;
DROP TRIGGER votedelta_entries ON engagement_votedelta;
DROP TRIGGER votedelta_no_change ON engagement_votedelta;
DROP FUNCTION engagement_note_vote;
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0009_give_vote"), ("audit", "0004_take_over")]
    operations = [
        migrations.AddField("votedelta", "at", models.DateTimeField(null=True)),
        migrations.AddField("votedelta", "actor_person_id", models.BigIntegerField(null=True)),
        migrations.AddField("votedelta", "entry", models.JSONField(null=True)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
