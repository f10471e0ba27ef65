"""Words go to a translator and come back: what was read is marked, and a fault changes nothing."""

from datetime import date
from io import StringIO
from pathlib import Path
from shutil import copytree

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from config import catalogues, translators
from tests.people import person, signed_in

DAY = date(2026, 11, 2)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A copy of one language, so that nothing of the project changes."""
    source = settings.LOCALE_PATHS[0] / "pl"
    copytree(
        source,
        tmp_path / "locale" / "pl",
        ignore=lambda _folder, names: [one for one in names if one != "django.po" and "." in one],
    )
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def sent_back(folder: Path, change: str = "", **options: object) -> str:
    said = StringIO()
    call_command(
        "translations_in",
        "pl",
        str(folder / "back.po"),
        by="Anna Kowalska, translator",
        stdout=said,
        stderr=said,
        on=DAY,
        **options,
    )
    return said.getvalue()


def taken_out(folder: Path, *options: str) -> polib.POFile:
    call_command("translations_out", "pl", str(folder / "back.po"), *options, stdout=StringIO())
    return polib.pofile(str(folder / "back.po"))


def test_what_a_translator_read_is_taken_over_and_marked_with_who_and_when(folder: Path) -> None:
    theirs = taken_out(folder)
    theirs.find("Try again").msgstr = "Jeszcze raz"
    theirs.save()

    said = sent_back(folder)

    ours = translators.catalogue_of("pl")
    assert f"1 changed, {len(theirs)} marked as read, 0 refused" in said
    assert ours.find("Try again").msgstr == "Jeszcze raz"
    assert ours.find("Try again").tcomment == "Reviewed on 2026-11-02 by Anna Kowalska, translator"
    assert ours.metadata["X-Needs-Review"] == "no"
    assert len(taken_out(folder, "--unread")) == 0


def test_read_again_it_has_one_mark_and_a_language_that_is_read_in_part_stays_a_draft(folder: Path) -> None:
    taken_out(folder, "--pack", "gla-food")
    sent_back(folder)
    said = sent_back(folder)

    ours = translators.catalogue_of("pl")
    packs = set(catalogues.pack_words("gla-food"))
    assert {one.msgid for one in ours if translators.is_reviewed(one)} == packs
    assert {one.tcomment.count("Reviewed on") for one in ours if one.msgid in packs} == {1}
    assert ours.metadata["X-Needs-Review"] == "yes"
    assert "0 changed, 0 marked as read" in said


@pytest.mark.parametrize(
    ("english", "translation", "because"),
    [
        ("Try again", "", translators.EMPTY),
        ("Try again", "<b>Jeszcze raz</b>", translators.OTHER_PLACES),
        ("Try once more", "Jeszcze raz", translators.NOT_OURS),
    ],
)
def test_a_fault_is_named_and_changes_nothing(folder: Path, english: str, translation: str, because: object) -> None:
    before = translators.catalogue_of("pl").find("Try again").msgstr
    theirs = polib.POFile()
    theirs.append(polib.POEntry(msgid=english, msgstr=translation))
    theirs.save(str(folder / "back.po"))

    with pytest.raises(CommandError, match="1 messages were refused"):
        sent_back(folder)

    message = translators.catalogue_of("pl").find("Try again")
    assert (message.msgstr, translators.is_reviewed(message)) == (before, False)
    found = translators.bring_in(translators.catalogue_of("pl"), theirs, reviewer="Anna", on=DAY)
    assert [one.because for one in found.faults] == [because]


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    taken_out(folder)
    before = (folder / "locale" / "pl" / "LC_MESSAGES" / "django.po").read_bytes()

    assert "Nothing was written" in sent_back(folder, dry_run=True)

    assert (folder / "locale" / "pl" / "LC_MESSAGES" / "django.po").read_bytes() == before


@pytest.mark.django_db
def test_staff_see_how_much_was_read_and_take_the_file_away(client: Client) -> None:
    browser = signed_in(person("case_officer"))

    page = browser.get("/staff/languages/").content.decode()
    file = polib.pofile(browser.get("/staff/languages/uz.po").content.decode())

    assert all(f'href="/staff/languages/{code}.po"' in page for code, _name in settings.LANGUAGES[1:])
    assert len(file) == len(translators.catalogue_of("uz"))
    assert browser.get("/staff/languages/en-gb.po").status_code == 404
