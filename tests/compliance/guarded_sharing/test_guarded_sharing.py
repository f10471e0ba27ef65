"""Nothing reaches a guarded authority without a lawful basis, a second person and a count, and nothing that says who reported."""

import ast
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.module_loading import import_string

from compliance.follow_ups import actions as follow_ups
from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SharingStatus
from compliance.hand_overs import actions as hand_overs
from compliance.inspections import actions as inspections
from compliance.intelligence.actions import intelligence
from compliance.joint_cases import actions as joint_cases
from compliance.passed_on import actions as partners
from compliance.plans.models import VisitPlan
from compliance.reports.models.contacts import ReporterMark
from compliance.reports.rules.promises import KEPT_BY, PROMISES
from compliance.sharing_requests import actions
from compliance.sharing_requests.queries import published
from registry import schemes
from registry.agencies import actions as agencies
from registry.agencies import queries as kinds
from registry.agencies.models import Agency
from registry.errors import Refused
from registry.refusals import actions as refusals
from registry.tasks.models import Task
from registry.tasks.queries import faults
from registry.trail.models.events import Event
from tests.architecture.source import ROOT
from tests.compliance.guarded_sharing.world import (
    WHY,
    a_guarded_agency,
    a_guarded_partner,
    approved,
    asked_to_share,
)
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.sources_world import IDENTITY, a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.joint_cases.world import PLAN
from tests.compliance.stories import a_follow_up, a_plan, an_inspection, findings, signed
from tests.conftest import NOW, SetClock
from tests.licensing.checks.agencies import BASIS, an_agency
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
AGREED = {"basis": "agreed", "agreed_on": NOW.date()}
PURPOSE = "Modern Slavery Act 2015, to protect people."
MESSAGE = "It is the site by the station."


def reasons(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def passed_on(agency: Agency) -> Any:
    """Intelligence that a guarded authority was given, with approval, and has opened."""
    analyst, one = person("intelligence_analyst"), some_intelligence()
    approved(one, agency, "intelligence", by=analyst)
    return intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)


def opened(partner: Any) -> Any:
    return partners.accept_conditions(passed_on(partner.agency), by=partner, at=NOW)


# --- which authorities are guarded ---


@pytest.mark.parametrize(
    ("name", "codes", "kind"),
    [
        ("Home Office", ["tax"], "immigration"),
        ("Enforcement of IMMIGRATION, north", ["tax"], "immigration"),
        ("Office of Sampleshire", ["immigration"], "immigration"),
        ("Revenue of Sampleshire", ["tax"], ""),
    ],
)
def test_the_pack_says_which_authorities_are_guarded(name: str, codes: list[str], kind: str) -> None:
    assert an_agency(name, codes=codes).guarded_as == kind


@pytest.mark.both
def test_no_one_takes_the_guard_away_by_another_name_or_other_checks() -> None:
    agency, by = an_agency("Home Office", codes=["immigration"]), person("people_administrator")
    plain = {"name": "Department", "way": "account", "email": "in@tax.example", "address": {}, "basis": BASIS}
    given: dict[str, Any] = {**plain, "public_key": ""}

    remits = [("gla-food", "tax")]
    agencies.change(agency, particulars=given, remits=remits, by=by, at=NOW)

    agency.refresh_from_db()
    assert (agency.name, agency.guarded_as) == ("Department", "immigration")
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(guarded_as="")
    again = {**given, "guarded_as": ""}
    assert reasons(lambda: agencies.change(agency, particulars=again, remits=remits, by=by, at=NOW)) == ["guard_stays"]


def test_an_authority_from_before_is_guarded_by_its_name_and_its_checks() -> None:
    kept: dict[str, Any] = {"reference": "G-0000-0000", "way": "account", "email": "in@border.example", "basis": BASIS}
    agency = Agency.objects.create(name="Border Force of Sampleshire", opened_at=NOW, **kept)

    assert kinds.guarded_kind(agency, NOW.date())
    analyst, one = person("intelligence_analyst"), some_intelligence()
    given: dict[str, Any] = {"agency": agency, "purpose": PURPOSE, "by": analyst, "at": NOW}
    assert reasons(lambda: intelligence.pass_on(one, **given)) == ["not_approved"]


