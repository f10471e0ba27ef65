"""An officer leaves: the administrator sees what is open and says who takes it over, and the colleague finds each of it at work."""

import pytest

from registry.tasks import queries
from registry.tasks.models import Task
from tests.compliance.hand_overs.world import handed_over
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.licensing.stories import FAILING, a_licence, an_application_checked, an_inspection_of
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = (
    "Assess the application and propose a decision",
    "Commission a visit, or say why not",
    "Consider the outcome of the inspection",
)


def test_all_that_an_officer_had_is_with_a_colleague_on_the_same_day(sit_down: SitDown) -> None:
    licence = a_licence(legal_name="Fern Labour Ltd")
    gone = licence.applications.get().case_officer
    assert gone is not None
    an_application_checked(case_officer=gone)
    handed_over(licence=licence)
    an_inspection_of(licence, *FAILING)
    heir = person("case_officer", name="Nia Heir")
    assert set(Task.objects.open().filter(owner=gone).values_list("kind", flat=True)) == {
        "application.assess",
        "handover.commission",
        "findingtoconsider.consider",
    }

    administrator = sit_down(person("people_administrator"))
    administrator.open("staff_home")
    administrator.follow("People")
    administrator.open_row(gone.email)
    administrator.follow("Off-board")
    administrator.must_say(*(f"{todo}: 1" for todo in OPEN))
    administrator.fill("because", "Took another post.")
    administrator.press("Off-board")
    assert administrator.problems == ["This person has 3 open tasks. Choose who takes them over."]
    administrator.choose("hand_over_to", heir.reference)
    administrator.press("Off-board")
    administrator.must_say("Off-boarded", "3 tasks went to Nia Heir")

    desk = sit_down(heir)
    for todo in OPEN:
        desk.open("staff_home")
        desk.open_row(todo)
        assert desk.page.locator("h1").count() == 1
    assert not Task.objects.open().filter(owner__is_active=False).exists()
    assert list(queries.faults(NOW)) == []
    assert administrator.complaints + desk.complaints == []
