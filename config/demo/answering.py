"""Sample parts: in the draft of the sample employer one person has signed and one has a link; and three applications on paper."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from config.demo.answers import Profile, answers, still_to_answer
from config.demo.people import DOMAIN, person
from licensing.applications.actions import applications, papers
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.people_named import actions as parts
from registry import schemes
from registry.accounts.models import User
from registry.schemes import FormPage

SIGNED, ASKED = "Sioned Vaughan", "Emyr Lloyd"
HOUR = timedelta(hours=1)
ON_PAPER = {"name": "Elverfen Labour", "file": "Paper 2026/031"}
BEGUN = {"name": "Harbour Hands", "file": "Paper 2026/032"}
# From a firm abroad, which has numbers of its own country; under the scheme that has no other firm abroad.
ABROAD = {"name": "Wisła Budowa", "file": "Paper 2026/033"}
ABROAD_SCHEME = "construction"
KRAKOW = {"line_1": "ul. Długa 12", "town": "Kraków", "county": "Poland", "postcode": "31-147", "country": "elsewhere"}


def answer(at: datetime) -> Iterator[object]:
    """By the real actions: links are sent from the sample employer's draft, and the sample officer types in what came by post."""
    applicant = person("applicant")
    drafts = Application.objects.acted_for_by(applicant).filter(status="draft", renews=None)
    draft = drafts.order_by("pk")[0]
    yield from _links(draft, by=applicant, at=at - 2 * HOUR)
    officer = person("case-officer")
    yield from _papers(draft.scheme, by=officer, at=at - HOUR)


def _links(draft: Application, *, by: User, at: datetime) -> Iterator[object]:
    filled = applications_queries.form_of(draft, today=timezone.localdate(at))
    page = next((page for page in filled.pages() if _takes_two(page)), None)
    if filled.scheme.parts is None or page is None:
        return
    signed = parts.send(draft, page=page.slug, item="signed", name=SIGNED, address="", by=by, at=at).part
    filled = applications_queries.form_of(draft, today=timezone.localdate(at))
    for item in still_to_answer(filled, Profile()):
        if (item.page, item.name) == (page.slug, "signed"):
            data = {**item.data, "full_name": SIGNED}
            parts.answer(signed, page=item.page, data=data, is_complete=True, by=None, at=at)
    yield parts.sign(signed, name=SIGNED, by=None, at=at)
    address = f"emyr@{DOMAIN}"
    yield parts.send(draft, page=page.slug, item="asked", name=ASKED, address=address, by=by, at=at).part


def _takes_two(page: FormPage) -> bool:
    return page.list_of is not None and page.list_of.of == "person" and page.list_of.at_most > 1


def _papers(scheme: str, *, by: User, at: datetime) -> Iterator[object]:
    """One typed in whole and handed in, so that its letter waits to be posted; one only begun; one from a firm abroad."""
    whole = _paper(ON_PAPER, scheme, by=by, at=at)
    yield _typed_in(whole, {"signature": "Alex Sample"}, "Alex Sample", by=by, at=at)
    yield _paper(BEGUN, scheme, by=by, at=at)
    if schemes.versions(ABROAD_SCHEME)[0] <= timezone.localdate(at):
        said = {
            "legal_status": "sole_trader",
            "address": KRAKOW,
            "telephone": "+48123456789",
            "based_overseas": True,
            "home_country": "Poland",
            "overseas_registration": "CEIDG 6762345678",
            "overseas_tax_number": "NIP 6762345678",
            "signature": "Łucja Wójcik",
        }
        yield _typed_in(_paper(ABROAD, ABROAD_SCHEME, by=by, at=at), said, "Łucja Wójcik", by=by, at=at)


def _paper(paper: Mapping[str, str], scheme: str, *, by: User, at: datetime) -> Application:
    day = timezone.localdate(at) - timedelta(days=3)
    return papers.enter(
        None, legal_name=paper["name"], scheme=scheme, received_on=day, file_reference=paper["file"], by=by, at=at
    )


def _typed_in(made: Application, said: Mapping[str, Any], who: str, *, by: User, at: datetime) -> Application:
    """All that the paper says, but for the addresses of mailboxes; and handed in."""
    profile = Profile({"legal_name": made.organisation.legal_name, **said}, {"principal_authority": {"full_name": who}})
    for item in answers(schemes.in_force(made.scheme, timezone.localdate(at)), profile):
        data = {key: value for key, value in item.data.items() if "email" not in key}
        applications.save_page(made, page=item.page, item=item.name, data=data, is_complete=True, by=by, at=at)
    return applications.submit(made, by=by, at=at)