# --- every way ---


def by_intelligence(agency: Agency) -> Callable[[], object]:
    one = some_intelligence()
    return lambda: intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=person("intelligence_analyst"), at=NOW)


def by_a_report(agency: Agency) -> Callable[[], object]:
    one = handed_over("agency", agency=agency)
    return lambda: hand_overs.pass_on(one, by=person("intelligence_analyst"), at=NOW)


def by_a_visit(agency: Agency) -> Callable[[], object]:
    inspection = an_inspection()
    return lambda: a_plan(inspection, agencies=[agency])


def by_a_message(agency: Agency) -> Callable[[], object]:
    partner = person("partner_agency", agency=agency)
    passed = opened(partner)
    partners.respond(passed, kind="question", text="Which site is meant?", by=partner, at=NOW)
    return lambda: partners.reply_to_partner(passed, text=MESSAGE, by=person("intelligence_analyst"), at=NOW)


def by_a_joint_case(agency: Agency) -> Callable[[], object]:
    passed = opened(person("partner_agency", agency=agency))
    return lambda: joint_cases.open_joint_case(passed, **PLAN, by=person("intelligence_analyst"), at=NOW)


WAYS = [by_intelligence, by_a_report, by_a_visit, by_a_message, by_a_joint_case]


@pytest.mark.both
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_a_guarded_authority_without_approval(way: Callable[[Agency], Callable[[], object]]) -> None:
    assert reasons(way(a_guarded_agency())) == ["not_approved"]


def calls(path: Path, function: str) -> set[str]:
    """What is called in this function of a file, as it is written there."""
    tree = ast.parse(path.read_text())
    body = next(one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == function)
    return {ast.unparse(one.func) for one in ast.walk(body) if isinstance(one, ast.Call)}


#: What is written when something reaches an authority. A new way of writing it is found here, and must call the guard.
WRITES = {
    "Dissemination.objects.create": ("compliance/intelligence/actions/intelligence.py", "pass_on"),
    "kept.agencies.set": ("compliance/plans/actions.py", "_kept"),
    "JointCase.objects.create": ("compliance/joint_cases/actions.py", "open_joint_case"),
    "JointStep.objects.create": ("compliance/joint_cases/actions.py", "_set"),
    "PartnerMessage.objects.create": ("compliance/passed_on/actions.py", "_write"),
}
GUARDED = {
    "compliance/intelligence/actions/intelligence.py": ["pass_on"],
    "compliance/hand_overs/actions.py": ["pass_on"],
    "compliance/plans/actions.py": ["plan"],
    "compliance/passed_on/actions.py": ["reply_to_partner"],
    "compliance/joint_cases/actions.py": ["open_joint_case", "_tell"],
}


def test_every_action_that_reaches_an_authority_calls_the_guard() -> None:
    for path, functions in GUARDED.items():
        for function in functions:
            assert "guard.share" in calls(ROOT / path, function), (path, function)
    for function in ("add_step", "finish_step", "close_joint_case"):
        assert "_tell" in calls(ROOT / "compliance/joint_cases/actions.py", function)


@pytest.mark.parametrize("write", WRITES)
def test_nothing_else_writes_what_an_authority_is_given(write: str) -> None:
    path, function = WRITES[write]
    assert write in calls(ROOT / path, function)
    last = f".{write.split('.', 1)[1]}(" if write.startswith("kept.") else f"{write}("
    found = [
        str(file.relative_to(ROOT))
        for app in ("registry", "licensing", "compliance", "public_lookup", "config")
        for file in (ROOT / app).rglob("*.py")
        if last in file.read_text() and "migrations" not in file.parts
    ]
    assert found == [path]


# --- asked for, approved, shared, counted ---


@pytest.mark.both
def test_a_second_person_approves_it_and_it_is_shared_once(set_clock: SetClock) -> None:
    agency, analyst, lead = a_guarded_agency(), person("intelligence_analyst"), person("safeguarding_lead")
    one = some_intelligence()

    sharing = asked_to_share(one, agency, "intelligence", by=analyst)

    assert Task.objects.open().filter(kind="guardedsharing.approve").exists()
    assert reasons(lambda: intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)) == [
        "not_approved"
    ]
    actions.approve_sharing(sharing, by=lead, at=NOW)
    intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)

    sharing.refresh_from_db()
    assert (sharing.status, sharing.shared_by, sharing.shared_at) == (SharingStatus.SHARED, analyst, NOW)
    assert reasons(lambda: intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)) == [
        "not_approved"
    ]
    assert list(faults(NOW)) == []
    words = str(list(Event.objects.values_list("facts", "because")))
    assert WHY not in words and sharing.text not in words


