"""Clauses are found by their words, in an index that the database keeps."""

from django.db import migrations

from belisha.lib.fulltext import index_words


def index_clauses(apps, schema_editor):
    for statement in index_words("policy_clause", schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("policy", "0007_readers")]
    operations = [migrations.RunPython(index_clauses, elidable=False)]
