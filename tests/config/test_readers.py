"""Reading is on the record: no page, file, list or operation shows what is personal or restricted, and writes nothing down.

Walked over every address of staff and every operation of the API, with what stands in the world as canaries.
"""

from collections.abc import Iterator

import pytest
from django.utils import dateformat
from pytest_django import DjangoDbBlocker

from compliance.reports.models.reports import Report
from licensing.applications.models import Answer
from registry import reading
from registry.accounts.actions import keys
from registry.accounts.models import User
from registry.accounts.rules import scopes_for
from registry.organisations.models import Person
from tests.compliance.intelligence.world import HEARD, SANITISED
from tests.config.walked_world import the_world
from tests.config.walker import READ, Route, Visitor, World, ask, routes
from tests.config.whose import MAY, PUBLIC
from tests.config.whose.people import STAFF
from tests.conftest import NOW
from tests.in_part import in_part

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: What shows people who are made up.
SAMPLES = frozenset({"letter_kind", "preview_letter", "preview_page", "preview_certificate", "sample_paper"})
#: Addresses below a key that lead to nothing that is read: what each is, said by hand.
NOT_READ = {
    "absences": "absences of staff",
    "access": "accounts of staff",
    "agencies": "other authorities",
    "assignment": "rules of assignment",
    "conflicts": "conflicts of staff",
    "counts": "statistics",
    "emergency-access": "accounts of staff",
    "editions": "statistics, about no one",
    "erasures": "references of what is to be erased; each is read on its own page",
    "exchange": "the file of an agency",
    "field/devices": "devices",
    "figures": "figures",
    "holidays": "bank holidays",
    "languages": "translations",
    "letter-kinds": "templates",
    "letter-kinds/papers": "templates",
    "packs": "schemes",
    "people": "accounts of staff",
    "prevention": "counts of businesses",
    "published-reasons": "what the register shows to everyone",
    "referrals/concerns": "codes of standards and a day; the visit is read on its own page",
    "rota": "shifts of staff",
    "targeting/weights": "weights",
    "task-figures": "figures",
    "tasks": "the subject of a task is read on its own page",
    "training": "trainings of staff",
    "undelivered": "the letter is read on its own page",
    "views": "views of lists",
    "views/keep": "views of lists",
    "take-overs/registers": "counts, digests and faults of files; each business is a question of its own",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with the_world(django_db_blocker) as made:
        yield made


def canaries() -> dict[str, str]:
    """What stands in the world of people, and of what is restricted; and what each is."""
    found = dict.fromkeys((HEARD, SANITISED, *Report.objects.values_list("text", flat=True)), "a restricted text")
    for person in Person.objects.all():
        found[person.full_name] = "a name"
        found[person.nino] = "a number"
        found[person.telephone] = "a telephone number"
        found[person.email] = "an address of mail"
        found[(person.address or {}).get("line_1", "")] = "an address"
        if person.date_of_birth:
            found[person.date_of_birth.isoformat()] = "a day of birth"
            found[dateformat.format(person.date_of_birth, "j F Y")] = "a day of birth"
    for data in Answer.objects.values_list("data", flat=True):
        for name in ("full_name", "nino"):
            found[str(data.get(name, ""))] = "an answer"
    found.pop("", None)
    return found


def shown_unwritten(visitor: Visitor, method: str, address: str, known: dict[str, str]) -> str:
    answer = ask(visitor, method, address)
    if answer.response.status_code not in (200, 409, 422) or READ in answer.written:
        return ""
    return next((what for text, what in known.items() if text in answer.words), "")


def of_staff() -> list[Route]:
    return [route for route in routes() if reading.is_of_staff(route.pattern)]


def reader_of(route: Route) -> str:
    return next((role for role in sorted(MAY.get(route.name, ())) if role in STAFF), "")


def test_each_address_with_a_key_is_of_something_that_is_read_or_says_why_not() -> None:
    unknown = {
        route.pattern
        for route in of_staff()
        if route.parameters and not reading.knows(route.pattern) and not _is_excused(route.pattern)
    }
    assert unknown == set()


def _is_excused(pattern: str) -> bool:
    before = pattern.split("<")[0]
    for prefix in ("api/staff/v1/", "api/v1/staff/", "staff/"):
        before = before.removeprefix(prefix)
    return before.rstrip("/") in NOT_READ


def test_what_a_page_shows_of_someone_is_written_down(world: World) -> None:
    known, missed = canaries(), []
    for route in in_part(of_staff(), of=2, named=lambda route: route.pattern):
        role = reader_of(route)
        if not role or route.name in PUBLIC | SAMPLES:
            continue
        for method in ("get", "post"):
            what = shown_unwritten(world.visitors[role], method, world.address(route), known)
            missed += [f"{role} {method} {route.name}: shows {what}"] * bool(what)
    assert missed == [], "\n".join(missed)


def test_the_preview_beside_a_list_is_a_reading(world: World) -> None:
    application = world.things["staff/applications/"]["reference"]
    for address in (f"/staff/applications/?beside={application}",):
        assert READ in ask(world.visitors["case_officer"], "get", address).written


def test_what_an_operation_shows_of_someone_is_written_down(world: World) -> None:
    known, missed = canaries(), []
    officer = User.objects.get(pk=world.visitors["case_officer"].client.session["_auth_user_id"])
    secret = keys.make(name="All", scopes=scopes_for(officer), days=30, by=officer, at=NOW).secret
    program = Visitor(
        "program", type(world.visitors["case_officer"].client)(headers={"Authorization": f"Bearer {secret}"})
    )
    for route in of_staff():
        if not reading.is_of_api(route.pattern) or not route.pattern.startswith("api/staff/v1/"):
            continue
        below = max(
            (path for path in world.things if f"staff/{route.pattern[13:]}".replace("<", "<str:").startswith(path)),
            key=len,
            default="",
        )
        given = {name: str(world.things.get(below, {}).get(name, "")) for name in route.parameters}
        address = "/" + route.pattern
        for name, value in given.items():
            address = address.replace(f"<{name}>", value)
        if "//" in address[1:]:
            continue
        what = shown_unwritten(program, "get", address, known)
        missed += [f"{route.name}: shows {what}"] * bool(what)
    assert missed == [], "\n".join(missed)
