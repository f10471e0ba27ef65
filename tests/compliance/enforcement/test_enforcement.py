"""Whoever acts against somebody is never one person alone; what was served stays; what runs out runs out by the clock."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from compliance import jobs
from compliance.enforcement.actions import cases as enforcement
from compliance.enforcement.actions import undertakings
from compliance.enforcement.models.cases import CaseOffence, UnlicensedCase, UserNotice
from compliance.enforcement.models.undertakings import Measure, Undertaking
from compliance.enforcement.queries import cases as queries
from compliance.enforcement.rules import undertakings as rules
from compliance.enforcement.rules.undertakings import ProposedMeasure
from compliance.enforcement.states.cases import UNLICENSED_CASE
from compliance.enforcement.states.undertakings import UNDERTAKING
from registry import schemes
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words as paper_words
from registry.trail.models.events import Event
from tests.compliance.enforcement.world import (
    MEASURE,
    TODAY,
    WHY,
    a_case,
    a_case_made_out,
    a_case_proposed,
    a_case_referred,
    a_notice,
    an_order,
    an_order_applied_for,
    an_undertaking,
    an_undertaking_in_force,
    an_undertaking_served,
    handed_over,
    referred,
)
from tests.compliance.stories import SCHEME, an_inspection, an_organisation
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def stays(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.fixture
def decider() -> User:
    return person("decision_maker", name="Non Decider")


# --- cases ---


def test_a_case_is_about_somebody_and_begins_somewhere() -> None:
    assert refused(lambda: a_case(disclosed="")) == ["from_nowhere"]
    nobody: dict[str, Any] = {
        "against": "supplier",
        "scheme": schemes.in_force(SCHEME, TODAY),
        "by": person("inspector"),
        "at": NOW,
    }
    assert refused(lambda: enforcement.open_case(**nobody)) == ["about_nobody", "from_nowhere"]
    unknown = enforcement.open_case(
        **nobody, described="A man in a white van, AB12 CDE, who is paid in cash.", inspection=an_inspection()
    )
    assert (unknown.organisation, unknown.name[:8], unknown.status) == (None, "A man in", "open")
    made = a_case()
    for broken in ({"organisation": None}, {"disclosed": ""}):
        stays(lambda: UnlicensedCase.objects.filter(pk=made.pk).update(**broken))  # noqa: B023


def test_a_scheme_that_says_nothing_of_it_opens_no_case() -> None:
    assert refused(lambda: a_case(scheme=schemes.in_force("construction", TODAY))) == ["switched_off"]


def test_an_offence_is_of_the_pack_fits_and_is_recorded_once() -> None:
    case = a_case()
    assert [code for code, _words in queries.offences_for(case)] == [
        "s12_2",
        "s13",
        "s18",
        "era_140",
        "era_142",
        "era_139",
    ]
    assert refused(lambda: enforcement.record_offence(case, code="s12_1", by=case.officer, at=NOW)) == [
        "unknown_offence"
    ]
    enforcement.record_offence(case, code="s13", by=case.officer, at=NOW)
    assert refused(lambda: enforcement.record_offence(case, code="s13", by=case.officer, at=NOW)) == ["offence_already"]


def test_an_element_is_shown_by_evidence_alone() -> None:
    case = a_case_made_out()

    def weigh(element: str, evidence: str) -> Callable[[], object]:
        return lambda: enforcement.weigh_element(
            case, element=element, shown="yes", evidence=evidence, by=case.officer, at=NOW
        )

    assert refused(weigh("s13:arrangement", "x")) == ["no_evidence"]
    assert refused(weigh("s12_1:supplied", "The invoices of May.")) == ["unknown_element"]
    (offence,) = queries.case_file(case).offences
    assert (offence.is_whole, [one.is_shown for one in offence.elements]) == (True, [True, True])
    stays(lambda: CaseOffence.objects.get().elements.update(evidence=""))


def test_the_prosecutor_gets_only_what_is_made_out() -> None:
    case = a_case()
    enforcement.record_offence(case, code="s13", by=case.officer, at=NOW)

    def proposed(outcome: str) -> Callable[[], object]:
        return lambda: enforcement.propose_outcome(case, outcome=outcome, because=WHY, by=case.officer, at=NOW)

    assert refused(proposed("prosecution")) == ["not_made_out"]
    assert refused(proposed("warning")) == ["no_notice"]
    assert refused(proposed("undertaking")) == ["no_undertaking"]


def test_what_one_proposes_another_approves(decider: User) -> None:
    both = person("inspector", "decision_maker")
    case = a_case_proposed(by=both)

    assert "own_proposal" in refused(lambda: enforcement.refer(case, because=WHY, by=both, at=NOW))
    with pytest.raises(PermissionDenied):
        enforcement.refer(case, because=WHY, by=person("inspector"), at=NOW)
    for forged in (
        {"status": "referred", "approved_by": both, "approved_at": NOW, "approved_because": WHY},
        {"status": "referred"},
        {"status": "closed", "approved_by": decider, "approved_at": NOW},
    ):
        stays(lambda: UnlicensedCase.objects.filter(pk=case.pk).update(**forged))  # noqa: B023
    assert refused(lambda: enforcement.end_case(case, because=WHY, by=decider, at=NOW)) == ["other_outcome"]
    assert referred(case, by=decider).status == "referred"


def test_not_approved_it_is_looked_into_further(decider: User) -> None:
    case = enforcement.look_further(a_case_proposed(), because="The invoices are copies.", by=decider, at=NOW)

    assert case.status == "open"
    event = Event.objects.get(kind="unlicensedcase", verb="look_further")
    assert (event.by, event.because) == (decider.reference, "The invoices are copies.")


def test_what_was_referred_stays_and_its_result_is_kept(decider: User) -> None:
    case = handed_over(a_case_referred(by=decider))
    stays(lambda: UnlicensedCase.objects.filter(pk=case.pk).update(proposed_because="Something else."))

    later = TODAY + timedelta(days=1)
    assert refused(lambda: enforcement.record_result(case, result="convicted", on=later, by=case.officer, at=NOW)) == [
        "wrong_day"
    ]
    done = enforcement.record_result(
        case, result="convicted", on=TODAY, sentence="Fined £1,000.", by=case.officer, at=NOW
    )

    assert (done.status, done.result) == ("closed", "convicted")
    stays(lambda: UnlicensedCase.objects.filter(pk=case.pk).update(sentence="Nothing."))
    stays(lambda: UnlicensedCase.objects.filter(pk=case.pk).update(status="open"))


def sources_and_targets(lifecycle: Any) -> set[tuple[str, str]]:
    return {(source, move.target) for move in lifecycle.moves for source in move.sources}


@pytest.mark.parametrize("source", UNLICENSED_CASE.statuses)
def test_sql_moves_a_case_only_as_the_table_does(source: str) -> None:
    """Every pair, whatever else is right: no case comes to a status that no move leads to."""
    case = {"open": a_case, "proposed": a_case_proposed, "referred": a_case_referred}.get(source, _closed)()
    for target in UNLICENSED_CASE.statuses:
        if target != source and (source, target) not in sources_and_targets(UNLICENSED_CASE):
            stays(lambda: UnlicensedCase.objects.filter(pk=case.pk).update(status=target))  # noqa: B023


def _closed() -> UnlicensedCase:
    case = handed_over(a_case_referred())
    return enforcement.record_result(case, result="acquitted", on=TODAY, by=case.officer, at=NOW)


# --- labour users ---


def test_a_labour_user_gets_a_notice_that_says_the_law_and_is_kept_as_sent() -> None:
    case = a_case()
    notice = a_notice(case)

    words = paper_words.text(notice.letter)
    assert notice.letter.subject == "Enforcement notice"
    for said in ("section 13", "A man with a white van", WHY, "Brook Farm Ltd"):
        assert said in words
    assert notice.letter.sheet
    enforcement.acknowledge(case, on=TODAY, how="Signed by the farmer.", by=case.officer, at=NOW)
    assert refused(lambda: enforcement.acknowledge(case, on=TODAY, how="Signed again.", by=case.officer, at=NOW)) == [
        "nothing_to_acknowledge"
    ]
    stays(lambda: UserNotice.objects.update(because="Something else."))
    stays(lambda: UserNotice.objects.all().delete())


def test_a_warning_follows_a_notice_or_a_disclosure() -> None:
    told, found = a_case(), a_case(disclosed="", inspection=an_inspection())

    assert a_notice(told, "warning").letter.subject == "Formal warning"
    assert refused(lambda: a_notice(found, "warning")) == ["no_notice"]
    a_notice(found)
    assert a_notice(found, "warning").step == "warning"


def test_a_supplier_gets_no_notice_of_labour_users() -> None:
    assert refused(lambda: a_notice(a_case(against="supplier"))) == ["not_a_user"]


def test_formal_checks_count_by_their_receipts() -> None:
    case = a_case()

    def step(kind: str, receipt: str = "") -> Any:
        return enforcement.record_reasonable_step(case, kind=kind, receipt=receipt, by=case.officer, at=NOW)

    for receipt in ("V2345678X", "V2345678X", "V9999999X"):
        step("formal_check", receipt)
    step("copy")
    assert queries.case_file(case).checks == 2
    assert refused(lambda: step("formal_check")) == ["no_receipt"]


# --- undertakings and orders ---


@pytest.mark.parametrize(
    ("served", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 16)),
        (date(2026, 12, 24), date(2027, 1, 7)),
        (date(2028, 2, 20), date(2028, 3, 5)),
    ],
)
def test_fourteen_days_to_agree(served: date, last: date) -> None:
    words = schemes.in_force(SCHEME, TODAY).enforcement
    assert words is not None
    assert rules.negotiation_ends(served, words) == last


@pytest.mark.parametrize(
    ("starts", "months", "last"),
    [
        (date(2026, 11, 2), 24, date(2028, 11, 1)),
        (date(2026, 3, 1), 24, date(2028, 2, 29)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_two_years_at_most(starts: date, months: int, last: date) -> None:
    assert rules.last_day(starts, months) == last


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"months": 25}, "too_long"),
        ({"months": 0}, "too_long"),
        ({"measures": []}, "no_measure"),
        ({"measures": [ProposedMeasure("Look them up.", "", "It costs nothing.")]}, "measure_unexplained"),
        ({"offence": "s99"}, "unknown_offence"),
        ({"reasons": "x"}, "no_reason"),
    ],
)
def test_an_undertaking_says_why_each_measure_is_necessary_and_just(more: dict[str, Any], code: str) -> None:
    case = a_case()
    asked: dict[str, Any] = {"offence": "s13", "reasons": WHY, "months": 12, "measures": [MEASURE], **more}

    assert refused(lambda: undertakings.draft(case, **asked, by=case.officer, at=NOW)) == [code]


def test_another_serves_what_one_drafts_and_the_days_run(decider: User) -> None:
    both = person("inspector", "decision_maker")
    draft = an_undertaking(a_case(by=both))

    assert refused(lambda: undertakings.serve(draft, by=both, at=NOW)) == ["own_draft"]
    stays(
        lambda: Undertaking.objects.filter(pk=draft.pk).update(
            status="notice", served_by=both, served_at=NOW, negotiate_by=TODAY
        )
    )
    served = undertakings.serve(draft, by=decider, at=NOW)

    assert (served.status, served.negotiate_by) == ("notice", date(2026, 11, 16))
    words = paper_words.text(Letter.objects.get(reference=served.reference))
    for said in ("16 November 2026", MEASURE.text, MEASURE.necessary, MEASURE.just, "section 13"):
        assert said in words
    stays(lambda: Undertaking.objects.filter(pk=draft.pk).update(reasons="Something else."))
    stays(lambda: Measure.objects.update(text="Something else."))
    stays(lambda: Measure.objects.create(undertaking=draft, text="a", necessary="b", just="c"))


def test_longer_if_both_agree_and_never_shorter(decider: User) -> None:
    one = an_undertaking_served(decider=decider)
    officer = one.case.officer

    def extended(until: date) -> Any:
        return undertakings.extend_negotiation(one, until=until, because="Both ask for it.", by=officer, at=NOW)

    assert refused(lambda: extended(date(2026, 11, 16))) == ["not_longer"]
    later = extended(date(2026, 11, 30))
    assert (later.status, later.negotiate_by) == ("negotiating", date(2026, 11, 30))


def test_accepted_it_holds_for_its_months_and_the_other_side_is_told(decider: User) -> None:
    one = an_undertaking_in_force(decider=decider, months=24)

    assert (one.status, one.starts_on, one.until) == ("accepted", TODAY, date(2028, 11, 1))
    assert "1 November 2028" in paper_words.text(Letter.objects.filter(reference=one.reference).latest("pk"))
    stays(lambda: Undertaking.objects.filter(pk=one.pk).update(until=date(2040, 1, 1)))


def test_nothing_is_accepted_once_its_day_has_passed(decider: User) -> None:
    one = an_undertaking_served(decider=decider)

    later = NOW + timedelta(days=15)
    assert refused(lambda: undertakings.accept_undertaking(one, by=decider, at=later)) == ["too_late"]


def test_what_runs_out_lapses_or_ends_by_the_clock_once(decider: User) -> None:
    served = an_undertaking_served(decider=decider)
    agreed = an_undertaking_in_force(decider=decider, months=1)
    order = an_order(decider=decider)

    assert jobs.let_undertakings_run_out(at=NOW + timedelta(days=14)) == 0
    assert jobs.let_undertakings_run_out(at=NOW + timedelta(days=15)) == 1
    assert jobs.let_undertakings_run_out(at=NOW + timedelta(days=31)) == 1
    assert jobs.let_undertakings_run_out(at=NOW + timedelta(days=800)) == 1
    assert jobs.let_undertakings_run_out(at=NOW + timedelta(days=900)) == 0
    rows = Undertaking.objects.in_bulk()
    assert [rows[one.pk].status for one in (served, agreed, order)] == ["lapsed", "ended", "order_ended"]
    assert set(
        Event.objects.filter(verb__in=["lapse", "end_undertaking", "end_order"]).values_list("by", flat=True)
    ) == {""}
    assert refused(lambda: undertakings.lapse(an_undertaking_served(), by=None, at=NOW)) == ["too_early"]


def test_refused_lapsed_or_breached_an_order_may_follow_and_another_asks_for_it(decider: User) -> None:
    both = person("inspector", "decision_maker")
    one = an_undertaking_served(decider=decider, by=both)
    undertakings.refuse_undertaking(one, because="They say that they did nothing.", by=both, at=NOW)

    def apply(by: User) -> Any:
        return undertakings.apply_for_order(one, court="Cardiff Magistrates", because=WHY, by=by, at=NOW)

    assert refused(lambda: apply(both)) == ["own_draft"]
    assert apply(decider).status == "order_applied"


def test_an_order_lasts_at_most_two_years(decider: User) -> None:
    one = an_order_applied_for(decider=decider)

    def made(until: date) -> Any:
        return undertakings.make_order(
            one, starts_on=TODAY, until=until, terms="Use no other supplier.", by=one.case.officer, at=NOW
        )

    assert refused(lambda: made(date(2028, 11, 2))) == ["too_long"]
    assert refused(lambda: made(TODAY - timedelta(days=1))) == ["too_long"]
    assert made(date(2028, 11, 1)).status == "order_made"


def test_an_order_is_varied_and_discharged_by_the_court(decider: User) -> None:
    one = an_order(decider=decider)
    officer = one.case.officer

    varied = undertakings.vary_order(one, until=TODAY + timedelta(90), terms="For three months.", by=officer, at=NOW)
    gone = undertakings.discharge_order(varied, because="Not needed any more.", by=officer, at=NOW)

    assert gone.status == "order_discharged"


def test_released_it_binds_nobody(decider: User) -> None:
    one = an_undertaking_in_force(decider=decider)

    assert undertakings.release(one, because="Every measure is met.", by=decider, at=NOW).status == "released"
    assert (
        undertakings.discard(an_undertaking(), because="Not needed any more.", by=decider, at=NOW).status == "discarded"
    )
    other = an_order_applied_for(decider=decider)
    dismissed = undertakings.dismiss_order(other, because="Not shown, the court says.", by=other.case.officer, at=NOW)
    assert dismissed.status == "order_dismissed"


REACHED: dict[str, Callable[[], Undertaking]] = {
    "draft": an_undertaking,
    "notice": an_undertaking_served,
    "accepted": an_undertaking_in_force,
    "order_applied": an_order_applied_for,
    "order_made": an_order,
}


@pytest.mark.parametrize("source", REACHED)
def test_sql_moves_an_undertaking_only_as_the_table_does(source: str) -> None:
    one = REACHED[source]()
    allowed = sources_and_targets(UNDERTAKING)
    for _source, target in product([source], UNDERTAKING.statuses):
        if target != source and (source, target) not in allowed:
            stays(lambda: Undertaking.objects.filter(pk=one.pk).update(status=target))  # noqa: B023


# --- who ---


def test_whoever_has_a_conflict_has_nothing_to_do_with_it(decider: User) -> None:
    organisation = an_organisation("Brook Farm Ltd")
    case = a_case_proposed(organisation=organisation)
    draft = an_undertaking(a_case(organisation=organisation))
    inspector = person("inspector")
    for officer in (decider, inspector):
        conflicts.declare(
            officer, organisation=organisation, because="My sister's farm.", since=TODAY, by=person("manager"), at=NOW
        )

    assert not UnlicensedCase.objects.visible_to(decider).exists()
    assert not Undertaking.objects.visible_to(decider).exists()
    for act in (
        lambda: a_case(organisation=organisation, by=inspector),
        lambda: enforcement.refer(case, because=WHY, by=decider, at=NOW),
        lambda: enforcement.look_further(case, because=WHY, by=decider, at=NOW),
        lambda: undertakings.serve(draft, by=decider, at=NOW),
        lambda: undertakings.discard(draft, because=WHY, by=decider, at=NOW),
    ):
        assert refused(act) == ["conflicted"]
    stays(
        lambda: UnlicensedCase.objects.filter(pk=case.pk).update(
            status="referred", approved_by=decider, approved_at=NOW, approved_because=WHY
        )
    )
    stays(
        lambda: Undertaking.objects.filter(pk=draft.pk).update(
            status="notice", served_by=decider, served_at=NOW, negotiate_by=TODAY
        )
    )


def test_an_inspector_has_their_own_cases_and_no_others() -> None:
    own, other = a_case(by=person("inspector")), a_case()

    assert list(UnlicensedCase.objects.visible_to(own.officer)) == [own]
    assert refused(lambda: enforcement.record_offence(other, code="s13", by=own.officer, at=NOW)) == ["not_theirs"]
    for role, seen in (("manager", 2), ("auditor", 2), ("decision_maker", 2), ("case_officer", 0), ("labour_user", 0)):
        assert UnlicensedCase.objects.visible_to(person(role)).count() == seen


def test_nothing_of_it_is_public() -> None:
    """Nobody learns on a public page that there is a case: neither by its reference nor by the name."""
    case = a_case_referred()
    anybody = Client()

    assert anybody.get(f"/check/{case.reference}/").status_code == 404
    for address in ("/check/?q=Brook+Farm", "/api/v1/register?q=Brook"):
        assert case.reference not in anybody.get(address).content.decode()


def test_a_case_is_found_by_name_and_by_what_is_known_of_a_stranger() -> None:
    manager = person("manager")
    named = a_case()
    described = enforcement.open_case(
        against="supplier",
        described="Answers to Long John, 07700 900123.",
        scheme=schemes.in_force(SCHEME, TODAY),
        inspection=an_inspection(),
        by=person("inspector"),
        at=NOW,
    )

    for typed, found in (("Brook Farm", named), ("Long John", described), (named.reference.lower(), named)):
        assert list(queries.cases({"q": typed}, by=manager).found()) == [found]


# --- pages ---


def test_everything_is_done_on_pages(decider: User) -> None:
    inspector = person("inspector")
    desk, office = signed_in(inspector), signed_in(decider)
    farm = an_organisation("Brook Farm Ltd")
    opened = {"against": "user", "number": farm.reference, "disclosed": "The farm rang: nobody had checked."}
    assert desk.get("/staff/unlicensed/new/").status_code == 200
    assert desk.post("/staff/unlicensed/new/", {**opened, "number": "NONE0001"}).status_code == 422
    desk.post("/staff/unlicensed/new/", opened)
    case = UnlicensedCase.objects.get()
    measure = {"measure_1": MEASURE.text, "necessary_1": MEASURE.necessary, "just_1": MEASURE.just}
    shown = {"shown": "yes", "evidence": "The invoices of May.", "kept_at": "I-7KQ2-M9XD"}
    notice = {"step": "notice", "supplier": "A man with a van", "because": WHY}
    address = f"/staff/unlicensed/{case.reference}/"
    read = desk.post(f"{address}letter/", {**notice, "preview": "1"})
    assert "Enforcement notice" in read.content.decode()
    assert not UserNotice.objects.exists()
    for client, act, typed in (
        (desk, "offence", {"code": "s13"}),
        (desk, "element", {"element": "s13:arrangement", **shown}),
        (desk, "element", {"element": "s13:supplier", **shown}),
        (desk, "reasonable-step", {"kind": "formal_check", "receipt": "V2345678X"}),
        (desk, "letter", notice),
        (desk, "acknowledge", {**_day("on", TODAY), "how": "Signed by the farmer."}),
        (desk, "draft", {"offence": "s13", "reasons": WHY, "months": "12", **measure}),
        (desk, "propose", {"outcome": "prosecution", "because": WHY}),
        (office, "send-back", {"because": "Not yet: the farm negotiates."}),
        (desk, "propose", {"outcome": "undertaking", "because": WHY}),
        (office, "end", {"because": "An undertaking is enough."}),
    ):
        assert client.get(f"{address}{act}/").status_code == 200, act
        answer = client.post(f"{address}{act}/", typed)
        assert answer.status_code == 302, (act, answer.context["form"].errors)
    assert "1 formal check with a receipt" in desk.get(address).content.decode()
    one = Undertaking.objects.get()
    address = f"/staff/undertakings/{one.reference}/"
    until = _day("until", TODAY + timedelta(days=60))
    for client, act, typed in (
        (office, "serve", {}),
        (desk, "negotiate", {"because": "The farm asks for less."}),
        (desk, "extend", {**_day("until", TODAY + timedelta(days=30)), "because": "Both ask for it."}),
        (office, "accept", {}),
        (desk, "breach", {"because": WHY}),
        (office, "apply", {"court": "Cardiff Magistrates", "because": WHY}),
        (desk, "order", {**_day("starts_on", TODAY), **until, "terms": "Use no other supplier."}),
        (desk, "vary", {**until, "terms": "Use no other supplier, for now."}),
        (desk, "discharge", {"because": "Not needed any more."}),
    ):
        assert client.get(f"{address}{act}/").status_code == 200, act
        answer = client.post(f"{address}{act}/", typed)
        assert answer.status_code == 302, (act, answer.context["form"].errors)
    one.refresh_from_db()
    assert one.status == "order_discharged"
    page = desk.get(address).content.decode()
    # What the court ordered first is read there still.
    assert "Use no other supplier." in page and "Use no other supplier, for now." in page
    assert desk.get("/staff/undertakings/?status=order_discharged").context["page"].count == 1
    assert office.post("/staff/unlicensed/list.csv").status_code == 200


def test_a_page_is_for_those_who_may_do_it_and_for_steps_that_there_are(decider: User) -> None:
    case = a_case_proposed()
    desk = signed_in(case.officer)

    assert desk.get(f"/staff/unlicensed/{case.reference}/refer/").status_code == 403
    assert desk.get(f"/staff/unlicensed/{case.reference}/hang/").status_code == 404
    assert signed_in(person("inspector")).get(f"/staff/unlicensed/{case.reference}/").status_code == 404
    assert signed_in(decider).post(f"/staff/unlicensed/{case.reference}/refer/", {"because": "x"}).status_code == 422


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_only_of_a_labour_user_it_can_be_recorded_that_a_letter_was_acknowledged() -> None:
    user, supplier = a_case(), a_case(against="supplier", organisation=an_organisation("Van Labour Ltd"))

    pages = [
        signed_in(case.officer).get(f"/staff/unlicensed/{case.reference}/").content.decode()
        for case in (user, supplier)
    ]

    assert ["Record that it was acknowledged" in page for page in pages] == [True, False]


def test_the_history_of_a_case_says_which_element_of_which_offence_was_weighed_and_how() -> None:
    case = a_case_proposed()

    told = {str(one.title): one.text for one in queries.case_file(case).events}

    assert told["Offence recorded"].startswith("section 13")
    assert told["Element of an offence weighed"].startswith("section 13: ")
    assert told["Element of an offence weighed"].endswith(": Shown")
    assert told["Outcome proposed"] == f"Refer to the prosecutor\n{WHY}"


@pytest.mark.parametrize(("act", "says"), [("offence", "Record an offence"), ("when", "Say when and where it was")])
def test_the_button_of_a_step_says_what_it_does(act: str, says: str) -> None:
    case = a_case()
    page = signed_in(case.officer).get(f"/staff/unlicensed/{case.reference}/{act}/").content.decode()

    form = page[page.index('<form method="post" novalidate') :]
    assert says in form
    assert ">Save<" not in form
