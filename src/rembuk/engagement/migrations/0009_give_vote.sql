-- One vote: gate, upsert, deltas and audit entry, in the transaction of the statement that calls it. Plain statements one
-- after the other, each with a plan that the connection keeps, and one value as the answer: set up anew for each vote, the
-- five parts of one WITH took longer (docs/decisions/0070-writers-under-load.md).
--
-- Returns the value before; the new value when nothing changed; nothing when the ballot is not open.
CREATE FUNCTION engagement_give_vote(
    ballot bigint, voter bigint, new_value int, text_version int, given_at timestamptz,
    verb text, label text, roles text[], unit_id bigint, unit_code text, on_behalf_of text, channel text, address text,
    request_id text, target_kind text, target_key text, target_unit_id bigint, target_unit_path text
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

    IF previous_value <> 0 THEN
        INSERT INTO engagement_votedelta (ballot_id, choice, change) VALUES (ballot, previous_value, -1);
    END IF;
    IF new_value <> 0 THEN
        INSERT INTO engagement_votedelta (ballot_id, choice, change) VALUES (ballot, new_value, 1);
    END IF;
    INSERT INTO audit_entry (
        at, verb, actor_person_id, actor_label, actor_roles, actor_unit_id, actor_unit_code, on_behalf_of, channel, address,
        request_id, target_kind, target_key, target_unit_id, target_unit_path
    ) VALUES (
        moment, verb, voter, label, roles, unit_id, unit_code, on_behalf_of, channel, address,
        request_id, target_kind, target_key, target_unit_id, target_unit_path
    );
    RETURN previous_value;
END $$;
