"""A vote in plain statements: see the SQL beside. Processes of the version before still call ``engagement_cast_vote``."""

from pathlib import Path

from django.db import migrations

FORWARD = (Path(__file__).parent / "0009_give_vote.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("engagement", "0008_title_search"), ("audit", "0003_sendings")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION engagement_give_vote")]
