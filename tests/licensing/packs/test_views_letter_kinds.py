"""The page of every kind of letter: nothing that is sent is left out, and each can be read in each version and language."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from compliance.follow_ups.letters import FOLLOW_UP_SUBJECTS
from compliance.plans.queries.plans import Briefing
from licensing.packs.letters import kinds as licensing_letters
from licensing.packs.letters import papers as papers_letters
from licensing.packs.letters import sample_holder, sample_papers, sample_papers_of_compliance
from registry import schemes
from registry.conflicts import actions as conflicts
from registry.letters.models import Letter
from registry.memberships import letters as memberships
from registry.papers import pades
from registry.papers import words as paper_words
from registry.papers.words import PRINT
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY
from tests.people import person, signed_in
from tests.registry.papers.test_pdf import tool

# Frames that other templates fill, and the layouts of mail, page and print.
FRAMES = {
    "licensing/letters/items.html",
    "licensing/letters/change.html",
    "licensing/letters/decision.html",
    "licensing/letters/ground.html",
    "licensing/letters/stands.html",
    "licensing/letters/weighed.html",
    *(f"registry/letters/{name}.html" for name in ("bare", "file_rejected", "kept", "letter", "mail", "print")),
}
BY_VERSION = [schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name)]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("scheme", BY_VERSION, ids=[f"{one.name} {one.version}" for one in BY_VERSION])
def test_every_kind_can_be_read_in_every_version(scheme: schemes.Scheme, language: str) -> None:
    for kind in licensing_letters.kinds_of(scheme):
        words = paper_words.fragment(licensing_letters.sample_of(scheme, kind.code, language=language))

        assert "<h1>" in words, kind.code
        assert "None" not in words and "{{" not in words and "()" not in words, kind.code
        assert not re.search(r"<(p|td|li)( [^>]*)?>\s*</", words), kind.code


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("scheme", BY_VERSION, ids=[f"{one.name} {one.version}" for one in BY_VERSION])
def test_every_paper_has_a_sample_in_every_version(
    scheme: schemes.Scheme, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that a paper says is missing in its sample: a fact that is added to a paper is added here."""
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "missing: %s")
    at = sample_holder.first_morning(scheme)
    for paper in papers_letters.papers_of(scheme):
        if paper.code == "certificate":
            continue  # it has a preview of its own, which a pack is tested by
        facts = sample_papers.facts_of(paper, scheme, language=language, on=TODAY)
        with translation.override(language):
            page = render_to_string(paper.template, {"layout": PRINT, "language": language, "at": at, **facts})
        assert "is_sample" in facts and 'class="preview"' in page, paper.code
        assert "{{" not in page and "()" not in page and "missing: " not in page, (
            paper.code,
            page.partition("missing: ")[2][:60],
        )
        assert not re.search(r"<(p|td)( [^>]*)?>\s*</", page), paper.code


def test_the_sample_of_a_briefing_says_all_that_a_briefing_does() -> None:
    said = sample_papers_of_compliance.briefing(BY_VERSION[-1])["briefing"]

    assert set(vars(said)) == {field.name for field in fields(Briefing)}


def test_no_letter_of_the_project_is_left_out() -> None:
    shown = {
        licensing_letters.sample_of(scheme, kind.code, language="en").template
        for scheme in BY_VERSION
        for kind in licensing_letters.kinds_of(scheme)
    }
    papers = {one.template for one in papers_letters.PAPERS}
    there = {
        file.relative_to(app / "templates").as_posix()
        for app in Path(settings.BASE_DIR).iterdir()
        for file in app.glob("templates/*/letters/*.html")
    }

    # Anyone prints posters and materials, and a labour user an evidence pack: tests/public_lookup reads them.
    posters = {
        "public_lookup/letters/poster.html",
        "public_lookup/letters/material.html",
        "public_lookup/letters/supplier_pack.html",
    }
    assert there == shown | papers | FRAMES | posters
    assert not (shown & papers or shown & FRAMES or papers & FRAMES)


