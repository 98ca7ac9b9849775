-- What the database's guards rest on. Run as the owner before every migration; running it twice changes nothing.
-- Who acts and for which services is said by accounts.scope in the settings openyj.user and openyj.services.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- unaccent() is only STABLE because its dictionary may be changed; ours is not, and an index needs IMMUTABLE.
CREATE OR REPLACE FUNCTION openyj_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent', $1)) $$;

-- The services whose rows may be seen; with nothing said, none.
CREATE OR REPLACE FUNCTION openyj_services() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN coalesce(current_setting('openyj.services', true), '') IN ('', '*') THEN '{}'::bigint[]
          ELSE string_to_array(current_setting('openyj.services', true), ',')::bigint[] END $$;

CREATE OR REPLACE FUNCTION openyj_every_service() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('openyj.services', true), '') = '*' $$;

-- History: what a row was and became, only the columns that changed. SECURITY DEFINER, so that the site can cause
-- history and not write it.
CREATE OR REPLACE FUNCTION openyj_record_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'password' - 'last_login' END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - 'password' - 'last_login' END;
    whole jsonb := coalesce(new_row, old_row);
    was jsonb := old_row;
    became jsonb := new_row;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(old_row) WHERE value IS DISTINCT FROM new_row -> key;
        SELECT jsonb_object_agg(key, value) INTO became FROM jsonb_each(new_row) WHERE value IS DISTINCT FROM old_row -> key;
        IF became IS NULL THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO accounts_history (at, "user", service_id, table_name, row_id, child_id, action, before, after)
    VALUES (clock_timestamp(), nullif(current_setting('openyj.user', true), '')::bigint,
            (whole ->> 'service_id')::bigint, TG_TABLE_NAME, (whole ->> 'id')::bigint,
            CASE WHEN TG_TABLE_NAME = 'people_child' THEN whole ->> 'id' ELSE whole ->> 'child_id' END::bigint,
            lower(TG_OP), was, became);
    RETURN NULL;
END $$;
