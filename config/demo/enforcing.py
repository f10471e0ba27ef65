"""Sample cases of supply without a licence, undertakings, and people who may be victims: made by the actions of the pages."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from compliance.enforcement.actions import cases as enforcement
from compliance.enforcement.actions import prosecution, underpayment, undertakings
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.rules.underpayment import WagesOwed
from compliance.enforcement.rules.undertakings import ProposedMeasure
from compliance.inspections.models import Inspection
from compliance.reports.models.reports import Report
from compliance.safeguarding.actions import referrals as safeguarding
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.rules.referrals import Facts
from config.demo.casting import DAY
from config.demo.people import person
from config.demo.prosecuting import EnforcementCast, convicted, filed
from config.demo.receipts_kept import looked_up
from registry import schemes
from registry.organisations.models import Organisation

SCHEME = "gla-food"
MEASURE = ProposedMeasure(
    "Look up every supplier in the register before the first worker comes, and keep the receipt.",
    "Twice workers came from a supplier that no one had looked up.",
    "It costs a minute each time, and nothing else.",
)
FACTS: dict[str, Any] = {
    "gender": "male",
    "child_then": "no",
    "slavery": True,
    "trafficking": True,
    "natures": ["forced_labour", "residential"],
    "country": "GB",
    "region": "east",
    "sector": "horticulture",
    "police_told": True,
    "police_force": "norfolk",
    "police_area": "norfolk",
}


def _cast() -> EnforcementCast:
    found = (person(who) for who in ("inspector", "decision-maker", "safeguarding-lead"))
    return EnforcementCast(*found)


def protect(at: datetime) -> Iterator[object]:
    """Three people: an adult who consents, one who does not, a child; with what was offered to them."""
    cast, began = _cast(), at - 40 * DAY
    visits = list(Inspection.objects.exclude(visited_on=None).order_by("pk")[:3])
    knows = schemes.in_force(SCHEME, timezone.localdate(began)).safeguarding
    if len(visits) < 3 or knows is None:
        return
    adult = _referral(cast, "given", visits[0], began, age_band="from_25_to_34", nationality="RO")
    yield safeguarding.identify(adult, identity=_identity("Sample Person One", "about 30"), by=cast.inspector, at=began)
    child = _referral(cast, "child", visits[1], began, age_band="from_16_to_17", child_then="yes")
    yield safeguarding.identify(child, identity=_identity("Sample Person Two", "2010"), by=cast.inspector, at=began)
    unnamed = _referral(cast, "refused", visits[2], began, age_band="from_35_to_44")
    yield from (unnamed, *_sent(cast, adult, began + 2 * DAY))
    yield safeguarding.second_read(unnamed, by=cast.lead, at=began + 2 * DAY)
    for one, service, accepted in ((adult, "safe_house", True), (adult, "doctor", True), (unnamed, "helpline", False)):
        offered = timezone.localdate(began)
        yield safeguarding.offer_support(
            one, service=service, offered_on=offered, accepted=accepted, by=cast.inspector, at=began
        )


def _referral(cast: EnforcementCast, consent: str, visit: Inspection, at: datetime, **more: Any) -> Referral:
    told = dict.fromkeys(("told_nrm", "told_support", "told_outcomes", "told_sharing", "in_own_language"), True)
    given = {**told, "consented_on": timezone.localdate(at)} if consent == "given" else {}
    return safeguarding.prepare(
        kind="notify" if consent == "refused" else "nrm",
        facts=Facts(**{**FACTS, **given, "consent": consent, "is_child": consent == "child", **more}),
        scheme=schemes.in_force(SCHEME, timezone.localdate(at)),
        inspection=visit,
        by=cast.inspector,
        at=at,
    )


def _identity(name: str, born: str) -> dict[str, str]:
    return {"name": name, "date_of_birth": born, "contact": "Through the safe house", "suspects": "", "others": ""}


def _sent(cast: EnforcementCast, one: Referral, at: datetime) -> Iterator[Referral]:
    safeguarding.second_read(one, by=cast.lead, at=at)
    yield safeguarding.send(one, by=cast.lead, at=at)
    decided = at + 6 * DAY
    yield safeguarding.decide_reasonable_grounds(
        one, decided="yes", on=timezone.localdate(decided), by=cast.lead, at=decided
    )


def enforce(at: datetime) -> Iterator[object]:
    """An unknown supplier, a labour user with a notice and an undertaking in force, and one that was breached."""
    cast, began = _cast(), at - 90 * DAY
    report = Report.objects.exclude(about_name="").order_by("pk").first()
    firms = list(Organisation.objects.filter(licences=None).order_by("pk")[:2])
    knows = schemes.in_force(SCHEME, timezone.localdate(began)).enforcement
    if report is None or len(firms) < 2 or knows is None:
        return
    yield from _supplier(cast, report, began)
    yield from _kept_to(cast, _user(cast, firms[0], began + DAY), began + 2 * DAY)
    yield from _breached(cast, _user(cast, firms[1], began + DAY), began + 2 * DAY)
    yield from convicted(cast, _user(cast, firms[1], began + DAY), began + 2 * DAY)
    yield from _underpaid(cast, at)


def _supplier(cast: EnforcementCast, report: Report, at: datetime) -> Iterator[object]:
    """Known by a description alone; every element is shown, and a second person is waited for."""
    case = enforcement.open_case(
        against="supplier",
        described="A man known as Sample Sam, in a white van AB12 CDE, who is rung at 07700 900461 and paid in cash.",
        scheme=schemes.in_force(SCHEME, timezone.localdate(at)),
        report=report,
        by=cast.inspector,
        at=at,
    )
    yield enforcement.record_offence(case, code="s12_1", by=cast.inspector, at=at)
    for element, evidence in (
        ("supplied", "Eleven workers in the packhouse on two visits; their hours are in the book of the farm."),
        ("as_gangmaster", "The farm paid him by the head and by the hour, in four entries of its ledger."),
        ("no_licence", "Neither the name nor the number is on the register on any of those days."),
        ("no_exclusion", "The work is packing of vegetables; none of the exclusions of 2013 fits."),
    ):
        yield enforcement.weigh_element(
            case, element=f"s12_1:{element}", shown="yes", evidence=evidence, by=cast.inspector, at=at + DAY
        )
    when = timezone.localdate(at) - 20 * DAY
    yield prosecution.say_when(
        case,
        offence="s12_1",
        committed_from=when,
        committed_until=when + 14 * DAY,
        place="The packhouse at Mill Drove, Sleaford",
        by=cast.inspector,
        at=at + DAY,
    )
    because = "All four elements are shown, and eleven people were not paid for a month."
    enforcement.propose_outcome(case, outcome="prosecution", because=because, by=cast.inspector, at=at + 3 * DAY)
    yield case
    yield from filed(cast, case, at + 4 * DAY)


def _underpaid(cast: EnforcementCast, at: datetime) -> Iterator[object]:
    """After a visit: a notice that is to be paid, and a draft that waits for whoever serves it."""
    visits = list(Inspection.objects.confirmed().select_related("organisation").order_by("pk")[:2])
    scheme = schemes.in_force(SCHEME, timezone.localdate(at))
    if len(visits) < 2 or scheme.sanctions is None:
        return
    until = timezone.localdate(at - 20 * DAY)
    for visit, workers in zip(visits, (11, 4), strict=True):
        owed = [
            WagesOwed(
                "Hours on the sheets that are not on the payslips",
                workers,
                workers * 21_350,
                until - timedelta(days=60),
                until,
            ),
            WagesOwed("Holiday pay", workers, workers * 9_120, until - timedelta(days=60), until),
        ]
        drafted = underpayment.draft_underpayment(
            visit.organisation,
            scheme=scheme,
            inspection=visit,
            reasons="The sheets of hours and the payslips of two months differ for every worker who was asked.",
            owed=owed,
            by=cast.inspector,
            at=at - 12 * DAY,
        )
        yield drafted
        if workers > 10:
            yield underpayment.serve_underpayment(drafted, by=cast.decider, at=at - 10 * DAY)


def _user(cast: EnforcementCast, firm: Organisation, at: datetime) -> UnlicensedCase:
    case = enforcement.open_case(
        against="user",
        organisation=firm,
        disclosed="The farm telephoned and said that no one had looked the supplier up.",
        scheme=schemes.in_force(SCHEME, timezone.localdate(at)),
        by=cast.inspector,
        at=at,
    )
    enforcement.record_offence(case, code="s13", by=cast.inspector, at=at)
    return case


def _kept_to(cast: EnforcementCast, case: UnlicensedCase, at: datetime) -> Iterator[object]:
    supplier = "A man known as Sample Sam"
    because = "Eleven of his workers packed for you on two days, and he has no licence."
    yield enforcement.record_reasonable_step(
        case, kind="nothing", note="Says that he seemed honest.", by=cast.inspector, at=at
    )
    yield enforcement.take_ladder_step(
        case, step="notice", supplier=supplier, because=because, by=cast.inspector, at=at
    )
    seen = at + 4 * DAY
    how = "By telephone, by the owner."
    yield enforcement.acknowledge(case, on=timezone.localdate(seen), how=how, by=cast.inspector, at=seen)
    yield from looked_up(cast, _accepted(cast, case, at + 5 * DAY), at + 11 * DAY)


def _breached(cast: EnforcementCast, case: UnlicensedCase, at: datetime) -> Iterator[object]:
    one = _accepted(cast, case, at)
    found = "Two new suppliers since, and neither was looked up."
    yield undertakings.breach(one, because=found, by=cast.inspector, at=at + 40 * DAY)
    yield undertakings.apply_for_order(
        one, court="Sampleton Magistrates’ Court", because=found, by=cast.decider, at=at + 45 * DAY
    )
    made = timezone.localdate(at + 70 * DAY)
    yield undertakings.make_order(
        one,
        starts_on=made,
        until=made + timedelta(days=364),
        terms="To use no supplier who is not on the register, and to keep each receipt.",
        by=cast.inspector,
        at=at + 70 * DAY,
    )


def _accepted(cast: EnforcementCast, case: UnlicensedCase, at: datetime) -> Undertaking:
    one = undertakings.draft(
        case,
        offence="s13",
        reasons="Workers came from a supplier without a licence, and no one had checked the register.",
        months=18,
        measures=[MEASURE],
        receipts_every=1,
        by=cast.inspector,
        at=at,
    )
    undertakings.serve(one, by=cast.decider, at=at)
    undertakings.negotiate(one, because="The farm agrees, and asks when.", by=cast.inspector, at=at + 3 * DAY)
    return undertakings.accept_undertaking(one, by=cast.decider, at=at + 6 * DAY)
