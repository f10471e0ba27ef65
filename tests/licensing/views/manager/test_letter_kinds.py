"""The page of every kind of letter: nothing that is sent is left out, and each can be read in each version and language."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from licensing import letters as licensing_letters
from licensing.letters.wording import TEMPLATES
from registry import letters, schemes
from registry.actions import conflicts
from registry.models import Letter
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY
from tests.people import person, signed_in

# Frames, and what is no letter; and what nobody may read in advance: its link is its secret, or it is written to a follower.
NO_KIND = {"bundle", "paper_form", "change", "decision", "ground", "stands", "weighed", "transfer_granted"}
EVERY = [
    (scheme, code.code)
    for name in schemes.names()
    for scheme in [schemes.get(name, max(schemes.versions(name)))]
    for code in licensing_letters.kinds_of(scheme)
]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(("scheme", "code"), EVERY, ids=[f"{scheme.name} {code}" for scheme, code in EVERY])
def test_every_kind_can_be_read_in_the_latest_version(scheme: schemes.Scheme, code: str, language: str) -> None:
    sample = licensing_letters.sample_of(scheme, code, language=language)

    words = letters.fragment(sample)

    assert "<h1>" in words or "<p>" in words
    assert "None" not in words and "{{" not in words


def test_no_letter_of_an_application_or_licence_is_left_out() -> None:
    scheme = schemes.get("gla-food", max(schemes.versions("gla-food")))
    shown = {
        (one.template or f"licensing/letters/{TEMPLATES[one.code]}.html").rpartition("/")[2].removesuffix(".html")
        for one in licensing_letters.kinds_of(scheme)
    }
    there = {file.stem for file in Path(settings.BASE_DIR, "licensing/templates/licensing/letters").glob("*.html")}

    assert there - NO_KIND == shown & there


@pytest.mark.django_db
def test_staff_find_it_from_their_first_page_and_choose_version_and_language() -> None:
    officer = signed_in(person("case_officer"))
    address = reverse("letter_kinds")
    assert address in officer.get(reverse("home"), follow=True).content.decode()

    page = officer.get(f"{address}?version=gla-food/2026-04-07&language=cy").content.decode()
    assert 'lang="cy">Gwrthodwyd eich cais' in page and "condition_extended" not in page

    letter = officer.get(f"{reverse('letter_kind', args=['decision_refuse'])}?version=gla-food/2026-04-07&language=en")
    assert "Your application is refused" in letter.content.decode()
    gone = officer.get(f"{reverse('letter_kind', args=['condition_extended'])}?version=gla-food/2026-04-07")
    assert gone.status_code == 404


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
