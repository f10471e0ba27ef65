"""Who a person is can be stored only with leave, and who looked stays written down. On both engines.

An identity is of a child, or of an adult who has consented; withdrawn, it is erased and stays so; a referral holds codes.
On PostgreSQL the identities of sources and of people referred leave their tables by one function each, which belongs to
the owner of the tables, judges who asks and writes the look down; `manage.py grant_roles` lets the role of the web call
them, and takes the tables from it. SQLite has no roles: there the seal and the action protect the identities.
"""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, CONFLICT, Guard, changed, conflicted

LOOKS = "who looked at an identity stays written down"
NAMED = "nobody is identified without consent"
FIXED = "a referral stays as it was sent"
STAYS = "this stays written down"
CODES = "a referral holds codes, and no text"

MAY = "EXISTS (SELECT 1 FROM compliance_referral WHERE id = NEW.referral_id AND consent IN ('given', 'child'))"
ERASED = "EXISTS (SELECT 1 FROM compliance_personerased WHERE referral_id = {row}.referral_id)"
CODED = ("gender", "age_band", "region", "sector", "police_force", "police_area", "child_then", "kind", "consent", "status")
FACTS = (
    *("gender", "age_band", "nationality", "child_then", "slavery", "trafficking", "country", "region", "sector"),
    *("police_told", "police_force", "police_area", "read_by_id", "read_at"),
)
NATURES = {"sqlite": "NEW.natures", "postgresql": "CAST(NEW.natures AS text)"}


def free(vendor):
    """What no code is: capitals or spaces, or more than two letters for a country."""
    coded = " OR ".join(f"NEW.{one} <> lower(NEW.{one}) OR NEW.{one} LIKE '% %'" for one in CODED)
    natures = f"{NATURES[vendor]} <> lower({NATURES[vendor]}) OR length({NATURES[vendor]}) > 200"
    return f"{coded} OR length(NEW.nationality) > 2 OR length(NEW.country) > 2 OR {natures}"


def sources(_vendor):
    yield from guards.stays("compliance_identitylook", "look", LOOKS)


def people(_vendor):
    table = "compliance_sealedperson"
    refused = f"NOT {MAY} OR {ERASED.format(row='NEW')}"
    yield Guard("person_sealed_with_leave", table, "INSERT", refused, NAMED)
    yield Guard("person_resealed_with_leave", table, "UPDATE", refused, NAMED)
    yield Guard("person_goes_with_a_trace", table, "DELETE", f"NOT {ERASED.format(row='OLD')}", STAYS)
    for one in ("personlook", "personerased", "support"):
        yield from guards.stays(f"compliance_{one}", f"{one}_never", STAYS)


def referrals(vendor):
    kept = ("kind", "is_child", "prepared_by_id", "prepared_at", "reference")
    for name, event, when, says in (
        ("begins_in_codes", "INSERT", free(vendor), CODES),
        ("stays_in_codes", "UPDATE", free(vendor), CODES),
        (
            "unnamed_has_no_name", "UPDATE",
            """NEW.consent NOT IN ('given', 'child')
               AND EXISTS (SELECT 1 FROM compliance_sealedperson WHERE referral_id = NEW.id)""", NAMED,
        ),
        (
            "consent_stays_withdrawn", "UPDATE",
            f"OLD.consent = 'withdrawn' AND NEW.consent <> 'withdrawn' OR {changed(*kept)}", FIXED,
        ),
        (
            "stays_as_sent", "UPDATE",
            f"OLD.status IN ('sent', 'answered', 'concluded', 'dropped') AND ({changed(*FACTS)})", FIXED,
        ),
        ("stays", "DELETE", ALWAYS, STAYS),
        ("prepared_unconflicted", "INSERT", conflicted("NEW.prepared_by_id"), CONFLICT),
        (
            "moved_unconflicted", "UPDATE",
            f"""NEW.status = 'read' AND OLD.status <> 'read' AND {conflicted("NEW.read_by_id")}
                OR NEW.status = 'sent' AND OLD.status <> 'sent' AND {conflicted("NEW.sent_by_id")}""", CONFLICT,
        ),
    ):
        yield Guard(f"referral_{name}", "compliance_referral", event, when, says)


OF_SOURCE = "compliance_open_identity(bigint, text, text, timestamptz)"
OF_PERSON = "compliance_open_person(bigint, text, text, timestamptz)"
OPEN_SOURCE = """CREATE OR REPLACE FUNCTION compliance_open_identity(wanted bigint, reader text, why text, looked_at timestamptz) RETURNS text
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
       END $$"""
OPEN_PERSON = """CREATE OR REPLACE FUNCTION compliance_open_person(wanted bigint, reader text, why text, looked_at timestamptz) RETURNS text
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


class Migration(migrations.Migration):
    dependencies = [("compliance", "0002_guards_of_visits")]
    operations = [
        guards.CreateGuards("compliance", sources, people, referrals),
        guards.on_postgresql(
            [
                OPEN_SOURCE,
                f"REVOKE ALL ON FUNCTION {OF_SOURCE} FROM PUBLIC",
                OPEN_PERSON,
                f"REVOKE ALL ON FUNCTION {OF_PERSON} FROM PUBLIC",
            ],
            [f"DROP FUNCTION {OF_SOURCE}", f"DROP FUNCTION {OF_PERSON}"],
        ),
    ]
