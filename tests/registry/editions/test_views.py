"""Pages of statisticians: a date announced, tables made, a preview of what the public will see, two signatures."""

from datetime import timedelta

import pytest

from registry.editions import actions, jobs
from registry.editions.models import Edition, PreReleaseReader
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.editions.world import CODE, PUBLISHED, WHY, announced, counted, signed

pytestmark = pytest.mark.django_db
PAGE = f"/staff/editions/{CODE}/"


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    counted(monkeypatch)


def test_a_date_is_announced_on_its_page() -> None:
    client = signed_in(person("manager"))
    typed = {"code": CODE, "day_day": "1", "day_month": "12", "day_year": "2026", "minute": "9:30am"}

    sent = client.post("/staff/editions/announce/", {**typed, "day_day": "10", "day_month": "11"})
    assert "Announce the date at least 28 days ahead." in sent.content.decode()
    sent = client.post("/staff/editions/announce/", typed)

    assert sent.headers["Location"] == PAGE
    edition = Edition.objects.get()
    assert str(edition.publish_at) == "2026-12-01 09:30:00+00:00"
    assert "July to September 2026" in client.get("/staff/editions/").content.decode()


def test_tables_are_made_previewed_and_signed_by_two() -> None:
    announced()
    analyst, manager = person("intelligence_analyst"), person("manager")
    first, second = signed_in(analyst), signed_in(manager)

    first.post(f"{PAGE}freeze/", {"version": _version(first, "freeze")})
    page = first.get(PAGE).content.decode()
    assert "The tables are being counted in the background" in page
    assert first.get(f"{PAGE}preview/").status_code == 404
    again = first.post(f"{PAGE}freeze/", {"version": _version(first, "freeze")}).content.decode()
    assert "The tables are being counted. Load this page again in a minute." in again
    assert (jobs.make_tables(at=NOW), jobs.make_tables(at=NOW)) == (1, 0)
    assert "being counted" not in first.get(PAGE).content.decode()
    preview = first.get(f"{PAGE}preview/").content.decode()
    assert "Licences held on the last day: 1,184." in preview
    assert "1,184" not in first.get(f"/statistics/{CODE}/").content.decode()
    assert first.get(f"{PAGE}preview/all.zip").status_code == 200
    first.post(f"{PAGE}sign/", {"version": _version(first, "sign")})
    again = first.post(f"{PAGE}countersign/", {"version": _version(first, "countersign")}).content.decode()
    assert "You have signed these tables." in again
    second.post(f"{PAGE}countersign/", {"version": _version(second, "countersign")})

    assert Edition.objects.get().status == "edition_approved"
    assert f"by {manager.name}" in second.get(PAGE).content.decode()


def test_a_correction_that_would_change_nothing_is_not_made_and_the_page_says_why() -> None:
    actions.ask_for_correction(signed(announced()), because=WHY, by=person("intelligence_analyst"), at=NOW)

    assert jobs.make_tables(at=NOW) == 0

    page = signed_in(person("manager")).get(PAGE).content.decode()
    assert "The tables of the statistics were not made" in page
    assert "There is nothing to correct." in page
    assert "being counted" not in page


def _version(client: object, step: str) -> str:
    page = client.get(f"{PAGE}{step}/")  # type: ignore[attr-defined]
    return str(page.context["form"].page_version)


def test_the_preview_says_what_the_public_then_reads(set_clock: SetClock) -> None:
    signed(announced())
    client = signed_in(person("manager"))
    preview = client.get(f"{PAGE}preview/").content.decode()
    set_clock(PUBLISHED)
    public = client.get(f"/statistics/{CODE}/").content.decode()

    def figures_in(page: str) -> list[str]:
        start, end = page.index('<dl class="govuk-summary-list">'), page.index('id="changed"')
        return [line for line in page[start:end].splitlines() if "Download" not in line and line.strip()]

    assert figures_in(preview) == figures_in(public)


def test_who_sees_it_before_is_added_and_removed_on_pages() -> None:
    announced()
    client = signed_in(person("manager"))
    typed = {"name": "Ada Lovelace", "post": "Chief executive", "because": "To answer questions."}

    client.post(f"{PAGE}add-reader/", {**typed, "version": _version(client, "add-reader")})
    assert "Ada Lovelace, Chief executive: To answer questions." in client.get(PAGE).content.decode()
    client.post(f"{PAGE}remove-reader/", {"reader": "1", "version": _version(client, "remove-reader")})

    assert PreReleaseReader.objects.listed().count() == 0


def test_a_date_is_moved_on_its_page(set_clock: SetClock) -> None:
    announced()
    client = signed_in(person("manager"))
    typed = {
        "day_day": "3",
        "day_month": "12",
        "day_year": "2026",
        "minute": "9:30",
        "because": "A scheme is counted late.",
    }

    client.post(f"{PAGE}move-date/", {**typed, "version": _version(client, "move-date")})
    assert str(Edition.objects.get().publish_at) == "2026-12-03 09:30:00+00:00"
    set_clock(PUBLISHED + timedelta(days=9))
    client = signed_in(person("manager"))
    late = {"because": "The count of one scheme is wrong.", "version": _version(client, "explain-lateness")}
    client.post(f"{PAGE}explain-lateness/", late)
    assert Edition.objects.get().late_because == "The count of one scheme is wrong."


@pytest.mark.parametrize("role", ["case_officer", "auditor", "inspector", "decision_maker"])
def test_nobody_else_sees_an_edition_before(role: str) -> None:
    signed(announced())
    client = signed_in(person(role))

    for page in (PAGE, f"{PAGE}preview/", f"{PAGE}preview/all.zip", "/staff/editions/", f"{PAGE}sign/"):
        assert client.get(page).status_code == 403
    assert NOW < PUBLISHED


def test_who_read_other_tables_does_not_sign_those_that_were_made_since(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, analyst = announced(), person("intelligence_analyst")
    first, second = signed_in(analyst), signed_in(person("manager"))
    first.post(f"{PAGE}freeze/", {"version": _version(first, "freeze")})
    jobs.make_tables(at=NOW)
    read = _version(first, "sign")
    edition = actions.refuse_tables(Edition.objects.get(pk=edition.pk), because=WHY, by=person("manager"), at=NOW)
    counted(monkeypatch, held=7)
    actions.freeze_tables(edition, by=analyst, at=NOW)

    answer = first.post(f"{PAGE}sign/", {"version": read})

    assert answer.status_code in {409, 422}
    assert Edition.objects.get().status == "edition_frozen"
    assert second.get(f"{PAGE}preview/").status_code == 200
