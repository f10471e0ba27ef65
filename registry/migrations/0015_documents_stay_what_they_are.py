"""What a document is, whose, about what, and by which digests it is known, never changes. Kept by triggers on both engines."""

from django.db import migrations

KEPT = (
    "reference", "organisation_id", "about", "requirement", "name", "media_type", "size", "digest", "original_digest",
    "stored_as", "uploaded_by_id", "uploaded_at",
)
SAID = "what a document is never changes"


def plant(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in KEPT)
        statements = [
            f"""CREATE FUNCTION registry_document_stays() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f"""CREATE TRIGGER document_stays BEFORE UPDATE ON registry_document
                FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION registry_document_stays()""",
        ]
    else:
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in KEPT)
        statements = [
            f"""CREATE TRIGGER document_stays BEFORE UPDATE ON registry_document WHEN {changed}
                BEGIN SELECT RAISE(ABORT, '{SAID}'); END"""
        ]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER document_stays ON registry_document", params=None)
        schema_editor.execute("DROP FUNCTION registry_document_stays", params=None)
    else:
        schema_editor.execute("DROP TRIGGER document_stays", params=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_documents")]
    operations = [migrations.RunPython(plant, pull_up)]
