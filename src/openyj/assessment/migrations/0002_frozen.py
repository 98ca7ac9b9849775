"""A completed version and its answers never change: the database refuses it. See questionnaires' migration 0002."""

from django.db import migrations

FROZEN = """
CREATE TRIGGER sheet_is_frozen BEFORE UPDATE ON assessment_assessmentversion
    FOR EACH ROW EXECUTE FUNCTION openyj_sheet_is_frozen();
CREATE TRIGGER answers_are_frozen BEFORE INSERT OR UPDATE ON assessment_assessmentsection
    FOR EACH ROW EXECUTE FUNCTION openyj_answers_are_frozen('assessment_assessmentversion');
"""
THAWED = """
DROP TRIGGER sheet_is_frozen ON assessment_assessmentversion;
DROP TRIGGER answers_are_frozen ON assessment_assessmentsection;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("questionnaires", "0002_frozen")]
    operations = [migrations.RunSQL(FROZEN, THAWED)]
