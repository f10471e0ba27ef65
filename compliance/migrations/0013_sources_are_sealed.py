"""Who looked at an identity stays written down; on PostgreSQL an identity leaves its table by one function alone.

The function belongs to the owner of the tables and judges what the action judges: that whoever asks is the handler, and
says why. `manage.py grant_roles` lets the role of the web call it, and takes the table from that role. SQLite has no
roles: there the seal and the action protect the identity.
"""

from django.db import migrations

LOOKS = "who looked at an identity stays written down"

SQLITE = [
    f"""CREATE TRIGGER look_{event.lower()} BEFORE {event} ON compliance_identitylook
        BEGIN SELECT RAISE(ABORT, '{LOOKS}'); END"""
    for event in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION compliance_looks_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{LOOKS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER looks_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON compliance_identitylook
       FOR EACH STATEMENT EXECUTE FUNCTION compliance_looks_stay()""",
    """CREATE FUNCTION compliance_open_identity(wanted bigint, reader text, why text, looked_at timestamptz) RETURNS text
       LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
       DECLARE found text;
       BEGIN
         IF length(btrim(why)) < 10 THEN
           RAISE EXCEPTION 'whoever opens an identity says why' USING ERRCODE = 'insufficient_privilege';
         END IF;
         IF NOT EXISTS (SELECT 1 FROM compliance_source source JOIN registry_user handler ON handler.id = source.handler_id
                        WHERE source.id = wanted AND handler.reference = reader AND handler.is_active) THEN
           RAISE EXCEPTION 'only the handler of a source opens who it is' USING ERRCODE = 'insufficient_privilege';
         END IF;
         INSERT INTO compliance_identitylook (source_id, by, because, at) VALUES (wanted, reader, why, looked_at);
         SELECT sealed INTO STRICT found FROM compliance_sealedidentity WHERE source_id = wanted;
         RETURN found;
       END $$""",
    "REVOKE ALL ON FUNCTION compliance_open_identity(bigint, text, text, timestamptz) FROM PUBLIC",
]
POSTGRESQL_BACK = [
    "DROP FUNCTION compliance_open_identity(bigint, text, text, timestamptz)",
    "DROP TRIGGER looks_stay ON compliance_identitylook",
    "DROP FUNCTION compliance_looks_stay",
]


def plant(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    back = ["DROP TRIGGER look_update", "DROP TRIGGER look_delete"]
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else back:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0012_sources")]
    operations = [migrations.RunPython(plant, pull_up)]
