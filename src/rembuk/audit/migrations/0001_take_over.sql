-- For tables whose rows carry an entry until they are deleted (models.WaitingEntry): AFTER DELETE, once for each statement, with
-- the deleted rows as "gone", in the order of the deeds. It acts with the rights of whoever deletes: with those of the owner, a
-- table, type and cast of the application's own would let it do anything.
--
-- It takes every entry, whatever is missing, too long for an index or no JSON object: one that it refused could never be folded, nor any
-- after it. Entries are text, which costs whoever votes nothing to write; a table whose column is JSON is taken as well.
CREATE FUNCTION public.audit_take_over() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.audit_entry (
        at, actor_person_id, verb, actor_label, actor_roles, actor_unit_id, actor_unit_code, on_behalf_of,
        channel, address, request_id,
        target_kind, target_key, target_unit_id, target_unit_path
    )
    SELECT coalesce(gone.at, clock_timestamp()), gone.actor_person_id, left(coalesce(held.verb, ''), 200),
           coalesce(held.actor_label, ''), coalesce(held.actor_roles, '{}'), held.actor_unit_id,
           coalesce(held.actor_unit_code, ''), coalesce(held.on_behalf_of, ''),
           CASE WHEN held.channel IN ('web', 'command', 'worker', 'import') THEN held.channel ELSE 'web' END,
           coalesce(held.address, ''), left(coalesce(held.request_id, ''), 200),
           left(coalesce(held.target_kind, ''), 200), left(coalesce(held.target_key, ''), 200),
           held.target_unit_id, left(coalesce(held.target_unit_path, ''), 1000)
    FROM gone, jsonb_populate_record(
        NULL::public.audit_entry,
        CASE WHEN gone.entry::text LIKE '{%' AND pg_input_is_valid(gone.entry::text, 'jsonb')
             THEN gone.entry::text::jsonb ELSE '{}' END
    ) AS held
    WHERE gone.entry IS NOT NULL ORDER BY gone.at;
    RETURN NULL;
END $$;
