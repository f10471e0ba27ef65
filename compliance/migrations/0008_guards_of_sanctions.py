"""Notices of underpayment and orders on conviction take two, move in order and stay; files for the prosecutor stay as made.

Besides: of a report that was confirmed before its versions were kept the first may be kept now, and no other.
"""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, CONFLICT, Guard, changed, conflicted, in_order

ORDER = "what is drafted or written down is approved by another, one step after the other"
STAYS = "what was served, compared or put together stays as it was"
VERSION = "a version of a report stays as it was handed in"

NOTICE, OWED, COURT = "compliance_underpaymentnotice", "compliance_owedsum", "compliance_convictionorder"
MATERIAL, FILE = "compliance_casematerial", "compliance_prosecutorfile"
OF_CASE = "(SELECT organisation_id FROM compliance_unlicensedcase WHERE id = NEW.case_id)"
DRAFTED = "NOT EXISTS (SELECT 1 FROM compliance_underpaymentnotice WHERE id = {row}.notice_id AND status = 'drafted')"
NOTICE_MOVES = {
    "drafted": ["to_pay", "left"],
    "to_pay": ["paid", "unpaid", "withdrawn_notice"],
    "unpaid": ["paid", "withdrawn_notice", "in_court"],
    "in_court": ["paid"],
}
ORDER_MOVES = {"written": ["holds", "struck"], "holds": ["lifted", "over"]}
SERVED = (
    "organisation_id", "inspection_id", "scheme", "version", "reasons", "drafted_by_id", "drafted_at", "served_by_id",
    "served_at", "penalty_pence", "pay_by", "reduced_by", "reduced_pence",
)
PUT_TOGETHER = ("case_id", "number", "content", "digest", "made_by_id", "made_at")


def of_notices(vendor):
    yield Guard("underpayment_begins_as_a_draft", NOTICE, "INSERT", "NEW.status <> 'drafted'", ORDER)
    yield Guard(
        "underpayment_begins_unconflicted", NOTICE, "INSERT", conflicted("NEW.drafted_by_id"), CONFLICT
    )
    yield Guard(
        "underpayment_moves_unconflicted", NOTICE, "UPDATE",
        f"""OLD.status = 'drafted' AND NEW.status = 'to_pay' AND {conflicted("NEW.served_by_id")}
            OR NEW.status = 'in_court' AND OLD.status <> 'in_court' AND {conflicted("NEW.enforced_by_id")}""",
        CONFLICT,
    )
    yield Guard(
        "underpayment_moves_in_order", NOTICE, "UPDATE",
        f"NEW.status <> OLD.status AND NOT ({in_order(NOTICE_MOVES)})", ORDER,
    )
    yield Guard(
        "underpayment_served_stays", NOTICE, "UPDATE",
        f"""OLD.status <> 'drafted' AND ({changed(*SERVED)})
            OR OLD.status IN ('paid', 'withdrawn_notice', 'left') AND ({changed("paid_on", "shown_by", "because", "court")})
            OR {changed("reference")}""", STAYS,
    )
    yield Guard("underpayment_stays", NOTICE, "DELETE", ALWAYS, STAYS)
    yield Guard("owed_joins_a_draft", OWED, "INSERT", DRAFTED.format(row="NEW"), STAYS)
    yield Guard("owed_update", OWED, "UPDATE", DRAFTED.format(row="OLD"), STAYS)
    yield Guard("owed_delete", OWED, "DELETE", DRAFTED.format(row="OLD"), STAYS)


def of_orders(vendor):
    yield Guard(
        "conviction_order_begins_written", COURT, "INSERT",
        "NEW.status <> 'written' OR NEW.compared_by_id IS NOT NULL", ORDER,
    )
    yield Guard("conviction_order_unconflicted", COURT, "INSERT", conflicted("NEW.written_by_id", OF_CASE), CONFLICT)
    yield Guard(
        "conviction_order_compared_unconflicted", COURT, "UPDATE",
        f"OLD.status = 'written' AND NEW.status = 'holds' AND {conflicted('NEW.compared_by_id', OF_CASE)}", CONFLICT,
    )
    yield Guard(
        "conviction_order_moves_in_order", COURT, "UPDATE",
        f"NEW.status <> OLD.status AND NOT ({in_order(ORDER_MOVES)})", ORDER,
    )
    yield Guard(
        "conviction_order_is_not_rewritten", COURT, "UPDATE",
        f"""{changed("reference", "case_id", "on_whom", "is_adult", "court", "starts_on", "written_by_id", "written_at")}
            OR OLD.status <> 'written' AND ({changed("compared_by_id", "compared_at")})
            OR OLD.status <> 'holds' AND ({changed("until", "terms")})""", STAYS,
    )
    yield Guard("conviction_order_stays", COURT, "DELETE", ALWAYS, STAYS)


def of_files(vendor):
    yield Guard(
        "prosecutor_file_begins_unread", FILE, "INSERT", "NEW.read_by_id IS NOT NULL OR NEW.handed_on IS NOT NULL", ORDER
    )
    yield Guard("prosecutor_file_made_unconflicted", FILE, "INSERT", conflicted("NEW.made_by_id", OF_CASE), CONFLICT)
    yield Guard(
        "prosecutor_file_read_unconflicted", FILE, "UPDATE",
        f"OLD.read_by_id IS NULL AND NEW.read_by_id IS NOT NULL AND {conflicted('NEW.read_by_id', OF_CASE)}", CONFLICT,
    )
    yield Guard(
        "prosecutor_file_stays", FILE, "UPDATE",
        f"""{changed(*PUT_TOGETHER)}
            OR OLD.read_by_id IS NOT NULL AND ({changed("read_by_id", "read_at")})
            OR OLD.handed_on IS NOT NULL AND ({changed("handed_on", "handed_to")})""", STAYS,
    )
    yield Guard("prosecutor_file_is_kept", FILE, "DELETE", ALWAYS, STAYS)
    yield Guard("case_material_is_kept", MATERIAL, "DELETE", ALWAYS, STAYS)
    yield Guard("case_material_is_of_its_case", MATERIAL, "UPDATE", changed("case_id", "kind", "code"), STAYS)


CONFIRMED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = NEW.inspection_id AND status = 'confirmed')"


def former(vendor):
    yield Guard("version_insert", "compliance_reportversion", "INSERT", CONFIRMED, VERSION)


def now(vendor):
    other = "EXISTS (SELECT 1 FROM compliance_reportversion WHERE inspection_id = NEW.inspection_id)"
    yield Guard("version_insert", "compliance_reportversion", "INSERT", f"{CONFIRMED} AND {other}", VERSION)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0007_sanctions_and_files_for_the_prosecutor")]
    operations = [
        guards.CreateGuards("compliance", of_notices, of_orders, of_files),
        guards.DropGuards("compliance", former),
        guards.CreateGuards("compliance", now),
    ]
