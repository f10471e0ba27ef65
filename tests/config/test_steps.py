"""Every step that is declared: a step from an old page is refused and nothing typed is lost; a new move is one row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from compliance.enforcement.actions import cases as actions
from compliance.enforcement.forms import cases as forms
from compliance.enforcement.models.cases import UnlicensedCase, UserNotice
from compliance.enforcement.steps.cases import CASE, WORKS
from compliance.follow_ups import actions as remedies
from config.urls import urlpatterns
from registry import steps
from registry.accounts.models import User
from registry.errors import Reason, refuse_for
from registry.steps import Step, Steps
from registry.trail.actions import events as trail
from registry.trail.models.events import Event
from registry.trail.queries import chain
from registry.trail.queries import history as happened
from tests.compliance.enforcement.world import WHY, a_case, a_case_made_out, a_case_proposed
from tests.compliance.stories import a_remedy, an_inspection_confirmed
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.races import at_once

pytestmark = pytest.mark.django_db


def address(case: UnlicensedCase, step: str) -> str:
    return reverse(f"{step}_unlicensed_case", args=[case.reference])


def version_on(page: Any) -> str:
    return str(page.context["form"].page_version)


@pytest.fixture
def case() -> UnlicensedCase:
    return a_case_made_out()


@pytest.fixture
def desk(case: UnlicensedCase) -> Client:
    return signed_in(case.officer)


ELEMENT = {"element": "s13:arrangement", "shown": "yes", "evidence": "The invoices of June.", "kept_at": ""}


# --- an old page ---


def test_a_step_from_an_old_page_is_refused_with_what_changed(case: UnlicensedCase, desk: Client) -> None:
    page = desk.get(address(case, "propose"))
    other = person("intelligence_analyst", name="Gwen Price")
    actions.weigh_element(
        case, element="s13:arrangement", shown="no", evidence="Of another farm.", kept_at="", by=other, at=NOW
    )
    sent = {"outcome": "undertaking", "because": WHY, "version": version_on(page)}

    answer = desk.post(address(case, "propose"), sent)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Element of an offence weighed" in text and "by Gwen Price" in text and "2 November 2026" in text
    assert WHY in text and answer.context["form"]["outcome"].value() == "undertaking"
    case.refresh_from_db()
    assert case.status == "open"
    last = Event.objects.latest("number").number
    assert version_on(answer) == str(last)
    again = desk.post(address(case, "propose"), sent | {"version": version_on(answer)})
    assert again.status_code in (302, 422) and "changed_meanwhile" not in again.content.decode()


def test_what_is_still_right_is_sent_again_from_the_new_page(case: UnlicensedCase, desk: Client) -> None:
    old = version_on(desk.get(address(case, "element")))
    assert desk.post(address(case, "element"), {**ELEMENT, "version": old}).status_code == 302

    refused = desk.post(address(case, "element"), {**ELEMENT, "version": old})
    assert refused.status_code == 409
    assert desk.post(address(case, "element"), {**ELEMENT, "version": version_on(refused)}).status_code == 302


def test_an_error_does_not_make_an_old_page_new(case: UnlicensedCase, desk: Client) -> None:
    old = version_on(desk.get(address(case, "element")))
    desk.post(address(case, "element"), ELEMENT)

    wrong = desk.post(address(case, "element"), {"element": "", "version": old})

    assert (wrong.status_code, version_on(wrong)) == (422, old)
    assert desk.post(address(case, "element"), {**ELEMENT, "version": version_on(wrong)}).status_code == 409


def test_reading_the_letter_first_makes_no_page_old() -> None:
    case = a_case(against="user")
    desk = signed_in(case.officer)
    typed = {"step": "notice", "supplier": "A man with a van", "because": WHY}
    typed["version"] = version_on(desk.get(address(case, "letter")))

    read = desk.post(address(case, "letter"), {**typed, "preview": "1"})

    assert (read.status_code, version_on(read), UserNotice.objects.count()) == (200, typed["version"], 0)
    assert desk.post(address(case, "letter"), typed).status_code == 302


def test_what_changes_nothing_makes_no_page_old(case: UnlicensedCase) -> None:
    before = steps.version_of(("unlicensedcase", case.reference))
    trail.record(case, "read", by=case.officer, at=NOW)
    about = ("unlicensedcase", case.reference)

    assert list(steps.since(before, about, but=frozenset({"read"}))) == []
    assert [event.verb for event in steps.since(before, about)] == ["read"]


@pytest.mark.parametrize("nonsense", ["", "-1", "x", "9" * 40, "٣"])
def test_nonsense_in_place_of_a_version_is_none(case: UnlicensedCase, desk: Client, nonsense: str) -> None:
    """As with a program that has no page: the rules and the lifecycle still hold."""
    assert desk.post(address(case, "element"), {**ELEMENT, "version": nonsense}).status_code == 302


def test_who_may_not_do_it_learns_nothing_of_the_case(case: UnlicensedCase) -> None:
    stranger = signed_in(person("case_officer"))
    assert stranger.get(address(case, "refer")).status_code == 403
    assert stranger.get("/staff/unlicensed/U-NONE/refer/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_the_same_moment_one_is_refused() -> None:
    case = a_case_made_out()
    one, other = signed_in(case.officer), signed_in(person("intelligence_analyst"))
    sent = {**ELEMENT, "version": version_on(one.get(address(case, "element")))}

    answers = at_once(
        lambda: one.post(address(case, "element"), sent).status_code,
        lambda: other.post(address(case, "element"), sent).status_code,
    )

    assert sorted(answers, key=str) == [302, 409]
    assert list(chain.faults()) == []


def test_what_belongs_to_something_else_has_a_version_of_its_own() -> None:
    remedy = a_remedy()
    page = reverse("confirm_remedy", args=[remedy.inspection.reference, remedy.number])
    reviewer, other = signed_in(person("quality_reviewer")), person("manager", name="Gwen Price")
    old = version_on(reviewer.get(page))
    remedies.turn_down(remedy, because="The statement is of another month.", by=other, at=NOW)

    answer = reviewer.post(page, {"version": old})

    assert answer.status_code == 409
    assert "Turned down" in answer.content.decode() and "by Gwen Price" in answer.content.decode()


def test_what_is_sent_twice_from_one_page_is_added_once() -> None:
    """What a step adds is written about that, and not about its subject: its page looks at both."""
    visit = an_inspection_confirmed("2.4")
    page = reverse("record_remedy_after_visit", args=[visit.reference])
    desk = signed_in(visit.inspector)
    sent = {
        "kind": "wages",
        "workers": "3",
        "amount": "120.50",
        "shown_by": "The payslips of October, seen by the inspector.",
        "version": version_on(desk.get(page)),
    }
    assert desk.post(page, sent).status_code == 302

    again = desk.post(page, sent)

    assert again.status_code == 409 and "Written down" in again.content.decode()
    assert visit.remedies.count() == 1


# --- a move by one row ---


def visit_blockers(case: UnlicensedCase) -> Iterable[Reason]:
    if case.against != "user":
        yield Reason("no_farm", "Only a labour user is visited.")


@transaction.atomic
def visit(case: UnlicensedCase, *, because: str, by: User, at: datetime) -> UnlicensedCase:
    case = trail.locked(case)
    refuse_for(visit_blockers(case))
    trail.record(case, "visit", by=by, at=at, because=because)
    return case


VISIT = Step(
    "visit",
    "Go there",
    permission=WORKS,
    form=forms.Because,
    blockers=lambda case, by, on: visit_blockers(case),
    action=visit,
    in_statuses=("open",),
    done="Somebody went there",
)


def test_a_move_is_one_row_one_rule_and_one_action() -> None:
    table = replace(CASE, steps=(*CASE.steps, VISIT))
    barred, case = a_case(against="supplier"), a_case(against="user")
    with override_settings(ROOT_URLCONF=(*table.urls(), *urlpatterns)):
        desk = signed_in(person("intelligence_analyst"))
        button = next(one for one in table.buttons(barred, by=case.officer, on=NOW.date()) if one.name == "visit")
        assert [str(reason) for reason in button.blockers] == ["Only a labour user is visited."]
        assert "Only a labour user is visited." in desk.get(address(barred, "visit")).content.decode()
        assert desk.post(address(barred, "visit"), {"because": WHY}).status_code == 422
        assert desk.post(address(case, "visit"), {"because": WHY}).status_code == 302
        event = Event.objects.latest("number")
        assert (event.verb, event.because, happened.title(event.kind, event.verb, table.words())) == (
            "visit",
            WHY,
            "Somebody went there",
        )


def test_a_step_is_offered_in_its_time_and_to_who_may() -> None:
    proposed, decider = a_case_proposed(), person("decision_maker")

    def names(by: User) -> list[str]:
        return [one.name for one in CASE.buttons(proposed, by=by, on=date(2026, 11, 2))]

    assert names(decider) == ["refer", "end", "send_back"]
    assert "refer" not in names(proposed.officer)


# --- the tables themselves ---


def tables() -> list[Any]:
    return [pytest.param(table, id=table.name) for table in steps.declared()]


@pytest.mark.parametrize("table", tables())
def test_a_table_names_what_exists(table: Steps) -> None:
    names = [step.name for step in table.steps]
    assert len(set(names)) == len(names)
    for step in table.steps:
        assert step.done, f"{step.name}: the history has no words for it"
    if table.address_of:
        return
    try:
        reverse(table.page or table.name, args=["X"])
    except NoReverseMatch:
        pytest.fail(f"{table.name}: no page of this name")


#: Steps that are written about another kind of thing, and that their rules let be taken once: a second one is refused.
ONCE = {
    "ask_to_share",
    "begin_follow_up",
    "commission",
    "explain",
    "open_joint_case",
    "override",
    "visit",
    # Where one has said that one responds, to say it again changes nothing.
    "acknowledge",
    # It is written about the intelligence as well.
    "hand_over",
}


def test_the_page_of_a_step_looks_at_what_the_step_is_written_about() -> None:
    """Else a page that was opened before would not be old afterwards."""
    unseen = {
        f"{table.name}: {step.name}"
        for table in steps.declared()
        for step in table.steps
        if step.kind not in ("", table.kind) and not table.also_made_of and not step.adds_to and step.name not in ONCE
    }
    assert unseen == set()
