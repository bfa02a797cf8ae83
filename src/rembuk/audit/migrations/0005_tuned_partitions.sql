-- As before, and a month is born with the storage settings of the default partition, which ops/tables/storage.py sets: the
-- application, which asks for months, may set none.
CREATE OR REPLACE FUNCTION public.audit_make_partitions(first date, months int) RETURNS int
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
