CREATE FUNCTION consultations_keep_published_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM consultations_draftversion v WHERE v.id = OLD.version_id AND v.published_at IS NOT NULL)
    THEN RAISE EXCEPTION 'a published version is fixed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION consultations_refuse_new_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM consultations_draftversion v WHERE v.id = NEW.version_id AND v.published_at IS NOT NULL)
    THEN RAISE EXCEPTION 'a published version is fixed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION consultations_keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.created_by_id IS NULL
       AND (NEW.number, NEW.source, NEW.note, NEW.published_at, NEW.consultation_id)
           IS NOT DISTINCT FROM (OLD.number, OLD.source, OLD.note, OLD.published_at, OLD.consultation_id)
    THEN RETURN NEW;  -- the account of who made it was deleted
    END IF;
    RAISE EXCEPTION 'a published version is fixed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER clausetext_fixed BEFORE UPDATE OR DELETE ON consultations_clausetext
    FOR EACH ROW EXECUTE FUNCTION consultations_keep_published_text();
CREATE TRIGGER clausetext_no_more BEFORE INSERT ON consultations_clausetext
    FOR EACH ROW EXECUTE FUNCTION consultations_refuse_new_text();
CREATE TRIGGER draftversion_fixed BEFORE UPDATE OR DELETE ON consultations_draftversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION consultations_keep_published_version();
