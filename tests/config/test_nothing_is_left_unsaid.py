"""Whatever the pages of workers and the mails to followers say is in the catalogues: asked of gettext itself, sentence by
sentence, so that one with a name or a day in it is found too."""

import gettext
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.template.autoreload import reset_loaders
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from compliance import vault
from compliance.reports.actions import reports
from public_lookup.follows.actions import follows
from public_lookup.follows.models.follows import Follow
from public_lookup.lookup.queries.rows import AnswerReason
from public_lookup.templatetags import standings
from registry.licences.actions import licences
from registry.licences.models import Licence
from tests.compliance.reports.world import a_report_done
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder, one_of_each_standing, rename
from tests.registry.stories import a_decider

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# All catalogues of workers hold the same messages (test_worker_languages), so that one speaks for all.
LANGUAGE = "pl"


class Unsaid(gettext.NullTranslations):
    """Stands behind a catalogue in place of the English: keeps what it is asked for, which the catalogue has not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def gettext(self, message: str) -> str:
        self.found.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.found.add(msgid1)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        self.found.add(message)
        return message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        self.found.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture
def unsaid() -> Iterator[Unsaid]:
    reset_loaders()  # what a template has kept was said before
    catalogue: Any = trans_real.translation(LANGUAGE)
    before, catalogue._fallback = catalogue._fallback, Unsaid()
    yield catalogue._fallback
    catalogue._fallback = before


def read(address: str, data: dict[str, Any] | None = None) -> str:
    address = f"/{LANGUAGE}{address}"
    answer = Client().get(address) if data is None else Client().post(address, data, follow=True)
    assert answer.status_code in (200, 404, 422), (address, answer.status_code)
    return answer.content.decode()


def test_what_no_catalogue_has_is_found(unsaid: Unsaid) -> None:
    with translation.override(LANGUAGE):
        assert translation.gettext("No catalogue has this sentence.") == "No catalogue has this sentence."

    assert unsaid.found == {"No catalogue has this sentence."}


def test_every_standing_and_its_history_is_said(unsaid: Unsaid) -> None:
    numbers = one_of_each_standing()

    for number in numbers.values():
        read(f"/check/{number}/")
        read(f"/check/{number}/?by=certificate")
        read(f"/check/{number}/", {"person": "Nobody At All"})
    for address in ("2020-01-01", "2099-01-01", "nonsense"):
        read(f"/check/{numbers['licensed']}/?at={address}")
    read("/check/", {"q": "hands"})

    assert unsaid.found == set()


def test_every_sentence_about_a_standing_and_every_reason_why_is_said(unsaid: Unsaid) -> None:
    """Those too that no story of the tests comes to."""
    with translation.override(LANGUAGE):
        for sentence, _days in standings.SENTENCES.values():
            translation.gettext(sentence)
        for count in (1, 2, 5):
            standings.with_conditions(count)
        for why in AnswerReason:
            translation.gettext(standings.WHY.get(why, "") or "Licensed")

    assert unsaid.found == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"q": ""},
        {"q": "x" * 101},
        {"q": "Harvest Hands"},
        {"q": "Harwest Hends"},
        {"q": "Old Orchard"},
        {"q": "nobody of this name"},
        {"q": "Hereford"},
        {"q": "01632 960123"},
        {"q": "HR1 1AA"},
        {"q": "harvest.example"},
        {"place": "Hereford", "standing": "suspended"},
        {"q": "harvest", "at_day": "31", "at_month": "2", "at_year": "2026"},
        {"q": "harvest", "at_day": "3", "at_month": "", "at_year": ""},
        {"q": "harvest", "at_day": "3", "at_month": "2", "at_year": "26"},
        {"q": "harvest", "at_day": "3", "at_month": "2", "at_year": "2099"},
    ],
)
def test_what_a_search_answers_is_said(unsaid: Unsaid, asked: dict[str, str]) -> None:
    organisation = a_holder("Old Orchard Ltd").organisation
    for name in ("Harvest Hands Ltd", "Harvest Home Ltd"):
        a_holder(name)
    rename(organisation, NOW, legal_name="New Orchard Ltd", telephone="+441632960124")

    read("/check/", asked)

    assert unsaid.found == set()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/", None),
        ("/check/", None),
        ("/check/private/", None),
        ("/check/poster/", None),
        ("/check/NONE0001/", None),
        ("/verify/", None),
        ("/verify/", {"code": ""}),
        ("/verify/", {"code": "nonsense"}),
        ("/verify/", {"code": "V2345678X"}),
        ("/c/ABCDEFGH/", None),
        ("/follow/", None),
        ("/follow/", {"number": "nonsense", "email": "nonsense"}),
        ("/follow/", {"number": "", "email": ""}),
        ("/follow/", {"place": "Hereford", "email": "ana@mail.example"}),
        ("/follow/1-abc/", None),
        ("/report/", None),
        ("/report/", {"step": "where", "danger": "yes"}),
        ("/report/", {"step": "what", "danger": "no"}),
        ("/report/mailbox/", None),
        ("/report/mailbox/", {"passphrase": "none of these"}),
        ("/nothing-here/", None),
    ],
)
def test_the_other_pages_of_workers_are_said(unsaid: Unsaid, address: str, data: dict[str, str] | None) -> None:
    read(address, data)

    assert unsaid.found == set()


@pytest.mark.parametrize("contact", ["none", "mailbox", "direct"])
@pytest.mark.parametrize("step", ["danger", "what", "who", "where", "contact", "language", "details", "send"])
def test_reporting_is_said_on_every_page(unsaid: Unsaid, step: str, contact: str) -> None:
    told = {"danger": "no", "text": "They keep our passports.", "kinds": ["papers"], "contact": contact}

    read("/report/", {**told, "ticket": vault.new_ticket(at=NOW), "step": step})

    assert unsaid.found == set()


def test_the_mailbox_is_said(unsaid: Unsaid) -> None:
    words = "acid acorn acre acts afar affix"
    report = a_report_done(passphrase=words)
    reports.reply(report, text="One more thing.", once="x", by=None, at=NOW)

    read("/report/mailbox/", {"passphrase": words})

    assert unsaid.found == set()


def test_what_followers_are_told_is_said(unsaid: Unsaid, set_clock: SetClock) -> None:
    number = a_holder("Harvest Hands Ltd").number
    told: dict[str, Any] = {"by": None, "at": NOW}
    wish: dict[str, Any] = {"listing": Licence.objects.get(number=number).listing, "address": "ana@mail.example"}
    follow = follows.ask(**wish, language=LANGUAGE, **told)
    read(f"/follow/{follow.key}/")
    follows.confirm(follow, **told)
    later = NOW + timedelta(days=1)
    set_clock(later)
    licences.revoke(
        Licence.objects.get(number=number), takes_effect=later.date(), because="x", by=a_decider(), at=later
    )

    count, _more = follows.tell(by=None, at=later)
    read(f"/follow/{follow.key}/")
    follows.stop(Follow.objects.get(), by=None, at=later)
    read(f"/follow/{follow.key}/")

    assert count == 1
    assert unsaid.found == set()
