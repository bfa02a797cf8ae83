"""The kind of the leading phase beside the programme, kept by the database (docs/decisions/0077-leading-kind.md)."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION programs_keep_leading_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programs_program SET leading_kind = NEW.kind WHERE id = NEW.program_id AND leading_kind <> NEW.kind;
    RETURN NULL;
END $$;
CREATE TRIGGER phase_leads AFTER INSERT OR UPDATE OF is_leading, kind ON programs_phase
    FOR EACH ROW WHEN (NEW.is_leading) EXECUTE FUNCTION programs_keep_leading_kind();
"""
BACKWARD = """
DROP TRIGGER phase_leads ON programs_phase;
DROP FUNCTION programs_keep_leading_kind;
"""


class Migration(migrations.Migration):
    dependencies = [('programs', '0019_narrow')]

    operations = [
        migrations.AddField(
            model_name='program',
            name='leading_kind',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=20),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