@pytest.mark.both
def test_who_asked_does_not_approve_and_the_database_holds_that_too() -> None:
    manager = person("manager")
    inspection, agency = an_inspection(), a_guarded_agency()
    sharing = asked_to_share(inspection, agency, "visit", by=manager)

    assert reasons(lambda: actions.approve_sharing(sharing, by=manager, at=NOW)) == ["same_person"]
    rows = GuardedSharing.objects.filter(pk=sharing.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(status="approved", ended_by=manager, ended_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(basis="court")
    with pytest.raises(PermissionDenied):
        actions.approve_sharing(sharing, by=person("inspector"), at=NOW)


@pytest.mark.both
def test_the_database_lets_nothing_through_that_no_second_person_approved() -> None:
    agency, inspection = a_guarded_agency(), an_inspection()
    plan = a_plan(inspection)
    with pytest.raises(DatabaseError), transaction.atomic():
        plan.agencies.add(agency)
    one = handed_over("agency", agency=agency)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_handover SET passed_on_at = %s WHERE id = %s", [NOW, one.pk])


def test_a_joint_visit_goes_with_approval_and_stays_when_it_is_planned_again() -> None:
    agency, inspection = a_guarded_agency(), an_inspection()
    approved(inspection, agency, "visit", by=person("manager", name="Sian Morgan"))

    a_plan(inspection, agencies=[agency])
    a_plan(inspection, agencies=[agency], region="North")

    assert list(VisitPlan.objects.get().agencies.all()) == [agency]
    assert GuardedSharing.objects.get().status == SharingStatus.SHARED
    a_plan(inspection, agencies=[])
    assert reasons(lambda: a_plan(inspection, agencies=[agency])) == ["not_approved"]


def test_only_the_words_that_were_approved_go_out() -> None:
    partner, analyst = a_guarded_partner(), person("intelligence_analyst")
    assert partner.agency is not None
    passed = opened(partner)
    partners.respond(passed, kind="question", text="Which site is meant?", by=partner, at=NOW)
    approved(passed.intelligence, partner.agency, "message", text=MESSAGE, by=analyst)

    other: dict[str, Any] = {"text": "Ask Marek in caravan 4.", "by": analyst, "at": NOW}
    assert reasons(lambda: partners.reply_to_partner(passed, **other)) == ["other_text"]
    partners.reply_to_partner(passed, text=MESSAGE, by=analyst, at=NOW)

    approved(passed.intelligence, partner.agency, "joint_case", text=f"{PLAN['our_step']} {PLAN['their_step']}")
    case = joint_cases.open_joint_case(passed, **PLAN, by=analyst, at=NOW)
    step = {"side": "us", "text": MESSAGE, "due_on": PLAN["our_day"], "at": NOW}
    assert reasons(lambda: joint_cases.add_step(case, **step, by=analyst)) == ["not_approved"]
    joint_cases.add_step(case, **{**step, "text": "We meet them."}, by=partner)


def test_a_part_of_what_was_approved_is_not_what_was_approved_and_each_text_has_its_own_approval() -> None:
    partner, analyst = a_guarded_partner(), person("intelligence_analyst")
    assert partner.agency is not None
    passed = opened(partner)
    partners.respond(passed, kind="question", text="Who is there?", by=partner, at=NOW)
    for text in ("We do not say that they work without a permit.", MESSAGE):
        approved(passed.intelligence, partner.agency, "message", text=text, by=analyst)

    part: dict[str, Any] = {"text": "they work without a permit.", "by": analyst, "at": NOW}
    assert reasons(lambda: partners.reply_to_partner(passed, **part)) == ["other_text"]
    partners.reply_to_partner(passed, text=MESSAGE, by=analyst, at=NOW)

    used = GuardedSharing.objects.get(way="message", status=SharingStatus.SHARED)
    assert used.text == MESSAGE


def test_what_came_from_a_report_is_shared_only_on_a_basis_that_allows_it() -> None:
    agency = a_guarded_agency()
    one = handed_over("agency", agency=agency)

    assert reasons(lambda: asked_to_share(one, agency, "report")) == ["promised"]
    assert reasons(lambda: asked_to_share(one, agency, "report", basis="agreed")) == ["no_agreement"]
    approved(one, agency, "report", **AGREED)
    assert hand_overs.pass_on(one, by=person("intelligence_analyst"), at=NOW).passed_on_at == NOW


def test_a_visit_because_of_a_report_is_joint_only_on_such_a_basis_too() -> None:
    one = handed_over("inspection")
    commissioned: dict[str, Any] = {
        "brief": "",
        "inspector": person("inspector"),
        "due_on": NOW.date() + timedelta(days=9),
    }
    visit = hand_overs.commission(one, **commissioned, by=person("case_officer"), at=NOW)

    assert reasons(lambda: asked_to_share(visit, a_guarded_agency(), "visit")) == ["promised"]


def test_a_visit_that_follows_up_a_visit_because_of_a_report_is_joint_only_on_such_a_basis_too() -> None:
    due: dict[str, Any] = {"due_on": NOW.date() + timedelta(days=9), "by": person("case_officer"), "at": NOW}
    inspector = person("inspector", name="Ifan Price")
    first = hand_overs.commission(handed_over("inspection"), brief="", inspector=inspector, **due)
    signed(first)
    told: dict[str, Any] = {"findings": findings(first, "2.4"), "summary": "Seen.", "visited_on": NOW.date()}
    inspections.record_findings(first, **told, by=inspector, at=NOW)
    inspections.report(first, by=inspector, at=NOW)
    inspections.confirm(first, by=person("quality_reviewer"), at=NOW)
    first.refresh_from_db()

    again = follow_ups.send_visit(a_follow_up(first), inspector=inspector, **due)

    assert reasons(lambda: asked_to_share(again, a_guarded_agency(), "visit")) == ["promised"]


def test_no_source_is_named_in_what_is_written_of_a_hand_over() -> None:
    agency = a_guarded_agency()
    a_source()
    one = handed_over("agency", agency=agency)

    given: dict[str, Any] = {"text": f"Ask {IDENTITY['name']}.", **AGREED}
    assert reasons(lambda: asked_to_share(one, agency, "message", **given)) == ["name_of_source"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"basis": "because_we_can"}, "no_basis"),
        ({"because": "Needed"}, "no_reason"),
        ({"way": "visit"}, "no_way"),
        ({"way": "message", "text": " "}, "no_text"),
    ],
)
def test_it_says_on_which_basis_why_and_what(given: dict[str, Any], code: str) -> None:
    one, agency = some_intelligence(), a_guarded_agency()
    assert code in reasons(lambda: asked_to_share(one, agency, **{"way": "intelligence", **given}))


