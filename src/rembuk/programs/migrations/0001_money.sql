-- A payment is booked on a pagu of its own programme. Checked at the end of an act: a shared lock on the pagu before its gate
-- would let two payments wait for each other.
ALTER TABLE programs_pagu ADD CONSTRAINT pagu_of_program UNIQUE (id, program_id);
ALTER TABLE programs_realisation ADD CONSTRAINT realisation_on_own_pagu
    FOREIGN KEY (pagu_id, program_id) REFERENCES programs_pagu (id, program_id) DEFERRABLE INITIALLY DEFERRED;

-- No more is paid than the pagu holds.
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

-- A payment is struck out and entered anew, neither changed nor deleted.
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
