-- What the database's guards rest on. Run as the owner before every migration; running it twice changes nothing.
-- Who acts and for which services is said by accounts.scope in the settings openyj.user and openyj.services.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- unaccent() is only STABLE because its dictionary may be changed; ours is not, and an index needs IMMUTABLE.
CREATE OR REPLACE FUNCTION openyj_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent', $1)) $$;

-- The words of a child's names, plain, and each name as one word: what a search compares. Names are qualified because
-- a restored database works this out before anyone says where to look. A loop, because a query for each child took as
-- long as all the rest of loading one; and most names are one word already.
CREATE OR REPLACE FUNCTION openyj_name_parts(given text, family text, used text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    parts text[] := '{}';
    words text[];
    name text;
    part text;
BEGIN
    FOREACH name IN ARRAY ARRAY[given, family, used] LOOP
        name := public.openyj_plain(name);
        IF name ~ '[^[:alnum:]]' THEN
            words := regexp_split_to_array(name, '[^[:alnum:]]+') || regexp_replace(name, '[^[:alnum:]]', '', 'g');
        ELSE
            words := ARRAY[name];
        END IF;
        FOREACH part IN ARRAY words LOOP
            part := left(part, 80);
            IF part <> '' AND part <> ALL (parts) THEN
                parts := parts || part;
            END IF;
        END LOOP;
    END LOOP;
    RETURN parts;
END $$;

-- The services whose rows may be seen; with nothing said, none.
CREATE OR REPLACE FUNCTION openyj_services() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN coalesce(current_setting('openyj.services', true), '') IN ('', '*') THEN '{}'::bigint[]
          ELSE string_to_array(current_setting('openyj.services', true), ',')::bigint[] END $$;

CREATE OR REPLACE FUNCTION openyj_every_service() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('openyj.services', true), '') = '*' $$;

-- History: what a row was and became, only the columns that changed. SECURITY DEFINER, so that the site can cause
-- history and not write it. A trigger names, as its arguments, columns that are worked out from others of the row.
-- New rows are written down a statement at a time, because a bulk load adds millions; changes row by row, because only
-- there is it sure which row became which.
CREATE OR REPLACE FUNCTION openyj_record_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE
    acting bigint := nullif(current_setting('openyj.user', true), '')::bigint;
    untold text[] := coalesce(TG_ARGV[0:TG_NARGS - 1], '{}') || '{password,last_login}';
    whose text := CASE WHEN TG_TABLE_NAME = 'people_child' THEN 'id' ELSE 'child_id' END;
BEGIN
    INSERT INTO accounts_history (at, "user", service_id, table_name, row_id, child_id, action, before, after)
    SELECT clock_timestamp(), acting, (whole ->> 'service_id')::bigint, TG_TABLE_NAME, (whole ->> 'id')::bigint,
           (whole ->> whose)::bigint, 'insert', NULL, whole
    FROM (SELECT to_jsonb(added) - untold AS whole FROM added OFFSET 0) AS made;  -- OFFSET: worked out once a row
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION openyj_record_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE
    untold text[] := coalesce(TG_ARGV[0:TG_NARGS - 1], '{}') || '{password,last_login}';
    old_row jsonb := to_jsonb(OLD) - untold;
    new_row jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) - untold END;
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

-- Counting again what pages are planned by, after a bulk load. Only an owner may, so the site asks through this; nothing
-- but statistics can change by it.
CREATE OR REPLACE FUNCTION openyj_refresh_statistics(names text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY names LOOP
        EXECUTE format('ANALYZE %I', name);
    END LOOP;
END $$;

-- A body that oversees services is no tenant of children.
CREATE OR REPLACE FUNCTION openyj_no_child_of_overseers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts_service WHERE id = NEW.service_id AND oversees <> '') THEN
        RAISE EXCEPTION 'A body that oversees services holds no child' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
