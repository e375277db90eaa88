from django.db import migrations

GUARD = """
CREATE FUNCTION proceeding_has_course() RETURNS trigger AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM workflows_course WHERE proceeding_id = NEW.id) THEN
        RAISE EXCEPTION 'proceeding %% has no course', NEW.id
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'proceeding_has_course';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER proceeding_has_course
    AFTER INSERT ON disputes_proceeding
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION proceeding_has_course();
""".replace("%%", "%")

UNGUARD = """
DROP TRIGGER proceeding_has_course ON disputes_proceeding;
DROP FUNCTION proceeding_has_course();
"""


class Migration(migrations.Migration):
    """A proceeding that is committed has its course, whoever wrote it."""

    dependencies = [
        ("disputes", "0003_tell_overdue_once_and_suspended_day"),
        ("workflows", "0001_course"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