def test_other_authorities_need_no_approval() -> None:
    one, agency = some_intelligence(), an_agency()
    assert reasons(lambda: asked_to_share(one, agency, "intelligence")) == ["not_guarded"]
    intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=person("intelligence_analyst"), at=NOW)
    assert not GuardedSharing.objects.exists()


def test_a_refusal_says_why_to_who_asked_and_is_not_shared() -> None:
    agency, analyst = a_guarded_agency(), person("intelligence_analyst")
    one = some_intelligence()
    sharing = asked_to_share(one, agency, "intelligence", by=analyst)
    actions.refuse_sharing(sharing, because="The people are not in danger.", by=person("safeguarding_lead"), at=NOW)

    page = signed_in(analyst).get(f"/staff/guarded-sharing/{sharing.reference}/").content.decode()
    assert "The people are not in danger." in page
    refusals.read_reason(sharing, by=analyst, at=NOW)
    assert list(faults(NOW)) == []
    assert reasons(lambda: intelligence.pass_on(one, agency=agency, purpose=PURPOSE, by=analyst, at=NOW)) == [
        "not_approved"
    ]


# --- who reported ---

DETAILS = {"called": "Zofia Kowalczyk", "telephone": "07700 900 461", "email": "zofia@example.com", "safe_times": ""}


