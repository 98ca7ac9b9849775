"""Putting the database's guards in place: history on every table, row-level security, references that cannot cross
services, and what the site's own role may do. Everything follows from the catalogue, so a new table is guarded the day
it is made; `tests/test_protection.py` finds one that is not."""

from __future__ import annotations

from importlib.resources import files

from django.db import connection

# Rows of everyday working, not facts: no history, and the site may delete them.
PASSING = {
    "django_session",
    "accounts_cache",
    "accounts_draft",
    "accounts_receipt",
    "jobs_progress",
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}
# The library's own tables, and the log and history themselves.
WITHOUT_HISTORY = PASSING | {
    "accounts_history",
    "accounts_access",
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}
# Needed before anyone is signed in, or to say who may sign in; they hold nothing about a child.
SEEN_ACROSS_SERVICES = {"accounts_user", "accounts_team", "accounts_locality"}
# A model whose table carries this comment (Meta.db_table_comment) can only be added to.
ADD_ONLY = "Only ever added to"
# A model whose table carries this comment is worked out from other rows and may be made again: it is never changed and
# keeps no history, and the site may throw it away. The second is of every service together, so no page may read it.
WORKED_OUT = "Worked out from other rows; thrown away when a newer one stands"
WORKED_OUT_OF_ALL = f"{WORKED_OUT}; read only while acting for every service"
# A line is added by someone who is only now signing in, before any service is said to be acted for.
ADDED_BY_ANYONE = {"accounts_access"}
READ_ONLY = {"accounts_history", "django_migrations"}
APP = "openyj_app"


def lay_ground() -> None:
    """Install the extensions and functions that migrations and guards rest on. Runs before them, as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(files("openyj.accounts").joinpath("sql/protection.sql").read_text())


def protect() -> None:
    """Install or refresh every guard. Needs the owner's connection; safe to run again."""
    with connection.cursor() as cursor:
        # What is only added to is its own history; a snapshot's bytes need not be kept twice.
        unchanging = add_only_tables(cursor) | worked_out_tables(cursor)
        of_all = commented(cursor, WORKED_OUT_OF_ALL)
        for table, columns in tables_and_columns(cursor).items():
            if table not in WITHOUT_HISTORY | unchanging:
                keep_history(cursor, table)
            if "service_id" in columns and table not in SEEN_ACROSS_SERVICES:
                secure_rows(cursor, table)
            if table in of_all:
                secure(cursor, table, "openyj_every_service()", "openyj_every_service()")
        refuse_children_of_overseers(cursor)
        refuse_crossings(cursor)
        grant(cursor)


def keep_history(cursor, table: str) -> None:
    """What is added, changed or deleted is written down, but for columns the database works out from the others."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attgenerated <> '' AND NOT attisdropped "
        "ORDER BY 1",
        [f'"{table}"'],
    )
    untold = ", ".join(f"'{column}'" for (column,) in cursor.fetchall())
    cursor.execute(
        f'CREATE OR REPLACE TRIGGER record_history AFTER UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION openyj_record_history({untold})"
    )
    cursor.execute(
        f'CREATE OR REPLACE TRIGGER record_added AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS added '
        f"FOR EACH STATEMENT EXECUTE FUNCTION openyj_record_added({untold})"
    )


def tables_and_columns(cursor) -> dict[str, set[str]]:
    """Every table of the site with its columns' names."""
    cursor.execute(
        "SELECT c.relname, array_agg(a.attname::text) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 "
        "AND NOT a.attisdropped GROUP BY 1 ORDER BY 1"
    )
    return {table: set(columns) for table, columns in cursor.fetchall()}


def commented(cursor, comment: str) -> set[str]:
    """The tables that carry this comment."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND obj_description(oid, 'pg_class') = %s", [comment]
    )
    return {table for (table,) in cursor.fetchall()}


def add_only_tables(cursor) -> set[str]:
    """The tables whose comment says that they are only ever added to."""
    return commented(cursor, ADD_ONLY)


def worked_out_tables(cursor) -> set[str]:
    """The tables whose comment says that they are worked out from other rows."""
    return commented(cursor, WORKED_OUT) | commented(cursor, WORKED_OUT_OF_ALL)


def secure_rows(cursor, table: str) -> None:
    """Only rows of the services said to be acted for. A row without a service is a log line about nobody's service."""
    mine = "openyj_every_service() OR service_id = ANY ((SELECT openyj_services())::bigint[])"
    secure(cursor, table, mine, "true" if table in ADDED_BY_ANYONE else mine)


def secure(cursor, table: str, mine: str, check: str) -> None:
    """Show the site's role the rows for which `mine` holds, and let it write those for which `check` does."""
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'DROP POLICY IF EXISTS of_service ON "{table}"')
    cursor.execute(f'CREATE POLICY of_service ON "{table}" TO {APP} USING ({mine}) WITH CHECK ({check})')


def refuse_children_of_overseers(cursor) -> None:
    """A body that oversees services holds no child, whoever writes."""
    cursor.execute(
        "CREATE OR REPLACE TRIGGER no_child_of_overseers BEFORE INSERT OR UPDATE OF service_id ON people_child "
        "FOR EACH ROW EXECUTE FUNCTION openyj_no_child_of_overseers()"
    )


def refuse_crossings(cursor) -> None:
    """Where a row of a service refers to another row of a service, both must be the same service's.

    Django writes the reference to `id`; this adds one to `(id, service_id)` wherever the target has that pair unique.
    """
    cursor.execute(
        """
        SELECT con.conrelid::regclass::text, att.attname, con.confrelid::regclass::text
        FROM pg_constraint con
        JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
        WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 1 AND con.connamespace = 'public'::regnamespace
          AND EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = con.conrelid AND s.attname = 'service_id')
          AND att.attname <> 'service_id'
          AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = con.confrelid AND i.indisunique
                      AND i.indpred IS NULL AND i.indexprs IS NULL AND (
                        SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute a
                        WHERE a.attrelid = con.confrelid AND a.attnum = ANY (i.indkey::int[])
                      ) = ARRAY['id', 'service_id'])
        """
    )
    for table, column, target in cursor.fetchall():
        name = f"{table}_{column}_same_service"[:63]
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(
                f'ALTER TABLE {table} ADD CONSTRAINT "{name}" FOREIGN KEY ("{column}", service_id) '
                f"REFERENCES {target} (id, service_id) DEFERRABLE INITIALLY DEFERRED"
            )


def grant(cursor) -> None:
    """The site's role: read, add and change rows; delete only what is passing; never change history or the log."""
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {APP}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}")
    for table in sorted(add_only_tables(cursor)):
        cursor.execute(f'REVOKE UPDATE ON "{table}" FROM {APP}')
    for table in sorted(worked_out_tables(cursor)):
        cursor.execute(f'REVOKE UPDATE ON "{table}" FROM {APP}')
        cursor.execute(f'GRANT DELETE ON "{table}" TO {APP}')
    for table in sorted(READ_ONLY):
        cursor.execute(f'REVOKE INSERT, UPDATE ON "{table}" FROM {APP}')
    for table in sorted(PASSING):
        cursor.execute(f'GRANT DELETE ON "{table}" TO {APP}')
