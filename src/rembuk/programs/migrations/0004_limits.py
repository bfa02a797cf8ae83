"""What must be true of a plan and its money, held by the database."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

FORWARD = """
ALTER TABLE programs_phase ADD CONSTRAINT phase_kind_no_overlap EXCLUDE USING gist (
    program_id WITH =, (kind::text) WITH =, daterange(planned_start_on, planned_end_on, '[]') WITH &&
) WHERE (planned_start_on IS NOT NULL AND planned_end_on IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION programs_within_pagu() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held numeric;
    spent numeric;
    which bigint := CASE TG_TABLE_NAME WHEN 'programs_pagu' THEN NEW.id ELSE NULL END;
BEGIN
    IF which IS NULL THEN which := (to_jsonb(NEW) ->> 'pagu_id')::bigint; END IF;
    -- The row of the pagu is the gate: two realisations at once wait for each other here.
    SELECT amount INTO held FROM programs_pagu WHERE id = which FOR UPDATE;
    SELECT coalesce(sum(amount), 0) INTO spent FROM programs_realisation WHERE pagu_id = which AND struck_at IS NULL;
    IF spent > held THEN
        RAISE EXCEPTION 'realisation above the pagu' USING ERRCODE = 'check_violation', CONSTRAINT = 'realisation_within_pagu';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER realisation_within_pagu AFTER INSERT OR UPDATE ON programs_realisation
    FOR EACH ROW EXECUTE FUNCTION programs_within_pagu();
CREATE TRIGGER pagu_above_realisation AFTER UPDATE OF amount ON programs_pagu
    FOR EACH ROW EXECUTE FUNCTION programs_within_pagu();

CREATE FUNCTION programs_keep_realisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.amount, NEW.spent_on, NEW.document_number, NEW.description, NEW.pagu_id, NEW.program_id)
       IS DISTINCT FROM (OLD.amount, OLD.spent_on, OLD.document_number, OLD.description, OLD.pagu_id, OLD.program_id)
       OR OLD.struck_at IS NOT NULL AND (NEW.struck_at, NEW.strike_reason) IS DISTINCT FROM (OLD.struck_at, OLD.strike_reason)
    THEN RAISE EXCEPTION 'a realisation is struck out and entered anew, never changed'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER realisation_fixed BEFORE UPDATE ON programs_realisation
    FOR EACH ROW EXECUTE FUNCTION programs_keep_realisation();
"""
BACKWARD = """
DROP TRIGGER realisation_fixed ON programs_realisation;
DROP TRIGGER pagu_above_realisation ON programs_pagu;
DROP TRIGGER realisation_within_pagu ON programs_realisation;
DROP FUNCTION programs_keep_realisation;
DROP FUNCTION programs_within_pagu;
ALTER TABLE programs_phase DROP CONSTRAINT phase_kind_no_overlap;
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_layers")]
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
