"""Supply without a licence, in every state that a case and an undertaking have, by the real actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from compliance.enforcement.actions import cases as enforcement
from compliance.enforcement.actions import orders, prosecution, underpayment, undertakings
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries import prosecution as filing
from compliance.enforcement.rules.underpayment import WagesOwed
from compliance.enforcement.rules.undertakings import ProposedMeasure
from registry import schemes
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.compliance.reports.world import a_report
from tests.compliance.stories import SCHEME, an_inspection_confirmed, an_organisation
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

TODAY = NOW.date()
WHY = "Seen on two days, and in the books."
MEASURE = ProposedMeasure("Look up every supplier in the register.", "Nobody was looked up.", "It costs nothing.")


@remembered
def a_case(
    *, against: str = "user", by: User | None = None, organisation: Organisation | None = None, **more: Any
) -> UnlicensedCase:
    return enforcement.open_case(
        **{
            "against": against,
            "organisation": organisation or an_organisation("Brook Farm Ltd"),
            "scheme": schemes.in_force(SCHEME, TODAY),
            "disclosed": "The farm rang and said that nobody had checked.",
            "by": by or person("inspector", name="Ifan Price"),
            "at": NOW,
            **more,
        }
    )


@remembered
def a_case_made_out(*, by: User | None = None, **more: Any) -> UnlicensedCase:
    """With both elements of section 13 shown."""
    case = a_case(by=by, **more)
    enforcement.record_offence(case, code="s13", by=case.officer, at=NOW)
    for element in ("arrangement", "supplier"):
        enforcement.weigh_element(
            case,
            element=f"s13:{element}",
            shown="yes",
            evidence="The invoices of May and June.",
            kept_at="I-7KQ2-M9XD",
            by=case.officer,
            at=NOW,
        )
    prosecution.say_when(
        case, offence="s13", committed_from=TODAY, place="Brook Farm, Maidstone", by=case.officer, at=NOW
    )
    return case


@remembered
def a_case_proposed(outcome: str = "prosecution", **more: Any) -> UnlicensedCase:
    case = a_case_made_out(**more)
    return enforcement.propose_outcome(case, outcome=outcome, because=WHY, by=case.officer, at=NOW)


@remembered
def a_file_that_was_read(case: UnlicensedCase, *, by: User) -> ProsecutorFile:
    """Everything sorted, with a piece that is relied on; put together by the officer and read by another."""
    prosecution.add_material(case, use="evidence", description="The ledger of the farm.", by=case.officer, at=NOW)
    for piece in (one for one in filing.pieces_of(case) if one.sorted_as is None):
        how = {"use": "sensitive", "why_sensitive": "source"}
        prosecution.sort_material(case, kind=piece.kind, code=piece.code, by=case.officer, at=NOW, **how)
    return prosecution.read_file(prosecution.put_together(case, by=case.officer, at=NOW), by=by, at=NOW)


@remembered
def referred(case: UnlicensedCase, *, by: User) -> UnlicensedCase:
    """A proposed case, after its file was read by two."""
    a_file_that_was_read(case, by=by)
    return enforcement.refer(case, because=WHY, by=by, at=NOW)


@remembered
def handed_over(case: UnlicensedCase) -> UnlicensedCase:
    """A referred case whose file the prosecutor has."""
    file = case.files.order_by("-number")[0]
    prosecution.hand_over(file, to="The Crown Prosecutor", on=TODAY, by=case.officer, at=NOW)
    case.refresh_from_db()
    return case


@remembered
def a_case_referred(*, by: User | None = None, **more: Any) -> UnlicensedCase:
    return referred(a_case_proposed(**more), by=by or person("decision_maker"))


def a_notice(case: UnlicensedCase, step: str = "notice") -> Any:
    return enforcement.take_ladder_step(
        case, step=step, supplier="A man with a white van", because=WHY, by=case.officer, at=NOW
    )


@remembered
def an_undertaking(case: UnlicensedCase | None = None, *, months: int = 12, **more: Any) -> Undertaking:
    case = case or a_case(**more)
    return undertakings.draft(
        case, offence="s13", reasons=WHY, months=months, measures=[MEASURE], by=case.officer, at=NOW
    )


@remembered
def an_undertaking_served(*, decider: User | None = None, **more: Any) -> Undertaking:
    return undertakings.serve(an_undertaking(**more), by=decider or person("decision_maker"), at=NOW)


@remembered
def an_undertaking_in_force(*, decider: User | None = None, **more: Any) -> Undertaking:
    decider = decider or person("decision_maker")
    return undertakings.accept_undertaking(an_undertaking_served(decider=decider, **more), by=decider, at=NOW)


@remembered
def an_order_applied_for(*, decider: User | None = None, **more: Any) -> Undertaking:
    decider = decider or person("decision_maker")
    one = an_undertaking_in_force(decider=decider, **more)
    undertakings.breach(one, because=WHY, by=one.case.officer, at=NOW)
    return undertakings.apply_for_order(one, court="Cardiff Magistrates", because=WHY, by=decider, at=NOW)


@remembered
def an_order(*, decider: User | None = None, **more: Any) -> Undertaking:
    one = an_order_applied_for(decider=decider, **more)
    return undertakings.make_order(
        one,
        starts_on=TODAY,
        until=TODAY.replace(year=TODAY.year + 1),
        terms="Use no supplier who is not on the register.",
        by=one.case.officer,
        at=NOW,
    )


# --- notices of underpayment, orders on conviction, and the file for the prosecutor ---

OWED = WagesOwed("Hours that were not paid", 12, 120_000, date(2026, 8, 1), date(2026, 9, 30))


@remembered
def a_notice_of_underpayment(
    *,
    by: User | None = None,
    organisation: Organisation | None = None,
    owed: Sequence[WagesOwed] = (OWED,),
    **more: Any,
) -> UnderpaymentNotice:
    return underpayment.draft_underpayment(
        organisation or an_organisation("Brook Farm Ltd"),
        **{
            "scheme": schemes.in_force(SCHEME, TODAY),
            "reasons": "The sheets show more hours than the payslips.",
            "owed": owed,
            "by": by or person("inspector", name="Ifan Price"),
            "at": NOW,
            **more,
        },
    )


@remembered
def a_notice_of_underpayment_served(*, decider: User | None = None, **more: Any) -> UnderpaymentNotice:
    drafted = a_notice_of_underpayment(**more)
    return underpayment.serve_underpayment(drafted, by=decider or person("decision_maker"), at=NOW)


@remembered
def a_conviction(*, by: User | None = None, officer: User | None = None, **more: Any) -> UnlicensedCase:
    proposed = a_case_proposed(by=officer, **more)
    case = handed_over(referred(proposed, by=by or person("decision_maker")))
    return enforcement.record_result(
        case, result="convicted", on=TODAY, sentence="Fined £1,000.", by=case.officer, at=NOW
    )


@remembered
def an_order_on_conviction(**more: Any) -> ConvictionOrder:
    case = a_conviction(**more)
    return orders.write_order(
        case, on_whom="Brook Farm Ltd", is_adult=True, court="Cardiff Crown Court", starts_on=TODAY,
        until=date(2028, 11, 1), terms="Use no supplier who is not on the register.", by=case.officer, at=NOW,
    )  # fmt: skip


@remembered
def a_case_to_be_filed(**more: Any) -> UnlicensedCase:
    """Proposed for the prosecutor, from a visit with two exhibits and from what was reported; each piece is sorted."""
    inspection = an_inspection_confirmed("2.4", exhibits=2)
    report = a_report(text="Canarysource says that the boss keeps the wages.")
    case = a_case_proposed(inspection=inspection, report=report, organisation=inspection.organisation, **more)
    for piece in filing.pieces_of(case):
        used = "sensitive" if piece.is_always_sensitive else "unused" if piece.code.endswith("/2") else "evidence"
        prosecution.sort_material(
            case,
            kind=piece.kind,
            code=piece.code,
            use=used,
            why_sensitive="source" if used == "sensitive" else "",
            description="The sheets of hours of August.",
            by=case.officer,
            at=NOW,
        )
    return case


@remembered
def a_file_for_the_prosecutor(**more: Any) -> ProsecutorFile:
    case = a_case_to_be_filed(**more)
    return prosecution.put_together(case, by=case.officer, at=NOW)
