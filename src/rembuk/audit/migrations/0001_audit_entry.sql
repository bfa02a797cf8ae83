-- Partitions lie in a schema of their own: a grant on all tables of "public" never reaches them.
CREATE SCHEMA audit;

CREATE TABLE public.audit_entry (
    id bigserial NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    verb text COLLATE "C" NOT NULL,
    actor_person_id bigint,
    actor_label text NOT NULL DEFAULT '',
    actor_roles text[] NOT NULL DEFAULT '{}',
    actor_unit_id bigint,
    actor_unit_code text NOT NULL DEFAULT '',
    on_behalf_of text NOT NULL DEFAULT '',
    channel text NOT NULL CHECK (channel IN ('web', 'command', 'worker', 'import')),
    address text NOT NULL DEFAULT '',
    request_id text COLLATE "C" NOT NULL DEFAULT '',
    target_kind text COLLATE "C" NOT NULL,
    target_key text COLLATE "C" NOT NULL,
    target_unit_id bigint,
    target_unit_path text COLLATE "C" NOT NULL DEFAULT '',
    before jsonb,
    after jsonb,
    reason text NOT NULL DEFAULT '',
    bulk text COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE INDEX audit_entry_newest ON public.audit_entry (at DESC, id DESC);
CREATE INDEX audit_entry_target ON public.audit_entry (target_kind, target_key, at DESC);
CREATE INDEX audit_entry_actor ON public.audit_entry (actor_person_id, at DESC) WHERE actor_person_id IS NOT NULL;
CREATE INDEX audit_entry_verb ON public.audit_entry (verb, at DESC);
CREATE INDEX audit_entry_unit ON public.audit_entry (target_unit_path, at DESC) WHERE target_unit_path <> '';
CREATE INDEX audit_entry_request ON public.audit_entry (request_id) WHERE request_id <> '';

CREATE FUNCTION public.audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON public.audit_entry
    FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON public.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();

CREATE TABLE audit.entry_default PARTITION OF public.audit_entry DEFAULT;
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit.entry_default
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();

-- Makes the partitions (months in UTC) from a month on, skips those that exist and those whose rows already
-- went to the default partition. Runs with the owner's rights because the application role makes no tables.
-- A month is born with the storage settings of the default partition, which ops/tables/storage.py sets: the application, which asks
-- for months, may set none.
CREATE FUNCTION public.audit_make_partitions(first date, months int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    start date;
    name text;
    made int := 0;
    storage text := (
        SELECT ' WITH (' || array_to_string(reloptions, ', ') || ')' FROM pg_class
        WHERE oid = 'audit.entry_default'::regclass
    );
BEGIN
    IF months NOT BETWEEN 1 AND 60 THEN
        RAISE EXCEPTION 'between 1 and 60 months, not %', months;
    END IF;
    FOR i IN 0 .. months - 1 LOOP
        start := (date_trunc('month', first::timestamp) + make_interval(months => i))::date;
        name := 'entry_' || to_char(start, 'YYYY_MM');
        CONTINUE WHEN to_regclass('audit.' || name) IS NOT NULL;
        PERFORM 1 FROM audit.entry_default
            WHERE at >= start::timestamp AT TIME ZONE 'UTC'
              AND at < (start + interval '1 month')::timestamp AT TIME ZONE 'UTC' LIMIT 1;
        CONTINUE WHEN FOUND;
        EXECUTE format(
            'CREATE TABLE audit.%I PARTITION OF public.audit_entry FOR VALUES FROM (%L) TO (%L)',
            name, start::text || ' 00:00:00+00', (start + interval '1 month')::date::text || ' 00:00:00+00')
            || coalesce(storage, '');
        EXECUTE format(
            'CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse()', name);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- A year back (imports and demo content are dated before today) and a year ahead.
SELECT public.audit_make_partitions((CURRENT_DATE - interval '12 months')::date, 25);