def test_the_page_calls_each_letter_as_it_is_sent() -> None:
    titles = {str(one.title) for one in licensing_letters.kinds_of(BY_VERSION[-1])}

    assert {str(subject) for subject in memberships.SUBJECTS.values()} <= titles
    assert {str(subject) for subject in FOLLOW_UP_SUBJECTS.values()} <= titles


def test_what_goes_out_by_itself_says_when_and_to_whom() -> None:
    scheme = schemes.get("gla-food", max(schemes.versions("gla-food")))
    by_itself = {
        one.code: str(one.when)
        for one in licensing_letters.kinds_of(scheme)
        if str(one.when).startswith("Automatically")
    }

    assert set(by_itself) == {
        "morning",
        "renewal_reminder",
        "check_requests",
        "check_reminders",
        "dates_missed",
        "duties",
        "report_overdue",
        "follow_up_reminder",
        "follow_up_missed",
        "request_reminder",
        "request_lapsed",
        "changed",
        "release_out",
        "news_digest",
        "webhook_paused",
    }
    weeks = ", ".join(str(one) for one in scheme.renewal.reminders_weeks)
    assert weeks in by_itself["renewal_reminder"]


@pytest.mark.django_db
def test_staff_find_it_from_their_first_page_and_choose_version_and_language() -> None:
    officer = signed_in(person("case_officer"))
    address = reverse("letter_kinds")
    assert address in officer.get(reverse("home"), follow=True).content.decode()

    page = officer.get(f"{address}?version=gla-food/2026-04-07&language=cy").content.decode()
    assert 'lang="cy" dir="ltr">Gwrthodwyd eich cais' in page and "condition_extended" in page

    letter = officer.get(f"{reverse('letter_kind', args=['decision_refuse'])}?version=gla-food/2026-04-07&language=en")
    assert "Your application is refused" in letter.content.decode()
    gone = officer.get(f"{reverse('letter_kind', args=['condition_extended'])}?version=gla-food/2025-04-28")
    assert gone.status_code == 404


@pytest.mark.pdf
@pytest.mark.django_db
def test_what_is_printed_is_read_as_a_pdf_marked_as_a_preview_and_signed_by_nobody(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(pades, "sealed_and_signed", lambda paper: pytest.fail("a sample is signed"))
    monkeypatch.setattr(pades, "mark", lambda: "a certificate")
    officer = signed_in(person("case_officer"))
    chosen = "version=gla-food/2026-04-07&language=cy"
    page = officer.get(f"{reverse('letter_kinds')}?{chosen}").content.decode()

    for code in ("bundle", "certificate"):
        address = reverse("sample_paper", args=[code])
        assert address in page
        answer = officer.get(f"{address}?{chosen}")
        assert answer.headers["Content-Type"] == "application/pdf"
        file = tmp_path / f"{code}.pdf"
        file.write_bytes(answer.content)
        assert "Rhagolwg" in tool("pdftotext", file, "-").stdout
    assert officer.get(reverse("sample_paper", args=["nothing"])).status_code == 404
    assert signed_in(person("applicant")).get(reverse("sample_paper", args=["bundle"])).status_code == 403


@pytest.mark.django_db
def test_the_last_that_were_sent_are_there_for_who_may_read_them() -> None:
    application = stories.an_application_being_assessed()
    letter = Letter.objects.get(template="licensing/letters/begun.html")
    address = reverse("letter_kind", args=["begun"])
    reader, conflicted = person("case_officer"), person("case_officer")
    because = "It is my own firm."
    conflicts.declare(
        conflicted, organisation=application.organisation, because=because, since=TODAY, by=conflicted, at=NOW
    )

    assert letter.number in signed_in(reader).get(address).content.decode()
    assert letter.number not in signed_in(conflicted).get(address).content.decode()
    assert letter.number not in signed_in(person("people_administrator")).get(address).content.decode()
