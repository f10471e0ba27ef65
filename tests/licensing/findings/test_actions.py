"""Licensing hears of every inspection that failed or found a critical standard not met, and says what follows."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from compliance.inspections.models import Inspection
from licensing.decisions.actions import proposals
from licensing.findings import actions
from licensing.findings.models import FindingToConsider
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks.models import Task
from registry.tasks.queries import faults, own_tasks
from tests.compliance.stories import an_inspection_confirmed
from tests.conftest import NOW
from tests.licensing.stories import FAILING, GROUND, a_licence, an_application_checked, an_inspection_of, day
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

WHY = "The business closed the site."


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def the_finding(visit: Inspection) -> FindingToConsider:
    return FindingToConsider.objects.get(inspection=visit)


def tasks_of(user: User) -> set[str]:
    return set(Task.objects.open().visible_to(user, NOW.date()).values_list("kind", flat=True))


def revocation(licence: Any, *visits: Inspection, by: User) -> Any:
    return proposals.propose(
        licence,
        kind="revoke",
        because="Workers were not paid.",
        takes_effect=day(60),
        grounds=[GROUND],
        inspections=visits,
        by=by,
        at=NOW,
    )


def test_a_failed_inspection_reaches_the_case_officer_of_the_application() -> None:
    application = an_application_checked()
    visit = an_inspection_of(application, *FAILING)

    finding = the_finding(visit)
    assert (finding.application, finding.licence, finding.failed) == (application, None, True)
    assert application.case_officer is not None
    assert "findingtoconsider.consider" in set(
        own_tasks(application.case_officer, NOW.date()).values_list("kind", flat=True)
    )
    assert list(faults(NOW)) == []


def test_one_that_found_little_is_not_put_before_licensing() -> None:
    an_inspection_of(a_licence(), "2.4")

    assert not FindingToConsider.objects.exists()


def test_a_visit_to_a_holder_is_about_its_licence_even_where_no_number_was_given() -> None:
    licence = a_licence()
    visit = an_inspection_confirmed(*FAILING, organisation=licence.organisation, kind="compliance", case="")

    assert the_finding(visit).licence == licence


def test_a_proposal_that_relies_on_it_considers_it_and_one_that_is_dropped_opens_it_again() -> None:
    licence, officer = a_licence(), person("case_officer")
    visit, other = an_inspection_of(licence, *FAILING), an_inspection_of(licence, *FAILING)

    proposal = revocation(licence, visit, by=officer)

    assert (the_finding(visit).status, the_finding(visit).decision) == ("considered", proposal)
    assert the_finding(other).status == "open"
    proposals.drop(proposal, because="The evidence is weak.", by=officer, at=NOW)
    assert (the_finding(visit).status, the_finding(visit).decision) == ("open", None)
    assert list(faults(NOW)) == []


def test_where_the_score_says_refuse_or_revoke_no_action_takes_two_people() -> None:
    visit = an_inspection_of(a_licence(), *FAILING)
    officer, both = person("case_officer"), person("case_officer", "decision_maker")
    with pytest.raises(Refused) as refused:
        actions.take_no_action(the_finding(visit), because=WHY, by=officer, at=NOW)
    assert codes(refused) == ["two_people"]

    proposed = actions.propose_no_action(the_finding(visit), because=WHY, by=both, at=NOW)

    assert "findingtoconsider.confirm" not in tasks_of(both)
    with pytest.raises(Refused) as refused:
        actions.confirm_no_action(proposed, by=both, at=NOW)
    assert codes(refused) == ["same_person"]
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingToConsider.objects.filter(pk=proposed.pk).update(status="considered", considered_by=both)
    decider = person("decision_maker")
    assert "findingtoconsider.confirm" in tasks_of(decider)
    done = actions.confirm_no_action(proposed, by=decider, at=NOW)
    assert (done.status, done.considered_by) == ("considered", decider)
    assert list(faults(NOW)) == []


def test_a_second_person_who_does_not_agree_returns_it() -> None:
    visit = an_inspection_of(a_licence(), *FAILING)
    proposed = actions.propose_no_action(the_finding(visit), because=WHY, by=person("case_officer"), at=NOW)

    returned = actions.return_to_officer(
        proposed, because="Two sites are open still.", by=person("decision_maker"), at=NOW
    )

    assert (returned.status, returned.no_action_because, returned.proposed_by) == ("open", "", None)
    assert "findingtoconsider.consider" in tasks_of(person("manager")) | tasks_of(person("case_officer"))


def test_below_a_fail_one_person_may_say_why_nothing_follows() -> None:
    visit = an_inspection_of(a_licence(), *FAILING)
    FindingToConsider.objects.filter(inspection=visit).update(failed=False)
    officer = person("case_officer")
    with pytest.raises(Refused) as refused:
        actions.take_no_action(the_finding(visit), because="No.", by=officer, at=NOW)
    assert codes(refused) == ["no_reason"]

    assert actions.take_no_action(the_finding(visit), because=WHY, by=officer, at=NOW).status == "considered"
    with pytest.raises(PermissionDenied):
        actions.take_no_action(the_finding(visit), because=WHY, by=person("quality_reviewer"), at=NOW)


def test_who_has_a_conflict_of_interest_neither_sees_nor_ends_it() -> None:
    licence, officer = a_licence(), person("case_officer")
    visit = an_inspection_of(licence, *FAILING)
    conflicts.declare(
        officer,
        organisation=licence.organisation,
        because="My brother works there.",
        since=NOW.date(),
        by=officer,
        at=NOW,
    )

    with pytest.raises(FindingToConsider.DoesNotExist):
        actions.propose_no_action(the_finding(visit), because=WHY, by=officer, at=NOW)
    assert signed_in(officer).get(f"/staff/findings/{visit.reference}/").status_code == 404


# --- pages ---


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_it_is_shown_on_the_page_and_the_list_of_licences_until_it_is_considered() -> None:
    licence, officer = a_licence(), person("case_officer")
    visit = an_inspection_of(licence, *FAILING)
    desk = signed_in(officer)

    def listed() -> list[str]:
        return [row.number for row in desk.get("/staff/licences/?findings=on").context["page"].rows]

    assert f"/staff/findings/{visit.reference}/" in text_of(desk.get(f"/staff/licences/{licence.number}/"))
    assert listed() == [licence.number]
    assert visit.reference in text_of(desk.get("/staff/findings/?status=open"))
    revocation(licence, visit, by=officer)
    assert listed() == []


def test_no_action_is_proposed_and_confirmed_on_its_pages() -> None:
    application = an_application_checked()
    visit = an_inspection_of(application, *FAILING)
    here = f"/staff/findings/{visit.reference}"
    desk, second = signed_in(person("case_officer")), signed_in(person("decision_maker"))

    assert here in text_of(desk.get(f"/staff/applications/{application.reference}/?open=all"))
    assert "Propose no action, and why" in text_of(desk.get(f"{here}/"))
    assert desk.post(f"{here}/propose-no-action/", {"because": WHY}).status_code == 302
    assert WHY in text_of(second.get(f"{here}/confirm-no-action/"))
    assert second.post(f"{here}/confirm-no-action/").status_code == 302
    assert the_finding(visit).status == "considered"
    assert "No action confirmed" in text_of(desk.get(f"{here}/"))
