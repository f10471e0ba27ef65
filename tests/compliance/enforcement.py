"""Supply without a licence, in every state that a case and an undertaking have, by the real actions."""

from typing import Any

from compliance.actions import enforcement, undertakings
from compliance.models import Undertaking, UnlicensedCase
from compliance.rules.enforcement import Asked
from registry import schemes
from registry.models import Organisation, User
from tests.compliance.stories import SCHEME, an_organisation
from tests.conftest import NOW
from tests.people import person

TODAY = NOW.date()
WHY = "Seen on two days, and in the books."
MEASURE = Asked("Look up every supplier in the register.", "Nobody was looked up.", "It costs nothing.")


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
    return case


def a_case_proposed(outcome: str = "prosecution", **more: Any) -> UnlicensedCase:
    case = a_case_made_out(**more)
    return enforcement.propose_outcome(case, outcome=outcome, because=WHY, by=case.officer, at=NOW)


def a_case_referred(*, by: User | None = None, **more: Any) -> UnlicensedCase:
    return enforcement.refer(a_case_proposed(**more), because=WHY, by=by or person("decision_maker"), at=NOW)


def a_notice(case: UnlicensedCase, step: str = "notice") -> Any:
    return enforcement.take_ladder_step(
        case, step=step, supplier="A man with a white van", because=WHY, by=case.officer, at=NOW
    )


def an_undertaking(case: UnlicensedCase | None = None, *, months: int = 12, **more: Any) -> Undertaking:
    case = case or a_case(**more)
    return undertakings.draft(
        case, offence="s13", reasons=WHY, months=months, measures=[MEASURE], by=case.officer, at=NOW
    )


def an_undertaking_served(*, decider: User | None = None, **more: Any) -> Undertaking:
    return undertakings.serve(an_undertaking(**more), by=decider or person("decision_maker"), at=NOW)


def an_undertaking_in_force(*, decider: User | None = None, **more: Any) -> Undertaking:
    decider = decider or person("decision_maker")
    return undertakings.accept_undertaking(an_undertaking_served(decider=decider, **more), by=decider, at=NOW)


def an_order_applied_for(*, decider: User | None = None, **more: Any) -> Undertaking:
    decider = decider or person("decision_maker")
    one = an_undertaking_in_force(decider=decider, **more)
    undertakings.breach(one, because=WHY, by=one.case.officer, at=NOW)
    return undertakings.apply_for_order(one, court="Cardiff Magistrates", because=WHY, by=decider, at=NOW)


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
