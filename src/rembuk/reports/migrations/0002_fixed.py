"""What is published stays as it is, held by the database; only the account of its author may be forgotten."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (to_jsonb(NEW) - 'drafted_by_id') IS DISTINCT FROM (to_jsonb(OLD) - 'drafted_by_id')
    THEN RAISE EXCEPTION 'a published report is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evaluation_fixed BEFORE UPDATE ON reports_evaluationreport
    FOR EACH ROW EXECUTE FUNCTION reports_keep_published();
CREATE TRIGGER accountability_fixed BEFORE UPDATE ON reports_accountabilityreport
    FOR EACH ROW EXECUTE FUNCTION reports_keep_published();
"""
BACKWARD = """
DROP TRIGGER accountability_fixed ON reports_accountabilityreport;
DROP TRIGGER evaluation_fixed ON reports_evaluationreport;
DROP FUNCTION reports_keep_published;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
