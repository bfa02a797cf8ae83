"""The statement of a vote as a function of the database, so that its plan is kept: see the SQL beside."""

from pathlib import Path

from django.db import migrations

FORWARD = (Path(__file__).parent / "0007_cast_vote.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("engagement", "0006_comments_without_form_key"), ("audit", "0003_sendings")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION engagement_cast_vote")]
