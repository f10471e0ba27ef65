"""A version that another took in stays for what is pinned to it, and holds on no day."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from licensing.applications.models import Application
from registry import schemes
from tests.conftest import LONDON, SetClock
from tests.people import person, signed_in
from tests.registry.schemes.drafts import SECOND, Draft, a_draft
from tests.stories import SCHEME, an_application_submitted, holder_of

#: Every version that was ever in a release: 0.1.0 had these, and cases are pinned to them.
OF_0_1_0 = {
    "gla-food": [
        "2012-05-01", "2018-10-01", "2025-04-28", "2026-04-07", "2026-11-16", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28",
    ],
    "construction": [
        "2026-10-01", "2026-11-25", "2026-11-26", "2026-11-28", "2027-04-06", "2027-04-07", "2027-04-08", "2027-04-09",
    ],
}  # fmt: skip
FORMER = "2030-06-01"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    made = a_draft(tmp_path, later=True)
    (made.root / "car-wash" / "merged.toml").write_text(f'{FORMER} = "{SECOND}"\n')
    return made


def say(draft: Draft, text: str) -> None:
    (draft.root / "car-wash" / "merged.toml").write_text(text)


@pytest.mark.parametrize(("name", "version"), [(name, day) for name, days in OF_0_1_0.items() for day in days])
def test_every_version_that_a_case_may_be_pinned_to_is_there(name: str, version: str) -> None:
    assert str(schemes.get(name, version).version) == version


def test_a_merged_version_says_what_the_one_says_that_took_it_in(draft: Draft) -> None:
    with schemes.use([draft.root]):
        former, into = schemes.get("car-wash", FORMER), schemes.get("car-wash", SECOND)

        assert (str(former.version), former.merged_into) == (FORMER, into.version)
        assert schemes.content(former) == schemes.content(into)
        assert schemes.file_of(former, "fees.amounts.application.small") == f"car-wash/{SECOND}.toml"


def test_a_merged_version_holds_on_no_day(draft: Draft) -> None:
    with schemes.use([draft.root]):
        assert [str(day) for day in schemes.versions("car-wash")] == ["2030-01-01", SECOND]
        assert str(schemes.in_force("car-wash", date(2030, 7, 1)).version) == "2030-01-01"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2030-06-01 = '2029-01-01'", "car-wash/merged.toml: 2030-06-01: there is no version '2029-01-01'"),
        ("2030-06-01 = 7", "car-wash/merged.toml: 2030-06-01: there is no version 7"),
        ("2031-01-01 = '2030-01-01'", "car-wash/merged.toml: 2031-01-01: must be the day of a version that has no file any more"),
        ("June = '2030-01-01'", "car-wash/merged.toml: June: must be the day of a version that has no file any more"),
        ("2030-06-01", "car-wash/merged.toml: not readable as TOML: "),
    ],
)  # fmt: skip
def test_a_wrong_merger_is_a_fault_with_its_file_and_day(draft: Draft, text: str, fault: str) -> None:
    say(draft, text)

    (found,) = draft.faults()

    assert found.startswith(fault)


# --- what a release left behind ---


@pytest.fixture
def pinned(tmp_path: Path, set_clock: SetClock) -> Application:
    """A case that was handed in while the version of 28 November 2026 had files of its own and was the newest."""
    at = datetime(2026, 11, 30, 10, 0, tzinfo=LONDON)
    set_clock(at)
    root = Path(shutil.copytree(schemes.PACKS[0], tmp_path / "packs"))
    (root / SCHEME / "merged.toml").unlink()
    (root / SCHEME / "2026-11-28.toml").write_text("[scheme.authority]\ntelephone = '0000'\n")
    with schemes.use([root]):
        case = an_application_submitted(at=at)
    assert str(case.version) == "2026-11-28"
    return case


@pytest.mark.django_db
def test_who_has_a_case_under_a_merged_version_sees_it_and_the_others(pinned: Application) -> None:
    holder = signed_in(holder_of(pinned.organisation))

    for address in ("/home/", "/licences/", reverse("application_tasks", args=[pinned.reference])):
        assert holder.get(address, follow=True).status_code == 200


@pytest.mark.django_db
def test_who_decides_a_case_under_a_merged_version_opens_and_finds_it(pinned: Application) -> None:
    officer = signed_in(person("case_officer"))

    assert officer.get(f"/staff/applications/{pinned.reference}/").status_code == 200
    assert officer.get("/staff/find/", {"q": pinned.reference}, follow=True).status_code == 200


@pytest.mark.django_db
def test_the_page_of_a_merged_version_says_whose_words_it_shows() -> None:
    page = signed_in(person("manager")).get("/staff/packs/gla-food/2026-11-28/")

    assert page.status_code == 200
    assert "This version was merged into that of 7 April 2026." in page.content.decode()
    assert "In force from 28 November 2026" not in page.content.decode()


@pytest.mark.django_db
def test_the_address_that_a_paper_form_was_printed_from_still_gives_it() -> None:
    form = Client().get("/apply/paper/gla-food/2026-11-28/")

    assert (form.status_code, form.headers["Content-Type"]) == (200, "application/pdf")


@pytest.mark.django_db
def test_what_is_handed_in_today_is_pinned_to_the_version_in_force(set_clock: SetClock) -> None:
    at = datetime(2026, 12, 2, 10, 0, tzinfo=LONDON)
    set_clock(at)

    assert str(an_application_submitted(at=at).version) == "2026-04-07"
