"""The work list of cases: whose they are, for whom they wait, how old; views of one's own; CSV; many given at once."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from licensing.applications.actions import applications as applications_actions
from licensing.applications.models import Application
from licensing.applications.states import WaitingFor
from licensing.cases.actions import assignment as applications
from licensing.cases.queries import work_list
from licensing.decisions.actions import hearings
from licensing.progress.queries import whereabouts as progress
from registry import filtersets as base
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from registry.worklists.models import SavedView
from tests import stories
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import a_change
from tests.licensing.phoenix_matches.world import come_back, revoked
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_request,
    a_request_lapsed,
    an_application_checked,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LIST = "/staff/applications/"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def narrowed(by: User, on: Any = TODAY, **asked: Any) -> list[Application]:
    return list(work_list.applications(asked, by=by, on=on).found())


class TestTeams:
    def in_a_team(self, team: str, **fields: Any) -> User:
        return accounts.change_team(
            person("case_officer", **fields), team=team, by=person("people_administrator"), at=NOW
        )

    def test_my_teams_are_those_of_my_colleagues_and_mine(self) -> None:
        me, colleague, another = self.in_a_team("North"), self.in_a_team("North"), self.in_a_team("South")
        mine, theirs = (stories.an_application_being_assessed(case_officer=one) for one in (me, colleague))
        stories.an_application_being_assessed(case_officer=another)
        stories.an_application_submitted()

        assert set(narrowed(me, officer="team")) == {mine, theirs}

    def test_whoever_is_in_no_team_is_offered_none(self) -> None:
        me, nobodys = person("case_officer"), stories.an_application_being_assessed()

        page = text_of(signed_in(me).get(LIST))

        assert "My team’s" not in page and nobodys.reference in page
        assert signed_in(me).get(f"{LIST}?officer=team").status_code == 422

    def test_a_team_is_changed_on_the_page_of_the_person_and_on_the_trail(self) -> None:
        admin, officer = person("people_administrator"), person("case_officer")
        self.in_a_team("North")
        client = signed_in(admin)

        assert "There are: North." in text_of(client.get(f"/staff/people/{officer.reference}/change-team/"))
        response = client.post(f"/staff/people/{officer.reference}/change-team/", {"team": " north "})

        assert response.status_code == 302
        officer.refresh_from_db()
        assert officer.team == "North"
        event = Event.objects.latest("number")
        assert (event.verb, event.facts) == ("change_team", {"team": "North", "team_before": ""})
        assert "North" in text_of(client.get(f"/staff/people/{officer.reference}/"))

    def test_nobody_else_changes_teams(self) -> None:
        with pytest.raises(Exception, match="manage_people"):
            accounts.change_team(person("case_officer"), team="North", by=person("manager"), at=NOW)


def paid() -> Application:
    return stories.an_application_paid(legal_name="Paid Ltd")


def being_heard() -> Application:
    return notified(a_refusal_proposed(an_application_checked())).subject  # type: ignore[return-value]


def replied() -> Application:
    decision = notified(a_refusal_proposed(an_application_checked()))
    hearings.represent(decision, text="It is not so.", by=stories.holder_of(decision.organisation), at=NOW)
    return decision.subject  # type: ignore[return-value]


def visited() -> Application:
    case = an_application_checked()
    an_inspection(organisation=case.organisation, case=case.reference)
    return case


def visited_and_asked() -> Application:
    case = stories.an_application_being_assessed()
    an_inspection(organisation=case.organisation, case=case.reference)
    return case


def reported_and_asked() -> Application:
    case = stories.an_application_being_assessed()
    an_inspection_reported(organisation=case.organisation, case=case.reference)
    return case


def asked_and_heard() -> Application:
    """The applicant is to be refused, whether or not it answers what it was asked."""
    case = a_request(an_application_checked()).application
    notified(a_refusal_proposed(case))
    return case


STATES: dict[str, tuple[Callable[[], Application], set[str]]] = {
    "unpaid": (stories.an_application_submitted, {"applicant"}),
    "paid": (paid, {"authority"}),
    "checks out": (stories.an_application_being_assessed, {"others"}),
    "checked": (an_application_checked, {"authority"}),
    "asked": (lambda: a_request().application, {"applicant"}),
    "asked, and heard": (asked_and_heard, {"applicant"}),
    "not answered in time": (lambda: a_request_lapsed(an_application_checked()).application, {"authority"}),
    "heard": (being_heard, {"applicant"}),
    "replied": (replied, {"authority"}),
    "visited": (visited, {"inspector"}),
    "visited, checks out": (visited_and_asked, {"inspector", "others"}),
    "reported, checks out": (reported_and_asked, {"authority", "others"}),
    "proposed": (lambda: a_grant_proposed().subject, {"authority"}),  # type: ignore[dict-item,return-value]
    "granted": (lambda: a_licence().applications.get(), set()),
}


@pytest.mark.parametrize("state", STATES)
def test_the_list_and_the_case_say_the_same_of_whose_turn_it_is(state: str) -> None:
    story, turns = STATES[state]
    case, officer = Application.objects.get(pk=story().pk), person("case_officer")

    (shown,) = [one for one in work_list.applications({}, by=officer, on=TODAY).page("").rows if one.pk == case.pk]

    assert set(shown.turns) == turns == set(progress.whereabouts(case, today=TODAY).turns)
    for turn in WaitingFor:
        assert (case in narrowed(officer, turn=turn)) == (turn in turns)


def test_when_the_time_to_reply_is_over_it_is_our_turn() -> None:
    case, officer = being_heard(), person("case_officer")
    last = case.decisions.get().reply_by
    assert last

    assert case in narrowed(officer, on=last, turn="applicant")
    assert case in narrowed(officer, on=last + timedelta(1), turn="authority")


class TestAge:
    def test_it_is_counted_in_working_days_until_today_or_until_it_was_closed(self, set_clock: SetClock) -> None:
        open_one = stories.an_application_submitted()
        closed = stories.an_application_submitted(legal_name="Blodwen Cyf")
        applications_actions.withdraw(closed, because="No", by=stories.holder_of(closed.organisation), at=later(7))
        found = work_list.applications({}, by=person("case_officer"), on=day(28))

        ages = {row.pk: row.age for row in found.page("").rows}

        assert ages == {open_one.pk: 20, closed.pk: 5}

    def test_only_what_is_in_hand_grows_too_old(self) -> None:
        old = stories.an_application_submitted()
        closed = stories.an_application_submitted(legal_name="Blodwen Cyf")
        applications_actions.withdraw(closed, because="No", by=stories.holder_of(closed.organisation), at=NOW)
        stories.an_application_submitted(legal_name="Abercwm Ltd", at=later(14))
        officer = person("case_officer")

        assert narrowed(officer, on=day(14), age="10") == []
        assert narrowed(officer, on=day(15), age="10") == [old]


class TestViews:
    @pytest.fixture
    def officer(self) -> User:
        return person("case_officer")

    def save(self, officer: User, query: str = "status=submitted", **typed: str) -> Any:
        typed = {"name": "Late ones", **typed}
        return signed_in(officer).post(f"/staff/views/keep/applications/?{query}", typed)

    def test_everybody_is_offered_the_usual_ones_and_sees_which_is_open(self, officer: User) -> None:
        stories.an_application_submitted()

        page = text_of(signed_in(officer).get(f"{LIST}?turn=applicant"))

        assert 'turn=applicant" aria-current="page">Waiting for: The applicant</a>' in page
        for name in ("All", "Not assigned yet", "Mine", "Overdue", "Waiting for: Us"):
            assert f">{name}</a>" in page

    def test_what_is_chosen_is_kept_under_a_name_and_stands_above_the_list(self, officer: User) -> None:
        query = "status=submitted&status=assessing&sort=-name"
        list_page = text_of(signed_in(officer).get(f"{LIST}?{query}&page=2&sector="))
        assert f'href="/staff/views/keep/applications/?{query.replace("&", "&amp;")}">Save this view</a>' in list_page

        response = self.save(officer, query)

        assert response.headers["Location"] == f"{LIST}?{query}"
        page = text_of(signed_in(officer).get(response.headers["Location"]))
        assert 'aria-current="page">Late ones</a>' in page
        assert "Save this view" not in page
        assert "Late ones" not in text_of(signed_in(person("case_officer")).get(LIST))
        assert "Late ones" not in text_of(signed_in(officer).get("/staff/licences/"))

    def test_what_was_searched_for_is_kept_in_the_view_and_not_on_the_trail(self, officer: User) -> None:
        self.save(officer, "q=Wendy+Ashworth")

        assert SavedView.objects.get().query == "q=Wendy+Ashworth"
        assert not Event.objects.filter(facts__icontains="Ashworth").exists()
        assert Event.objects.latest("number").verb == "keep_view"

    @pytest.mark.parametrize(
        ("query", "typed", "said"),
        [
            ("", {}, "Choose a filter or an order first"),
            ("page=3", {}, "Choose a filter or an order first"),
            ("status=submitted", {"name": "  "}, "Enter a name for the view."),
            ("status=submitted", {"name": "x" * 61}, "at most 60 characters"),
            ("status=assessing", {"name": "There already"}, "You have a view of this list by that name."),
            (f"q={'x' * 1001}", {}, "by too much to be kept"),
        ],
    )
    def test_it_is_refused_with_the_reason(self, officer: User, query: str, typed: dict[str, str], said: str) -> None:
        self.save(officer, name="There already")

        response = self.save(officer, query, **typed)

        assert response.status_code == 422
        assert said in text_of(response)
        assert SavedView.objects.count() == 1

    def test_twenty_are_enough(self, officer: User) -> None:
        for number in range(20):
            assert self.save(officer, name=f"View {number}").status_code == 302

        assert "You keep 20 views of this list already." in text_of(self.save(officer, name="One more"))

    def test_it_is_renamed_and_removed(self, officer: User) -> None:
        self.save(officer)
        view, client = SavedView.objects.get(), signed_in(officer)

        assert client.post(f"/staff/views/{view.reference}/rename/", {"name": "Early ones"}).status_code == 302
        assert "Early ones" in text_of(client.get("/staff/views/"))
        assert client.post(f"/staff/views/{view.reference}/remove/").status_code == 302

        assert not SavedView.objects.exists()
        assert "You have saved no view yet." in text_of(client.get("/staff/views/"))

    @pytest.mark.parametrize("verb", ["rename", "remove"])
    def test_nobody_touches_a_view_of_somebody_else(self, officer: User, verb: str) -> None:
        self.save(officer)
        view = SavedView.objects.get()

        response = signed_in(person("case_officer")).post(f"/staff/views/{view.reference}/{verb}/", {"name": "Mine"})

        assert response.status_code == 404
        assert SavedView.objects.get().name == "Late ones"

    def test_there_is_no_view_of_a_list_that_is_not_there(self, officer: User) -> None:
        assert signed_in(officer).get("/staff/views/keep/undelivered/?kind=text").status_code == 404


class TestCsv:
    def rows(self, response: Any) -> list[list[str]]:
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))

    @pytest.fixture
    def manager(self) -> Client:
        return signed_in(person("manager"))

    def test_it_holds_what_is_on_the_screen_on_all_pages_in_the_same_order(
        self, manager: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in (("SIZE", 2), ("STRETCH", 2), ("COUNTED", 3)):
            monkeypatch.setattr(base, name, value)
        for name in "CABED":
            stories.an_application_submitted(legal_name=f"{name} Ltd")
        an_application_checked(legal_name="F Ltd")

        heading, *rows = self.rows(manager.post(f"{LIST}list.csv?status=submitted&sort=-name&page=2"))

        assert heading[:2] == ["Application", "Organisation"]
        assert [row[1] for row in rows] == ["E Ltd", "D Ltd", "C Ltd", "B Ltd", "A Ltd"]

    def test_no_cell_is_a_formula(self, manager: Client) -> None:
        stories.an_application_submitted(legal_name="=HYPERLINK(1) Ltd")

        (row,) = self.rows(manager.post(f"{LIST}list.csv"))[1:]

        assert row[1] == "'=HYPERLINK(1) Ltd"

    def test_that_it_was_taken_is_on_the_trail_without_what_was_searched_for(self, manager: Client) -> None:
        stories.an_application_submitted()

        self.rows(manager.post(f"{LIST}list.csv?status=submitted&q=Dyffryn"))

        event = Event.objects.latest("number")
        assert event.verb == "take_list"
        assert event.facts == {"list": "applications", "chosen": {"status": ["submitted"], "q": "…"}, "rows": 1}

    def test_it_takes_a_post_and_the_permission(self, manager: Client) -> None:
        assert manager.get(f"{LIST}list.csv").status_code == 405
        assert signed_in(person("inspector")).post(f"{LIST}list.csv").status_code == 403
        assert signed_in(person("quality_reviewer")).post("/staff/inspections/list.csv").status_code == 403

    def test_a_filter_that_cannot_be_read_leads_back_to_the_list(self, manager: Client) -> None:
        response = manager.post(f"{LIST}list.csv?status=splendid")

        assert response.headers["Location"] == f"{LIST}?status=splendid"

    def test_it_speaks_the_language_of_the_page(self, manager: Client) -> None:
        stories.an_application_submitted()

        assert self.rows(manager.post(f"/cy{LIST}list.csv"))[0][0] == "Cais"

    @pytest.mark.parametrize(
        "name", ["decisions", "dates", "changes", "look-alikes", "licences", "inspections", "organisations"]
    )
    def test_every_other_list_has_one(self, manager: Client, name: str) -> None:
        licence = a_licence()
        a_change(licence=licence)
        an_inspection(organisation=licence.organisation)
        if name == "look-alikes":
            revoked("Dyffryn Labour Ltd")
            come_back()
        page = text_of(manager.get(f"/staff/{name}/"))

        heading, *rows = self.rows(manager.post(f"/staff/{name}/list.csv"))

        assert "Download as CSV" in page
        assert rows and all(len(row) == len(heading) for row in rows)
        assert any("Dyffryn Labour Ltd" in row for row in rows)


class TestManyAtOnce:
    @pytest.fixture
    def officer(self) -> User:
        return person("case_officer", name="Nia Llwyd")

    def post(self, by: User, officer: User | None, *cases: Application, query: str = "") -> Any:
        typed = {"applications": [one.reference for one in cases]} | (
            {"case_officer": officer.reference} if officer else {}
        )
        return signed_in(by).post(f"{LIST}assign/{query}", typed, follow=True)

    def test_all_that_are_ticked_are_given_and_the_list_stays_as_it_was(self, officer: User) -> None:
        first, second = stories.an_application_submitted(), stories.an_application_submitted(legal_name="Blodwen Cyf")
        manager = person("manager")

        response = self.post(manager, officer, first, second, query="?status=submitted&sort=name")

        assert response.redirect_chain == [(f"{LIST}?status=submitted&sort=name", 302)]
        assert "2 cases were given to Nia Llwyd." in text_of(response)
        assert set(officer.applications_in_hand.all()) == {first, second}
        assert Event.objects.filter(verb="assign", by=manager.reference).count() == 2

    def test_one_that_somebody_has_taken_meanwhile_stays_with_them_and_is_named(self, officer: User) -> None:
        taken, free = stories.an_application_paid(), stories.an_application_paid(legal_name="Blodwen Cyf")
        manager = signed_in(person("manager"))
        page = text_of(manager.get(LIST))
        held = re.findall(r'name="held" value="([^"]*)"', page)

        quick = person("case_officer", name="Owain Quick")
        applications.begin_assessment(taken, by=quick, at=NOW)
        typed = {"applications": [taken.reference, free.reference], "case_officer": officer.reference, "held": held}
        said = text_of(manager.post(f"{LIST}assign/", typed, follow=True))

        assert "1 case was given to Nia Llwyd." in said
        assert "Owain Quick has it by now, who did not have it when you chose it." in said
        taken.refresh_from_db()
        assert taken.case_officer == quick

    def test_one_that_cannot_be_given_is_named_and_the_others_are_given(self, officer: User) -> None:
        free, over = stories.an_application_submitted(), decided(a_grant_proposed(legal_name="Over Ltd")).subject
        assert isinstance(over, Application)

        page = text_of(self.post(person("manager"), officer, free, over))

        assert "1 case was given to Nia Llwyd." in page
        assert f"{over.reference} (Over Ltd) was left where it is: The application is not open any more." in page
        over.refresh_from_db()
        assert over.case_officer != officer and list(officer.applications_in_hand.all()) == [free]

    def test_when_it_breaks_half_way_nothing_is_given(self, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = stories.an_application_submitted(), stories.an_application_submitted(legal_name="Blodwen Cyf")
        gone = Application(pk=0, reference="A-0")

        with pytest.raises(Application.DoesNotExist):
            applications.assign_many([first, second, gone], case_officer=officer, by=person("manager"), at=NOW)

        assert not officer.applications_in_hand.exists()

    @pytest.mark.parametrize(
        ("with_officer", "with_case", "said"),
        [
            (True, False, "Tick at least one application."),
            (False, True, "Choose a person who assesses applications."),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_ticked_stays_ticked(
        self, officer: User, with_officer: bool, with_case: bool, said: str
    ) -> None:
        case = stories.an_application_submitted()

        response = self.post(person("manager"), officer if with_officer else None, *([case] if with_case else []))

        assert response.status_code == 422
        page = text_of(response)
        assert "There is a problem" in page and said in page
        assert (f'id="tick-{case.reference}" form="assign" checked' in page) == with_case

    def test_a_draft_is_nobodys_to_give(self, officer: User) -> None:
        draft = stories.an_application()

        response = self.post(person("manager"), officer, draft)

        assert response.status_code == 422
        assert f"There is no application {draft.reference} that you may see." in text_of(response)

    @pytest.mark.parametrize("role", ["case_officer", "decision_maker", "auditor"])
    def test_only_managers_give_and_see_the_boxes(self, officer: User, role: str) -> None:
        case, other = stories.an_application_submitted(), person(role)

        assert 'type="checkbox" name="applications"' not in text_of(signed_in(other).get(LIST))
        assert self.post(other, officer, case).status_code == 403

    def test_somebody_who_assesses_nothing_is_given_nothing(self) -> None:
        case = stories.an_application_submitted()

        done = applications.assign_many([case], case_officer=person("inspector"), by=person("manager"), at=NOW)

        assert [reason.code for _case, reasons in done.refused for reason in reasons] == ["not_an_officer"]
        with pytest.raises(Refused):
            applications.assign(case, case_officer=person("inspector"), by=person("manager"), at=NOW)


class TestHowItIsLookedAt:
    def heads(self, page: str) -> list[str]:
        return [re.sub(r"<[^>]*>", "", one).strip() for one in re.findall(r"<th scope=\"col\".*?</th>", page)]

    def test_columns_are_left_out_until_they_are_wanted_again(self) -> None:
        stories.an_application_being_assessed()
        officer = signed_in(person("case_officer"))

        every = self.heads(text_of(officer.get(LIST)))
        fewer = self.heads(text_of(officer.get(f"{LIST}?hide=age&hide=signs")))

        assert set(every) - set(fewer) == {"Age", "Fee and checks"}
        assert self.heads(text_of(officer.get(f"{LIST}?hide=reference&hide=nonsense"))) == every, (
            "the first names the row"
        )

    def test_a_view_keeps_the_columns_and_filters_do_not_bring_them_back(self) -> None:
        stories.an_application_being_assessed()
        officer = signed_in(person("case_officer"))

        officer.post("/staff/views/keep/applications/?hide=age&beside=A-1", {"name": "Short"})

        assert SavedView.objects.get().query == "hide=age", "a row next to the list is of the day, not of the view"
        page = text_of(officer.get(f"{LIST}?hide=age"))
        filters = page[page.index("app-filters__form") : page.index("Apply filters")]
        assert '<input type="hidden" name="hide" value="age">' in filters

    def test_a_case_is_previewed_next_to_the_list(self) -> None:
        case = stories.an_application_being_assessed()
        officer = signed_in(person("case_officer"))

        page = text_of(officer.get(f"{LIST}?status=assessing&beside={case.reference}"))

        preview = page[page.index('id="beside"') : page.index("</aside>")]
        assert case.organisation.legal_name in preview and f'href="{LIST}{case.reference}/"' in preview
        assert "What is missing before the next step" in preview
        assert f'href="{LIST}{case.reference}/#' in preview, "what is missing leads to the page of the case"

    def test_only_of_a_case_that_its_reader_may_see(self) -> None:
        case = stories.an_application_being_assessed()
        officer = person("case_officer")
        conflicts.declare(
            officer, organisation=case.organisation, because="A cousin works there.", since=TODAY, by=officer, at=NOW
        )

        page = signed_in(officer).get(f"{LIST}?beside={case.reference}")

        assert page.status_code == 200 and case.organisation.legal_name not in text_of(page)
        assert 'id="beside"' not in text_of(signed_in(officer).get(f"{LIST}?beside=%00nonsense"))
