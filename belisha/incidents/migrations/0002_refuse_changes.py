"""The database itself refuses to change what a case's record and its evidence say.

A case as a whole can be erased when its time has come; then its record goes with it.
"""

from django.db import migrations

REFUSAL = "the record of a case is append-only"
TABLES = ("incidents_happening", "incidents_evidence")


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(
                f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
            )
        return
    schema_editor.execute(
        f"""CREATE FUNCTION incidents_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"""
    )
    for table in TABLES:
        schema_editor.execute(
            f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION incidents_refuse()"""
        )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, elidable=False)]
