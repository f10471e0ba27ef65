"""What is proposed against somebody is approved by another; nobody with a conflict acts; what was served stays as it was.

The rules say so with a reason; these hold for whoever comes by SQL, on both engines. A later migration that alters one of
these tables on SQLite makes it anew, without its triggers: it calls `pull_up` and `plant`.
"""

from django.db import migrations

ORDER = "what is proposed is approved by another, one step after the other"
STAYS = "what was approved or served stays as it was"
CONFLICT = "a conflict of interest with this organisation has been declared"

CASE, UNDERTAKING = "compliance_unlicensedcase", "compliance_undertaking"
OF_CASE = """EXISTS (SELECT 1 FROM registry_conflict WHERE until IS NULL AND officer_id = NEW.{officer}
             AND organisation_id = NEW.organisation_id)"""
OF_UNDERTAKING = """EXISTS (SELECT 1 FROM registry_conflict c JOIN compliance_unlicensedcase k
                    ON k.organisation_id = c.organisation_id
                    WHERE c.until IS NULL AND c.officer_id = NEW.{officer} AND k.id = NEW.case_id)"""


def changed(*names):
    return " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in names)


TRIGGERS = [
    ("case_begins_unconflicted", CASE, "INSERT", OF_CASE.format(officer="officer_id"), CONFLICT),
    ("case_begins_open", CASE, "INSERT", "NEW.status <> 'open' OR NEW.approved_by_id IS NOT NULL", ORDER),
    (
        "case_moves_unconflicted", CASE, "UPDATE",
        f"""NEW.status <> OLD.status AND (NEW.status = 'proposed' AND {OF_CASE.format(officer="proposed_by_id")}
            OR OLD.status = 'proposed' AND NEW.status IN ('referred', 'closed')
               AND {OF_CASE.format(officer="approved_by_id")})""", CONFLICT,
    ),
    (
        "case_moves_in_order", CASE, "UPDATE",
        """NEW.status <> OLD.status AND NOT (OLD.status = 'open' AND NEW.status = 'proposed'
            OR OLD.status = 'proposed' AND NEW.status IN ('open', 'referred', 'closed')
            OR OLD.status = 'referred' AND NEW.status = 'closed')""", ORDER,
    ),
    (
        "case_approved_stays", CASE, "UPDATE",
        f"""OLD.status IN ('referred', 'closed') AND ({changed("outcome", "proposed_by_id", "proposed_because",
            "approved_by_id", "approved_because", "organisation_id", "described")})
            OR OLD.status = 'closed' AND ({changed("result", "result_on", "sentence")})
            OR {changed("against", "officer_id", "opened_at", "reference")}""", STAYS,
    ),
    ("case_stays", CASE, "DELETE", "1 = 1", STAYS),
    (
        "user_notice_stays", "compliance_usernotice", "UPDATE",
        f"""{changed("case_id", "step", "supplier", "because", "letter_id", "by_id", "at")}
            OR OLD.acknowledged_on IS NOT NULL""", STAYS,
    ),
    ("user_notice_never_goes", "compliance_usernotice", "DELETE", "1 = 1", STAYS),
    ("undertaking_begins_as_a_draft", UNDERTAKING, "INSERT", "NEW.status <> 'draft' OR NEW.served_by_id IS NOT NULL", ORDER),
    ("undertaking_begins_unconflicted", UNDERTAKING, "INSERT", OF_UNDERTAKING.format(officer="drafted_by_id"), CONFLICT),
    (
        "undertaking_moves_unconflicted", UNDERTAKING, "UPDATE",
        f"""OLD.status = 'draft' AND NEW.status = 'notice' AND {OF_UNDERTAKING.format(officer="served_by_id")}
            OR NEW.status = 'order_applied' AND OLD.status <> 'order_applied'
               AND {OF_UNDERTAKING.format(officer="applied_by_id")}""", CONFLICT,
    ),
    (
        "undertaking_moves_in_order", UNDERTAKING, "UPDATE",
        """NEW.status <> OLD.status AND NOT (
            OLD.status = 'draft' AND NEW.status IN ('notice', 'discarded')
            OR OLD.status = 'notice' AND NEW.status IN ('negotiating', 'accepted', 'refused', 'lapsed')
            OR OLD.status = 'negotiating' AND NEW.status IN ('accepted', 'refused', 'lapsed')
            OR OLD.status = 'accepted' AND NEW.status IN ('released', 'breached', 'ended')
            OR OLD.status IN ('refused', 'lapsed', 'breached') AND NEW.status = 'order_applied'
            OR OLD.status = 'order_applied' AND NEW.status IN ('order_made', 'order_dismissed')
            OR OLD.status IN ('order_made', 'order_varied')
               AND NEW.status IN ('order_varied', 'order_discharged', 'order_ended'))""", ORDER,
    ),
    (
        "undertaking_served_stays", UNDERTAKING, "UPDATE",
        f"""OLD.status <> 'draft' AND ({changed("case_id", "offence", "reasons", "months", "drafted_by_id", "served_by_id",
            "served_at")})
            OR OLD.status NOT IN ('notice', 'negotiating') AND OLD.status <> 'draft'
               AND ({changed("starts_on", "until", "negotiate_by")})""", STAYS,
    ),
    ("undertaking_stays", UNDERTAKING, "DELETE", "1 = 1", STAYS),
    (
        "measure_joins_a_draft", "compliance_measure", "INSERT",
        "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = NEW.undertaking_id AND status = 'draft')", STAYS,
    ),
    (
        "measure_stays", "compliance_measure", "UPDATE",
        "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = OLD.undertaking_id AND status = 'draft')", STAYS,
    ),
    (
        "measure_never_goes", "compliance_measure", "DELETE",
        "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = OLD.undertaking_id AND status = 'draft')", STAYS,
    ),
]  # fmt: skip


def statements(vendor):
    for name, table, event, when, said in TRIGGERS:
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


def plant(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    for name, table, _event, _when, _said in TRIGGERS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION compliance_{name}")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0031_enforcement")]
    operations = [migrations.RunPython(plant, pull_up)]
