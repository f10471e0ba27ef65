"""What a holder sees of the signals of its licence, and says to them; and what everybody is told of how it is chosen."""

from html import unescape

import pytest
from django.test import Client

from compliance.targeting.queries import published_record
from registry import schemes
from registry.licences.models import Licence
from registry.trail.models.events import Event
from tests.compliance.targeting.world import a_licence_with_a_past, scored
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.stories import holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "The firm that we supplied through has been given up."


def page(licence: Licence) -> str:
    return f"/licences/{licence.number}/signals/"


def text(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_a_holder_sees_the_signals_that_may_be_shown_and_never_the_sum() -> None:
    licence = a_licence_with_a_past()
    score = scored(licence)
    client = signed_in(holder_of(licence.organisation))

    shown = text(client, page(licence))

    assert page(licence) in text(client, f"/licences/{licence.number}/")
    assert "Standards not met before" in shown and "Changes told late" in shown
    assert licence.organisation.inspections.get().reference in shown
    assert "Some signals are not shown" in shown and "Graded intelligence" not in shown
    assert f">{score.points}<" not in shown and "points</h1>" not in shown


def test_a_reply_is_read_beside_the_score_and_the_trail_keeps_no_words_of_it() -> None:
    licence = a_licence_with_a_past()
    scored(licence)

    sent = signed_in(holder_of(licence.organisation)).post(page(licence), {"text": WORDS})

    assert sent.status_code == 302
    score_page = text(signed_in(person("manager")), f"/staff/targeting/licences/{licence.number}/")
    assert WORDS in score_page
    event = Event.objects.get(verb="reply_to_signals")
    assert event.reference == licence.number and WORDS not in str(event.facts)


@pytest.mark.parametrize("typed", ["", "  ", "x" * 4001])
def test_an_empty_or_endless_reply_is_refused_and_kept_on_the_page(typed: str) -> None:
    licence = a_licence_with_a_past()

    answer = signed_in(holder_of(licence.organisation)).post(page(licence), {"text": typed})

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode() and typed.strip() in answer.content.decode()
    assert not licence.score_replies.exists()


@pytest.mark.both
def test_another_firm_has_no_such_page_and_a_licence_that_was_not_scored_says_so() -> None:
    licence = a_licence_with_a_past()

    assert signed_in(person("applicant")).get(page(licence)).status_code == 404
    assert "We have not looked at your licence yet" in text(signed_in(holder_of(licence.organisation)), page(licence))


def test_everybody_can_read_how_it_is_chosen_in_both_languages() -> None:
    targeting = schemes.in_force("gla-food", NOW.date()).targeting
    assert targeting

    english, welsh = text(Client(), "/how-we-choose/"), text(Client(), "/cy/how-we-choose/")

    for signal in targeting.signals:
        assert signal.title["en"] in english and signal.title["cy"] in welsh.replace("&#x27;", "'")
    assert "at least 20 of every 100 visits" in english
    assert "Does not count yet" not in english
    assert "/how-we-choose/" in text(Client(), "/")


def test_what_several_schemes_say_in_the_same_words_is_read_once() -> None:
    records = published_record.published_records(NOW.date())
    alike = published_record.said_of_all(records)

    page = unescape(text(Client(), "/how-we-choose/"))

    assert len(records) > 1 and alike
    assert {words: page.count(words) for _title, words in alike} == dict.fromkeys((words for _title, words in alike), 1)
    assert published_record.said_of_all(records[:1]) == ()