@pytest.mark.parametrize(
    "text", ["Ring 0044 7700 900461 about it.", "Write to zofia (at) example.com.", "The Kowalczyk family lives there."]
)
def test_no_text_for_those_who_act_says_who_reported(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.compliance.hand_overs.world.CLEARED", f"Documents are kept at the office. {text}")
        assert reasons(lambda: handed_over("agency", agency=an_agency(), contact="direct", details=DETAILS)) == [
            "who_reported"
        ]


def test_no_message_to_a_guarded_authority_says_who_reported() -> None:
    handed_over("agency", agency=an_agency(), contact="direct", details=DETAILS)
    one, agency = some_intelligence(), a_guarded_agency()
    text = "Ring oh seven seven double oh nine oh oh four six one."
    assert reasons(lambda: asked_to_share(one, agency, "message", text=text)) == ["who_reported"]
    assert "zofia" not in str(list(ReporterMark.objects.values())).casefold()


# --- pages ---


def test_by_the_pages_it_is_asked_approved_and_counted(set_clock: SetClock) -> None:
    agency, analyst, lead = a_guarded_agency(), person("intelligence_analyst"), person("safeguarding_lead")
    inspection = an_inspection()
    desk = signed_in(analyst)
    address = f"/staff/inspections/{inspection.reference}/"
    assert "ask-to-share" in desk.get(address).content.decode()
    typed = {"agency": agency.reference, "way": "visit", "basis": "slavery", "because": WHY}
    assert desk.post(f"{address}ask-to-share/", typed).status_code == 302

    sharing = GuardedSharing.objects.get()
    office = signed_in(lead)
    page = office.get(f"/staff/guarded-sharing/{sharing.reference}/approve/").content.decode()
    assert WHY in page and "Modern Slavery Act 2015" in page
    pages = [one.get(f"/staff/guarded-sharing/{sharing.reference}/").content.decode() for one in (office, desk)]
    assert ["Withdraw what you asked to share" in page for page in pages] == [False, True]
    assert all("Lawful basis" in page for page in pages)
    actions.approve_sharing(sharing, by=lead, at=NOW)
    a_plan(inspection, agencies=[agency], by=analyst)
    assert sharing.reference in office.get("/staff/guarded-sharing/").content.decode()

    set_clock(NOW + timedelta(days=92))
    shown = Client().get("/report/shared/")
    assert not shown.cookies
    newest, *_others = published.published_counts(NOW + timedelta(days=92))[0].rows
    assert newest.counts == (0, 0, 1, 0, 0, 0)
    file = Client().get("/report/shared.csv").content.decode()
    assert ",0,0,1,0,0,0,1,[c]" in file and file.count(",0,0,0,0,0,0,0,[c]") == 7


def test_the_page_for_reports_leads_to_the_counts_and_zero_is_printed() -> None:
    assert "/report/shared/" in Client().get("/report/").content.decode()
    page = Client().get("/report/shared/").content.decode()
    assert page.count(">0<") == 8 * 7


# --- what the page for reports promises ---


def promises() -> list[tuple[str, str]]:
    """Every promise of the service, and of every version of every scheme, by code."""
    packs = [schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name)]
    own = [(one.code, str(one.text)) for one in PROMISES]
    return own + [(one.code, one.text["en"]) for pack in packs if pack.reporting for one in pack.reporting.happens]


def test_each_promise_names_the_guard_and_the_test_that_keep_it() -> None:
    codes = {code for code, _text in promises()}
    assert codes == set(KEPT_BY)
    for code in codes:
        kept = KEPT_BY[code]
        assert kept.guards and kept.tests
        for guard in kept.guards:
            assert callable(import_string(guard)), guard
        for test in kept.tests:
            path, name = test.split("::")
            module = import_module(path.removesuffix(".py").replace("/", "."))
            assert callable(getattr(module, name)), test


def test_the_page_promises_nothing_else() -> None:
    page = Client().get("/report/").content.decode()
    section = page.split("What we promise", 1)[1].split("Before you report", 1)[0]
    assert section.count("<li>") == len(dict(promises()))
