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
