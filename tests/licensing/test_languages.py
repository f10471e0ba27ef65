"""What applicants and holders read, in Welsh: every question of the form, their pages, and every letter of a case."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import translation

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.conditions import actions as verifications
from licensing.decisions.actions import hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.actions import changes, misuse, renewals, surrenders, transfers
from licensing.insurances import actions as insurances
from licensing.messages import actions as messages
from licensing.payments.actions import payments
from licensing.people_named import actions as parts
from licensing.requests.actions import answering, asking
from registry import schemes
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.letters.models import Letter
from registry.licences.models import Condition, Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.papers import words
from registry.uploads import ScanVerdict
from tests import stories
from tests.config.catalogue import compare, left_in_english
from tests.conftest import NOW
from tests.licensing.appeals import world as appeals
from tests.licensing.conditions.test_actions_evidence_and_misuse import GIVEN
from tests.licensing.holding import test_actions_alterations as alterations
from tests.licensing.holding.test_actions_changes import accept
from tests.licensing.holding.transfers_world import (
    OTHER,
    a_consent_proposed,
    a_refusal_of_transfer_proposed,
    a_transfer_agreed,
    a_transfer_asked,
    the_other,
)
from tests.licensing.holding.world import a_change, the_holder
from tests.licensing.insurances.world import a_proof
from tests.licensing.stories import (
    GROUND,
    TODAY,
    a_document,
    a_document_about,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_request,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in
from tests.registry.stories import a_condition

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAME = "Dyffryn Labour Ltd"
LESSER = "7.2"  # a standard that is not critical: not meeting it proposes a grant with conditions
TYPED = (
    NAME,
    "Hand Farm, 1 Market Place, Boston, PE21 6EH",
    "Mair",
    "Please ring us.",
    "It holds.",
    "Keep records of hours.",
    "Mared Ifans",
    "Operations director",
    "4 Quay Street",
    "Cardigan",
    "SA43 1HR",
    "Dyffryn Harvest",
    "Angharad Rees",
    "Gethin Parry",
    "Managing director",
    "British",
    "United Kingdom",
    "As described elsewhere",
    "Nothing further to say.",
    "The evidence.",
    "Not applicable",
    "Send us your agreement with the farms.",
    "A critical standard is not met.",
    "The standards are met.",
    "Workers were not paid.",
    "Vehicles are unsafe.",
    "For the reasons given.",
    "It holds.",
    GROUND.text,
    GROUND.evidence,
)

# Where the authority is, by post.
OF_THE_OTHER = (
    *(OTHER, "120 North Parade", "Camborne", "Cornwall", "TR14 7AE"),
    "The other business has not been checked.",
)
AUTHORITY = (
    "Alexandra House",
    "14 to 22 The Parsonage",
    "Manchester",
    "M3 2JA",
    "1 Market Place",
    "Boston",
    "PE21 6EH",
    "Loxley House",
    "Station Street",
    "Nottingham",
    "NG2 3NG",
)


@pytest.fixture(autouse=True)
def english_outside() -> Iterator[None]:
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def provider() -> Organisation:
    return stories.a_provider(NAME, by=person("applicant", name="Mair"))


@pytest.fixture
def client(provider: Organisation) -> Client:
    return signed_in(stories.holder_of(provider))


def pages() -> list[str]:
    return [page.slug for section in schemes.in_force(stories.SCHEME, TODAY).form.sections for page in section.pages]


@pytest.mark.parametrize("page", pages())
def test_no_page_of_the_form_is_left_in_english(provider: Organisation, client: Client, page: str) -> None:
    """As it is asked, with every error showing, and as one more item where it is a list."""
    draft = stories.an_application(provider)

    for address, data in ((f"{page}/", None), (f"{page}/", {"x": "y"}), (f"{page}/add/", None)):
        compare(client, f"/apply/{draft.reference}/{address}", data, *TYPED)


def test_no_page_about_an_application_is_left_in_english(provider: Organisation, client: Client) -> None:
    draft = stories.an_application_answered(stories.an_application(provider))
    at = f"/apply/{draft.reference}"

    compare(client, f"{at}/", None, *TYPED)
    compare(client, f"{at}/check-answers/", None, *TYPED)
    compare(client, f"{at}/withdraw/", None, *TYPED)
    applications.submit(draft, by=stories.holder_of(provider), at=NOW)
    for address in (f"{at}/", f"{at}/submitted/", "/licences/", "/apply/"):
        compare(client, address, None, *TYPED, *subjects())


def subjects() -> list[str]:
    """A letter keeps the language in which it was written, so its title stands on both pages."""
    return [str(letter.subject) for letter in Letter.objects.all()]


def test_no_page_of_a_case_is_left_in_english() -> None:
    asked = a_request()
    refusal = notified(a_refusal_proposed())
    assert refusal.application
    question = f"/apply/{asked.application.reference}/requests/{asked.reference}/answer/"
    notice = f"/apply/{refusal.application.reference}/decisions/{refusal.reference}/reply/"

    for address, organisation, nothing in (
        (question, asked.application.organisation, {"answer": ""}),
        (notice, refusal.organisation, {"text": ""}),
    ):
        client = signed_in(stories.holder_of(organisation))
        for data in (None, nothing):
            compare(client, address, data, *TYPED, *subjects(), stories.holder_of(organisation).name)


def test_no_page_of_a_licence_is_left_in_english() -> None:
    licence = a_licence(legal_name=NAME)
    proposal = notified(a_suspension_proposed(licence))
    holder = stories.holder_of(licence.organisation)

    for address in (
        f"/licences/{licence.number}/",
        f"/licences/{licence.number}/renew/",
        f"/licences/{licence.number}/decisions/{proposal.reference}/reply/",
    ):
        compare(signed_in(holder), address, None, *TYPED, *subjects(), holder.name)


# --- letters ---


@dataclass(frozen=True, slots=True)
class Written:
    template: str
    language: str
    subject: str
    html: str


# What letters are made of, the form to be filled in by hand, what officers are told of their own dates and what other
# authorities are asked.
NO_LETTERS = {
    *("change.html", "decision.html", "ground.html", "weighed.html"),
    *("paper_form.html", "items.html", "stands.html", "dates_missed.html", "check_requests.html", "bundle.html"),
    "reply_overridden.html",  # tests/licensing/overrides reads it in Welsh
    "answer.html",  # to an email: tests/licensing/correspondence reads it in Welsh
    "duties.html",  # of no case: tests/licensing/duties reads it in Welsh
}


def test_no_letter_of_a_case_is_left_in_english() -> None:
    english, welsh = (letters_to_a_speaker_of(language) for language in ("en-gb", "cy"))

    templates = (settings.BASE_DIR / "licensing/templates/licensing/letters").glob("*.html")
    assert {letter.template for letter in english} == {file.name for file in templates} - NO_LETTERS
    for ours, theirs in zip(english, welsh, strict=True):
        assert (ours.template, ours.language, theirs.language) == (theirs.template, "en-gb", "cy")
        assert ours.subject != theirs.subject
        left = left_in_english(ours.html, theirs.html, *TYPED, *OF_THE_OTHER, *AUTHORITY)
        assert not left, (ours.template, left)


def letters_to_a_speaker_of(language: str) -> list[Written]:
    """One of every kind, in the order in which they were written; then the world is as before."""
    with transaction.atomic():
        a_case_of_every_kind(language)
        written = [
            Written(letter.template.split("/")[-1], letter.language, letter.subject, words.render(letter))
            for letter in Letter.objects.order_by("pk")
        ]
        transaction.set_rollback(True)
    return written


def a_case_of_every_kind(language: str) -> None:
    def somebody(name: str = NAME) -> Organisation:
        organisation = stories.a_provider(name)
        User.objects.filter(memberships__organisation=organisation).update(language=language, name="Mared Ifans")
        return organisations.update(organisation, changes={"language": language}, by=None, at=NOW)

    # Licences first: whoever resembles somebody refused or revoked is inspected.
    suspended, revoked_at_once, revoked, ended = (a_licence(somebody()) for _number in range(4))
    of_what_holders_tell(a_licence(somebody()))
    of_surrenders(a_licence(somebody()), a_licence(somebody()))
    of_a_condition(a_licence(somebody()))
    of_a_modification(a_licence(somebody()))
    of_rejected_files(stories.an_application_submitted(somebody()), a_condition(a_licence(somebody())))
    of_transfers(somebody)
    of_what_is_paid(an_application_checked(organisation=somebody()))
    in_hand = stories.an_application_being_assessed(organisation=somebody())
    messages.reply(in_hand, text="Please ring us.", by=in_hand.case_officer or person("case_officer"), at=NOW)
    draft = stories.an_application_answered(stories.an_application(somebody()))
    with translation.override(language):  # who is named has no account: the letter speaks as whoever sends it
        of_a_part(draft)
    alterations.granted(alterations.assessed(alterations.handed_in(alterations.begun(a_licence(somebody())))))
    renewals.remind(suspended, weeks=6, by=None, at=NOW)
    decided(notified(a_suspension_proposed(suspended)))
    decided(notified(a_revocation_proposed(revoked_at_once)))
    of_an_appeal(decided(notified(a_revocation_proposed(revoked, immediate=False, takes_effect=day(90))), at=later(30)))
    new = {"company_number": "00445791"}
    changes.change_numbers(ended.organisation, changes=new, by=person("case_officer"), at=NOW)
    checked = an_application_checked(organisation=somebody())
    condition = GivenCondition("3.1", GROUND.text, day(28))
    decided(a_grant_proposed(checked, conditions=[condition], inspections=[an_inspection_of(checked, LESSER)]))
    asked = a_request(stories.an_application_being_assessed(organisation=somebody())).application
    of_requests(asked)
    applications.withdraw(asked, because="", by=stories.holder_of(asked.organisation), at=NOW)
    decided(notified(a_refusal_proposed(an_application_checked(organisation=somebody()))), at=later(30))
    dropped = notified(a_refusal_proposed(an_application_checked(organisation=somebody())))
    officer = person("case_officer")
    dropped = hearings.give_more_time(dropped, reply_by=day(30), because=GROUND.text, by=officer, at=NOW)
    proposals.drop(dropped, because="Put right.", by=officer, at=NOW)


def of_requests(application: Application) -> None:
    """One for each thing that is said about a request."""
    by, holder = person("case_officer"), stories.holder_of(application.organisation)
    reminded = asking.remind(a_request(application), by=by, at=NOW)
    answering.ask_time(reminded, wanted_on=day(30), because=GROUND.text, by=holder, at=NOW)
    asking.refuse_time(reminded, because=GROUND.text, by=by, at=NOW)
    asking.extend(reminded, due_on=day(30), by=by, at=NOW)
    asking.withdraw_request(reminded, because=GROUND.text, by=by, at=NOW)
    asking.lapse(a_request(application), by=None, at=later(15))


def of_what_holders_tell(licence: Licence) -> None:
    changes.refuse(a_change(licence=licence), because=GROUND.text, by=person("case_officer"), at=NOW)
    accept(a_change(licence=licence))
    misuse.report(licence, by=the_holder(licence), at=NOW, **GIVEN)
    insurances.refuse_proof(a_proof(licence), because=GROUND.text, by=person("case_officer"), at=NOW)


def of_rejected_files(application: Application, condition: Condition) -> None:
    held = (
        a_document(application, verdict=ScanVerdict.UNKNOWN),
        a_document(application, "an answer", verdict=ScanVerdict.UNKNOWN),
        a_document_about(condition, verdict=ScanVerdict.UNKNOWN),
    )
    for document in held:
        documents.reject(document, fault="password", because="It has a password.", by=None, at=NOW)


def of_surrenders(kept: Licence, given_up: Licence) -> None:
    """Both holders ask for it; of one the request is dropped, and asked for again and taken back."""
    for licence in (kept, given_up):
        asked = surrenders.ask(licence, takes_effect=day(20), because=GROUND.text, by=the_holder(licence), at=NOW)
        if licence == kept:
            proposals.drop(asked, because=GROUND.text, by=person("case_officer"), at=NOW)
            surrenders.ask(licence, takes_effect=day(20), because=GROUND.text, by=the_holder(licence), at=NOW)
            surrenders.take_back(licence, by=the_holder(licence), at=NOW)
        else:
            decided(asked)


def of_a_condition(licence: Licence) -> None:
    condition, officer = a_condition(licence), person("case_officer")
    longer = GivenCondition(condition.standard, condition.requirement, day(60))
    because = GROUND.text
    proposed: dict[str, Any] = {"condition": condition, "because": because, "by": officer, "at": NOW}
    decided(proposals.propose(licence, kind="extend", conditions=[longer], **proposed))
    verifications.check_at_desk(condition, is_met=True, text=because, by=person("case_officer", name="B"), at=NOW)
    decided(proposals.propose(licence, kind="discharge", condition=condition, because=because, by=officer, at=NOW))
    decided(notified(a_suspension_proposed(licence)))
    lifted: dict[str, Any] = {"kind": "lift", "because": because, "takes_effect": day(5), "by": officer, "at": later(2)}
    decided(proposals.propose(licence, **lifted), at=later(2))


def of_a_modification(licence: Licence) -> None:
    wanted = GivenCondition("3.1", GROUND.text, day(120))
    proposed: dict[str, Any] = {"kind": "impose", "because": GROUND.text, "takes_effect": day(60), "grounds": [GROUND]}
    officer = person("case_officer")
    decision = proposals.propose(licence, conditions=[wanted], by=officer, at=NOW, **proposed)
    decided(notified(decision), at=later(20))


def of_transfers(somebody: Callable[..., Organisation]) -> None:
    """One that is consented to, one that the other business declines, one that is refused."""
    passing, declined, refused = (a_licence(somebody()) for _number in range(3))
    other = an_application_checked(organisation=somebody(OTHER))
    decided(a_consent_proposed(a_transfer_agreed(passing, application=other)))
    unwanted = a_transfer_asked(declined, application=an_application_checked(organisation=somebody(OTHER)))
    transfers.decline(unwanted, by=the_other(unwanted), at=NOW)
    decided(notified(a_refusal_of_transfer_proposed(a_transfer_asked(refused, has_applied=False))), at=later(30))


def of_an_appeal(decision: Decision) -> None:
    told = appeals.replied(appeals.received(decision, at=later(30)), at=later(30))
    appeals.carried_out(appeals.ended(told, allowed=True, at=later(30)), at=later(30))


def of_what_is_paid(application: Application) -> None:
    payments.verify_turnover(
        application, verified=Decimal(2_000_000), evidence=GROUND.evidence, by=person("case_officer"), at=NOW
    )


def of_a_part(application: Application) -> None:
    by = stories.holder_of(application.organisation)
    sent = parts.send(
        application, page="directors", item="mair", name="Mair", address="mair@people.example", by=by, at=NOW
    )
    parts.ask_pin(sent.part, by=None, at=NOW)
    parts.refuse_part(sent.part, by=None, at=NOW)
