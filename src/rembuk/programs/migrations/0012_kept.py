"""What was promised and paid stays as it was, and what belongs to a programme belongs to no other."""

from django.db import migrations

FORWARD = """
-- A payment is booked on a pagu of its own programme, a milestone lies in a phase of its own. Checked at the end of
-- an act: a shared lock on the pagu before its gate would let two payments wait for each other.
ALTER TABLE programs_pagu ADD CONSTRAINT pagu_of_program UNIQUE (id, program_id);
ALTER TABLE programs_phase ADD CONSTRAINT phase_of_program UNIQUE (id, program_id);
ALTER TABLE programs_realisation ADD CONSTRAINT realisation_on_own_pagu
    FOREIGN KEY (pagu_id, program_id) REFERENCES programs_pagu (id, program_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE programs_milestone ADD CONSTRAINT milestone_in_own_phase
    FOREIGN KEY (phase_id, program_id) REFERENCES programs_phase (id, program_id) DEFERRABLE INITIALLY DEFERRED;

-- Checked at the end of an act, which may change pagu and months one after the other.
CREATE FUNCTION programs_cash_within_pagu() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.program_id ELSE NEW.program_id END;
    planned numeric;
    held numeric;
BEGIN
    -- The row of the programme is the gate: two plans at once wait for each other here.
    PERFORM 1 FROM programs_program WHERE id = which FOR NO KEY UPDATE;
    SELECT coalesce(sum(amount), 0) INTO planned FROM programs_cashplan WHERE program_id = which;
    SELECT coalesce(sum(amount), 0) INTO held FROM programs_pagu WHERE program_id = which;
    IF planned > held THEN
        RAISE EXCEPTION 'cash plan above the pagu' USING ERRCODE = 'check_violation', CONSTRAINT = 'cashplan_within_pagu';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cashplan_within_pagu AFTER INSERT OR UPDATE ON programs_cashplan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programs_cash_within_pagu();
CREATE CONSTRAINT TRIGGER pagu_above_cashplan AFTER UPDATE OR DELETE ON programs_pagu
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programs_cash_within_pagu();

-- Append-only; who wrote it is forgotten with the account.
CREATE FUNCTION programs_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a revision stays as it was published'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'revision_kept';
END $$;
CREATE TRIGGER revision_kept BEFORE UPDATE OR DELETE ON programs_revision
    FOR EACH ROW EXECUTE FUNCTION programs_keep_revision();

CREATE FUNCTION programs_keep_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM programs_program WHERE id = OLD.program_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'a realisation is struck out, never deleted'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'realisation_kept';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER realisation_kept BEFORE DELETE ON programs_realisation
    FOR EACH ROW EXECUTE FUNCTION programs_keep_payment();

-- The first plan is set on publication, while the programme is still a draft, or as a row joins it; then never again.
CREATE FUNCTION programs_keep_first_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint := (to_jsonb(OLD) ->> 'program_id')::bigint;
BEGIN
    IF which IS NULL THEN
        SELECT program_id INTO which FROM programs_indicator WHERE id = (to_jsonb(OLD) ->> 'indicator_id')::bigint;
    END IF;
    IF EXISTS (SELECT 1 FROM programs_program WHERE id = which AND state <> 'draft') THEN
        RAISE EXCEPTION 'the first plan stays as it was published'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'first_plan_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phase_first_plan_kept BEFORE UPDATE ON programs_phase FOR EACH ROW
    WHEN ((OLD.first_start_on, OLD.first_end_on) IS DISTINCT FROM (NEW.first_start_on, NEW.first_end_on))
    EXECUTE FUNCTION programs_keep_first_plan();
CREATE TRIGGER milestone_first_plan_kept BEFORE UPDATE ON programs_milestone FOR EACH ROW
    WHEN ((OLD.first_start_on, OLD.first_end_on, OLD.first_weight)
          IS DISTINCT FROM (NEW.first_start_on, NEW.first_end_on, NEW.first_weight))
    EXECUTE FUNCTION programs_keep_first_plan();
CREATE TRIGGER pagu_first_plan_kept BEFORE UPDATE ON programs_pagu FOR EACH ROW
    WHEN (OLD.first_amount IS DISTINCT FROM NEW.first_amount) EXECUTE FUNCTION programs_keep_first_plan();
CREATE TRIGGER cashplan_first_plan_kept BEFORE UPDATE ON programs_cashplan FOR EACH ROW
    WHEN (OLD.first_amount IS DISTINCT FROM NEW.first_amount) EXECUTE FUNCTION programs_keep_first_plan();
CREATE TRIGGER indicatorvalue_first_plan_kept BEFORE UPDATE ON programs_indicatorvalue FOR EACH ROW
    WHEN (OLD.first_target IS DISTINCT FROM NEW.first_target) EXECUTE FUNCTION programs_keep_first_plan();
"""
BACKWARD = """
DROP TRIGGER indicatorvalue_first_plan_kept ON programs_indicatorvalue;
DROP TRIGGER cashplan_first_plan_kept ON programs_cashplan;
DROP TRIGGER pagu_first_plan_kept ON programs_pagu;
DROP TRIGGER milestone_first_plan_kept ON programs_milestone;
DROP TRIGGER phase_first_plan_kept ON programs_phase;
DROP FUNCTION programs_keep_first_plan;
DROP TRIGGER realisation_kept ON programs_realisation;
DROP FUNCTION programs_keep_payment;
DROP TRIGGER revision_kept ON programs_revision;
DROP FUNCTION programs_keep_revision;
DROP TRIGGER pagu_above_cashplan ON programs_pagu;
DROP TRIGGER cashplan_within_pagu ON programs_cashplan;
DROP FUNCTION programs_cash_within_pagu;
ALTER TABLE programs_milestone DROP CONSTRAINT milestone_in_own_phase;
ALTER TABLE programs_realisation DROP CONSTRAINT realisation_on_own_pagu;
ALTER TABLE programs_phase DROP CONSTRAINT phase_of_program;
ALTER TABLE programs_pagu DROP CONSTRAINT pagu_of_program;
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0011_bounds")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
