-- One vote: gate, upsert, and a delta that carries the audit entry, in the transaction of the statement that calls it. Whoever
-- deletes the delta, folding it into the tally, thereby writes the entry into the trail (audit_take_over): many at once, where
-- each vote by itself paid more for its entry than for all the rest (docs/decisions/0070-writers-under-load.md).
--
-- Plain statements one after the other, each with a plan that the connection keeps, and one value as the answer: the value
-- before; the new value when nothing changed; nothing when the ballot is not open. The entry is text: read as JSON it would cost
-- each vote a fifth of what it takes beyond a bare insert, and is read as JSON once more by whoever folds.
CREATE FUNCTION engagement_note_vote(
    ballot bigint, voter bigint, new_value int, text_version int, given_at timestamptz, entry text
) RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
    previous_value smallint;
BEGIN
    -- The gate's lock conflicts with the full row lock of whoever closes the ballot, not with other voters. Who waited for
    -- it meets the row, and the clock, as they are afterwards.
    SELECT coalesce(given_at, clock_timestamp()) INTO moment
        FROM engagement_ballot
        WHERE id = ballot AND is_open
          AND (opens_at IS NULL OR opens_at <= coalesce(given_at, clock_timestamp()))
          AND (closes_at IS NULL OR closes_at > coalesce(given_at, clock_timestamp()))
        FOR KEY SHARE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    -- The row remembers the value it replaced, so the deltas are exact whoever else votes as the same person.
    INSERT INTO engagement_vote AS vote (ballot_id, voter_id, value, previous, version, created_at, changed_at)
        VALUES (ballot, voter, new_value, 0, text_version, moment, moment)
        ON CONFLICT (ballot_id, voter_id) DO UPDATE
            SET previous = vote.value, value = excluded.value, version = excluded.version,
                changed_at = excluded.changed_at
            WHERE vote.value IS DISTINCT FROM excluded.value
        RETURNING previous INTO previous_value;
    IF NOT FOUND OR previous_value = new_value THEN
        RETURN new_value;
    END IF;

    -- Each change of a count is a delta; the last one carries the entry.
    IF previous_value <> 0 AND new_value <> 0 THEN
        INSERT INTO engagement_votedelta (ballot_id, choice, change) VALUES (ballot, previous_value, -1);
    END IF;
    INSERT INTO engagement_votedelta (ballot_id, choice, change, at, actor_person_id, entry) VALUES (
        ballot,
        CASE new_value WHEN 0 THEN previous_value ELSE new_value END,
        CASE new_value WHEN 0 THEN -1 ELSE 1 END,
        moment, voter, entry
    );
    RETURN previous_value;
END $$;

-- Nobody alters a delta; whoever deletes one leaves its entry.
CREATE TRIGGER votedelta_no_change BEFORE UPDATE ON engagement_votedelta
    FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
CREATE TRIGGER votedelta_entries AFTER DELETE ON engagement_votedelta
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.audit_take_over();
