-- Two phases of one kind do not lie on the same days.
ALTER TABLE programs_phase ADD CONSTRAINT phase_kind_no_overlap EXCLUDE USING gist (
    program_id WITH =, (kind::text) WITH =, daterange(planned_start_on, planned_end_on, '[]') WITH &&
) WHERE (planned_start_on IS NOT NULL AND planned_end_on IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;

-- A milestone lies in a phase of its own programme.
ALTER TABLE programs_phase ADD CONSTRAINT phase_of_program UNIQUE (id, program_id);
ALTER TABLE programs_milestone ADD CONSTRAINT milestone_in_own_phase
    FOREIGN KEY (phase_id, program_id) REFERENCES programs_phase (id, program_id) DEFERRABLE INITIALLY DEFERRED;

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

-- The kind of the leading phase stands beside the programme (docs/decisions/0077-leading-kind.md).
CREATE FUNCTION programs_keep_leading_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programs_program SET leading_kind = NEW.kind WHERE id = NEW.program_id AND leading_kind <> NEW.kind;
    RETURN NULL;
END $$;
CREATE TRIGGER phase_leads AFTER INSERT OR UPDATE OF is_leading, kind ON programs_phase
    FOR EACH ROW WHEN (NEW.is_leading) EXECUTE FUNCTION programs_keep_leading_kind();
