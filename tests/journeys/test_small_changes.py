"""How small an ordinary change of the rules is: each is a few lines of one file, and is there on the page or in the letter."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from registry import schemes
from registry.papers import words
from tests.people import signed_in
from tests.registry.schemes.drafts import a_later_version
from tests.stories import SCHEME, an_application, an_application_submitted, holder_of

pytestmark = pytest.mark.django_db
DAY = "2026-11-02"

QUESTION = """
[form.pages.workers.questions.lorries]
after = "worker_numbers_now"
kind = "number"
label = { en = "How many lorries carry them?", cy = "Faint o lorïau sy'n eu cludo?" }
"""
FEE = """
[fees.amounts.application]
D = 625
"""
SENTENCE = """
[letters.application_received]
paragraphs = [{ en = "We have your application.", cy = "Mae eich cais gennym." }, { en = "Keep this letter.", cy = "Cadwch y llythyr hwn." }]
"""


@pytest.mark.parametrize(("text", "most"), [(QUESTION, 5), (FEE, 3), (SENTENCE, 3)])
def test_the_change_is_no_longer_than_this(text: str, most: int) -> None:
    assert len([line for line in text.splitlines() if line]) <= most


def test_a_new_question_is_asked_on_its_page(tmp_path: Path) -> None:
    application = an_application()
    client = signed_in(holder_of(application.organisation))
    address = f"/apply/{application.reference}/workers/"
    assert "How many lorries" not in client.get(address).content.decode()

    with a_later_version(tmp_path, QUESTION, day=DAY):
        english, welsh = client.get(address).content.decode(), client.get(f"/cy{address}").content.decode()
        refused = client.post(address, {"worker_numbers_now": "12", "lorries": "many"})

    assert 'name="lorries"' in english and "How many lorries carry them?" in english
    assert "Faint o lorïau" in welsh
    assert "Enter a number, like 12000." in refused.content.decode()


def test_a_new_fee_is_asked_for(tmp_path: Path) -> None:
    with a_later_version(tmp_path, FEE, day=DAY) as scheme:
        application = an_application_submitted()
        told = signed_in(holder_of(application.organisation)).get(f"/apply/{application.reference}/submitted/")
        read = signed_in(holder_of(application.organisation)).get(reverse("apply"))

    assert (application.version, application.fee, scheme.fees_since.isoformat()) == (scheme.version, Decimal(625), DAY)
    assert "£625" in told.content.decode() + read.content.decode()
    assert schemes.get(SCHEME, "2026-04-07").fee("D") == 620


def test_a_new_sentence_is_in_the_letter(tmp_path: Path) -> None:
    with a_later_version(tmp_path, SENTENCE, day=DAY):
        application = an_application_submitted()
        letter = application.organisation.letters.get(facts__wording="application_received")

        assert "Keep this letter." in words.text(letter)
