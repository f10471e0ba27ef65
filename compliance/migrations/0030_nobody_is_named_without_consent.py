"""Who a person is can be stored only of a child, or of an adult who has consented; withdrawn, it is erased and stays so.

The rules say so with a reason; these hold for whoever comes by SQL, on both engines. On PostgreSQL an identity leaves its
table by one function alone, which belongs to the owner of the tables, judges who asks and writes the look down. A later
migration that alters one of these tables on SQLite makes it anew, without its triggers: it calls `pull_up` and `plant`.
"""

from django.db import migrations

NAMED = "nobody is identified without consent"
FIXED = "a referral stays as it was sent"
STAYS = "this stays written down"
CODES = "a referral holds codes, and no text"
CONFLICT = "a conflict of interest with this organisation has been declared"

MAY = "EXISTS (SELECT 1 FROM compliance_referral WHERE id = NEW.referral_id AND consent IN ('given', 'child'))"
ERASED = "EXISTS (SELECT 1 FROM compliance_personerased WHERE referral_id = {row}.referral_id)"
CONFLICTED = """EXISTS (SELECT 1 FROM registry_conflict WHERE until IS NULL AND officer_id = NEW.{officer}
                AND organisation_id = NEW.organisation_id)"""
CODED = ("gender", "age_band", "region", "sector", "police_force", "police_area", "child_then", "kind", "consent", "status")
FACTS = (
    *("gender", "age_band", "nationality", "child_then", "slavery", "trafficking", "country", "region", "sector"),
    *("police_told", "police_force", "police_area", "read_by_id", "read_at"),
)


def free(row="NEW"):
    """What no code is: capitals or spaces, or more than two letters for a country."""
    coded = " OR ".join(f"{row}.{one} <> lower({row}.{one}) OR {row}.{one} LIKE '% %'" for one in CODED)
    return f"({coded} OR length({row}.nationality) > 2 OR length({row}.country) > 2)"


def natures(vendor):
    text = "CAST(NEW.natures AS text)" if vendor == "postgresql" else "NEW.natures"
    return f"({text} <> lower({text}) OR length({text}) > 200)"


def changed(*names):
    return " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in names)


def triggers(vendor):
    """Name, table, event, when it is refused, and what is said."""
    person, referral = "compliance_sealedperson", "compliance_referral"
    refused = f"NOT {MAY} OR {ERASED.format(row='NEW')}"
    yield "person_sealed_with_leave", person, "INSERT", refused, NAMED
    yield "person_resealed_with_leave", person, "UPDATE", refused, NAMED
    yield "person_goes_with_a_trace", person, "DELETE", f"NOT {ERASED.format(row='OLD')}", STAYS
    yield (
        "referral_begins_in_codes", referral, "INSERT",
        f"{free()} OR {natures(vendor)}", CODES,
    )  # fmt: skip
    yield "referral_stays_in_codes", referral, "UPDATE", f"{free()} OR {natures(vendor)}", CODES
    yield (
        "referral_unnamed_has_no_name", referral, "UPDATE",
        """NEW.consent NOT IN ('given', 'child')
           AND EXISTS (SELECT 1 FROM compliance_sealedperson WHERE referral_id = NEW.id)""", NAMED,
    )  # fmt: skip
    yield (
        "referral_consent_stays_withdrawn", referral, "UPDATE",
        f"""OLD.consent = 'withdrawn' AND NEW.consent <> 'withdrawn'
            OR {changed("kind", "is_child", "prepared_by_id", "prepared_at", "reference")}""", FIXED,
    )  # fmt: skip
    yield (
        "referral_stays_as_sent", referral, "UPDATE",
        f"OLD.status IN ('sent', 'answered', 'concluded', 'dropped') AND ({changed(*FACTS)})", FIXED,
    )  # fmt: skip
    yield "referral_stays", referral, "DELETE", "1 = 1", STAYS
    yield "referral_prepared_unconflicted", referral, "INSERT", CONFLICTED.format(officer="prepared_by_id"), CONFLICT
    yield (
        "referral_moved_unconflicted", referral, "UPDATE",
        f"""NEW.status = 'read' AND OLD.status <> 'read' AND {CONFLICTED.format(officer="read_by_id")}
            OR NEW.status = 'sent' AND OLD.status <> 'sent' AND {CONFLICTED.format(officer="sent_by_id")}""", CONFLICT,
    )  # fmt: skip
    for table in ("personlook", "personerased", "support"):
        for event in ("UPDATE", "DELETE"):
            yield f"{table}_never_{event.lower()}", f"compliance_{table}", event, "1 = 1", STAYS


OPEN_PERSON = """CREATE FUNCTION compliance_open_person(wanted bigint, reader text, why text, looked_at timestamptz) RETURNS text
       LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
       DECLARE found text;
       BEGIN
         IF length(btrim(why)) < 10 THEN
           RAISE EXCEPTION 'whoever opens an identity says why' USING ERRCODE = 'insufficient_privilege';
         END IF;
         IF NOT EXISTS (SELECT 1 FROM registry_user u WHERE u.reference = reader AND u.is_active AND (
              EXISTS (SELECT 1 FROM compliance_referral r WHERE r.id = wanted AND r.prepared_by_id = u.id)
              OR EXISTS (SELECT 1 FROM registry_user_groups ug JOIN auth_group_permissions gp ON gp.group_id = ug.group_id
                         JOIN auth_permission p ON p.id = gp.permission_id
                         WHERE ug.user_id = u.id AND p.codename = 'read_referrals'))) THEN
           RAISE EXCEPTION 'only who prepared a referral and safeguarding leads open who it is of'
             USING ERRCODE = 'insufficient_privilege';
         END IF;
         INSERT INTO compliance_personlook (referral_id, by, because, at) VALUES (wanted, reader, why, looked_at);
         SELECT sealed INTO STRICT found FROM compliance_sealedperson WHERE referral_id = wanted;
         RETURN found;
       END $$"""
SIGNATURE = "compliance_open_person(bigint, text, text, timestamptz)"


def statements(vendor):
    for name, table, event, when, said in triggers(vendor):
        if vendor == "sqlite":
            when = when.replace("IS DISTINCT FROM", "IS NOT")
            yield f"""CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when}
                      BEGIN SELECT RAISE(ABORT, '{said}'); END"""
        else:
            row = "OLD" if event == "DELETE" else "NEW"
            yield f"""CREATE FUNCTION compliance_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN {row}; END $$"""
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION compliance_{name}()"
    if vendor == "postgresql":
        yield OPEN_PERSON
        yield f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC"


def plant(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, table, _event, _when, _said in triggers(vendor):
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION compliance_{name}")
    if vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {SIGNATURE}")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0029_safeguarding")]
    operations = [migrations.RunPython(plant, pull_up)]
