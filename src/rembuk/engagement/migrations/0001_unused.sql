-- Neither read nor called any more: the key of a form that comments were guarded by, and two functions of votes.
ALTER TABLE engagement_comment ADD COLUMN form_key uuid;

-- One vote: gate, upsert, deltas and audit entry in one statement, whose plan each connection keeps. Planned anew for
-- each vote it took longer than the writing itself (docs/decisions/0070-writers-under-load.md).
--
-- Returns whether the ballot was open, and the value before; that is empty when nothing changed.
CREATE FUNCTION engagement_cast_vote(
    ballot bigint, voter bigint, new_value int, text_version int, given_at timestamptz,
    verb text, label text, roles text[], unit_id bigint, unit_code text, on_behalf_of text, channel text, address text,
    request_id text, target_kind text, target_key text, target_unit_id bigint, target_unit_path text,
    OUT is_open boolean, OUT previous_value smallint
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    -- The gate's lock conflicts with the full row lock of whoever closes the ballot, not with other voters. The
    -- upsert remembers the value it replaced, so the deltas are exact whoever else votes as the same person.
    WITH gate AS (
        SELECT id, coalesce(given_at, clock_timestamp()) AS moment
        FROM engagement_ballot
        WHERE id = engagement_cast_vote.ballot AND is_open
          AND (opens_at IS NULL OR opens_at <= coalesce(given_at, clock_timestamp()))
          AND (closes_at IS NULL OR closes_at > coalesce(given_at, clock_timestamp()))
        FOR KEY SHARE
    ), cast_vote AS (
        INSERT INTO engagement_vote AS vote
            (ballot_id, voter_id, value, previous, version, created_at, changed_at)
        SELECT id, engagement_cast_vote.voter, new_value, 0, text_version, moment, moment FROM gate
        ON CONFLICT (ballot_id, voter_id) DO UPDATE
            SET previous = vote.value, value = excluded.value, version = excluded.version,
                changed_at = excluded.changed_at
            WHERE vote.value IS DISTINCT FROM excluded.value
        RETURNING ballot_id, value, previous
    ), changed AS (
        SELECT ballot_id, value, previous FROM cast_vote WHERE value <> previous
    ), deltas AS (
        INSERT INTO engagement_votedelta (ballot_id, choice, change)
        SELECT ballot_id, delta.choice, delta.change
        FROM changed, LATERAL (VALUES (previous, -1), (value, 1)) AS delta (choice, change)
        WHERE delta.choice <> 0
    ), trail AS (
        INSERT INTO audit_entry (
            at, verb, actor_person_id, actor_label, actor_roles, actor_unit_id, actor_unit_code, on_behalf_of, channel, address,
            request_id, target_kind, target_key, target_unit_id, target_unit_path
        )
        SELECT coalesce(given_at, clock_timestamp()), engagement_cast_vote.verb, engagement_cast_vote.voter, label, roles,
            unit_id, unit_code, engagement_cast_vote.on_behalf_of, engagement_cast_vote.channel, engagement_cast_vote.address,
            engagement_cast_vote.request_id, engagement_cast_vote.target_kind, engagement_cast_vote.target_key,
            engagement_cast_vote.target_unit_id, engagement_cast_vote.target_unit_path
        FROM changed
    )
    SELECT EXISTS (SELECT FROM gate), (SELECT previous FROM changed) INTO is_open, previous_value;
END $$;

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
