"""What was used or completed never changes: the database itself refuses it, whatever the code above does."""

from django.db import migrations

# A question set in use: some table that refers to it has a row of it. Asked of the catalogue, for the tables of answers
# are in rooms above this one. SECURITY DEFINER, so that another service's rows count too.
IN_USE = """
CREATE OR REPLACE FUNCTION openyj_question_set_in_use() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE
    referring record;
    used boolean;
BEGIN
    IF (NEW.key, NEW.number, NEW.body) IS NOT DISTINCT FROM (OLD.key, OLD.number, OLD.body) THEN RETURN NEW; END IF;
    FOR referring IN
        SELECT con.conrelid::regclass AS answers, att.attname AS set_column FROM pg_constraint con
        JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
        WHERE con.contype = 'f' AND con.confrelid = TG_RELID
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', referring.answers, referring.set_column)
            INTO used USING OLD.id;
        IF used THEN
            RAISE EXCEPTION 'question_set_in_use: version % of % has answers', OLD.number, OLD.key;
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER question_set_in_use BEFORE UPDATE ON questionnaires_questionset
    FOR EACH ROW EXECUTE FUNCTION openyj_question_set_in_use();
"""

# For the tables of upper rooms, whose migrations install these: a version that was completed, and its sections (the
# argument is the versions' table).
FROZEN = """
CREATE OR REPLACE FUNCTION openyj_sheet_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.completed_at IS NOT NULL AND (NEW.question_set_id, NEW.number, NEW.completed_at, NEW.completed_by_id)
        IS DISTINCT FROM (OLD.question_set_id, OLD.number, OLD.completed_at, OLD.completed_by_id) THEN
        RAISE EXCEPTION 'answers_are_frozen: version % was completed', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION openyj_answers_are_frozen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE
    frozen boolean;
BEGIN
    EXECUTE format('SELECT completed_at IS NOT NULL FROM %I WHERE id = $1', TG_ARGV[0]) INTO frozen
        USING coalesce(OLD.sheet_id, NEW.sheet_id);
    IF frozen THEN RAISE EXCEPTION 'answers_are_frozen: version % was completed', coalesce(OLD.sheet_id, NEW.sheet_id);
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial")]
    operations = [
        migrations.RunSQL(IN_USE, "DROP FUNCTION openyj_question_set_in_use CASCADE"),
        migrations.RunSQL(
            FROZEN, "DROP FUNCTION openyj_sheet_is_frozen CASCADE; DROP FUNCTION openyj_answers_are_frozen CASCADE"
        ),
    ]
