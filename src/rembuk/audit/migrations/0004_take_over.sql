-- For tables whose rows carry an entry until they are deleted (models.WaitingEntry): AFTER DELETE, once for each statement, with
-- the deleted rows as "gone". It acts with the owner's rights, so that the entry stays whoever deletes, and in the order of the deeds.
CREATE FUNCTION public.audit_take_over() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.audit_entry (
        at, actor_person_id, verb, actor_label, actor_roles, actor_unit_id, actor_unit_code, on_behalf_of, channel, address,
        request_id, target_kind, target_key, target_unit_id, target_unit_path
    )
    SELECT gone.at, gone.actor_person_id, held.verb, coalesce(held.actor_label, ''), coalesce(held.actor_roles, '{}'),
           held.actor_unit_id, coalesce(held.actor_unit_code, ''), coalesce(held.on_behalf_of, ''), held.channel,
           coalesce(held.address, ''), coalesce(held.request_id, ''), held.target_kind, held.target_key, held.target_unit_id,
           coalesce(held.target_unit_path, '')
    FROM gone, jsonb_populate_record(NULL::public.audit_entry, gone.entry) AS held
    WHERE gone.entry IS NOT NULL ORDER BY gone.at;
    RETURN NULL;
END $$;
