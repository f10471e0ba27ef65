"""Sample parts: in the draft of the sample employer one person has signed and one has a link; and two applications on paper."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo.answers import Profile, answers, still_to_answer
from config.demo.people import DOMAIN
from licensing import queries
from licensing.actions import applications, papers, parts
from licensing.models import Application
from registry import schemes
from registry.models import User
from registry.schemes import Page

SIGNED, ASKED = "Sioned Vaughan", "Emyr Lloyd"
HOUR = timedelta(hours=1)
ON_PAPER = {"name": "Elverfen Labour", "file": "Paper 2026/031"}
BEGUN = {"name": "Harbour Hands", "file": "Paper 2026/032"}


def answer(at: datetime) -> Iterator[object]:
    """By the real actions: links are sent from the sample employer's draft, and the sample officer types in what came by post."""
    applicant = User.objects.get(email=f"applicant@{DOMAIN}")
    drafts = Application.objects.acted_for_by(applicant).filter(status="draft", renews=None)
    draft = drafts.order_by("pk")[0]
    yield from _links(draft, by=applicant, at=at - 2 * HOUR)
    officer = User.objects.get(email=f"case-officer@{DOMAIN}")
    yield from _paper(draft.scheme, by=officer, at=at - HOUR)


def _links(draft: Application, *, by: User, at: datetime) -> Iterator[object]:
    filled = queries.form_of(draft, today=timezone.localdate(at))
    page = next((page for page in filled.pages() if _takes_two(page)), None)
    if filled.scheme.parts is None or page is None:
        return
    signed = parts.send(draft, page=page.slug, item="signed", name=SIGNED, address="", by=by, at=at).part
    filled = queries.form_of(draft, today=timezone.localdate(at))
    for item in still_to_answer(filled, Profile()):
        if (item.page, item.name) == (page.slug, "signed"):
            data = {**item.data, "full_name": SIGNED}
            parts.answer(signed, page=item.page, data=data, is_complete=True, by=None, at=at)
    yield parts.sign(signed, name=SIGNED, by=None, at=at)
    address = f"emyr@{DOMAIN}"
    yield parts.send(draft, page=page.slug, item="asked", name=ASKED, address=address, by=by, at=at).part


def _takes_two(page: Page) -> bool:
    return page.list_of is not None and page.list_of.of == "person" and page.list_of.at_most > 1


def _paper(scheme: str, *, by: User, at: datetime) -> Iterator[object]:
    """One typed in whole and handed in, so that its letter waits to be posted; one only begun."""
    day = timezone.localdate(at) - timedelta(days=3)
    for paper in (ON_PAPER, BEGUN):
        made = papers.enter(
            None, legal_name=paper["name"], scheme=scheme, received_on=day, file_reference=paper["file"], by=by, at=at
        )
        if paper is ON_PAPER:
            profile = Profile(
                {"legal_name": paper["name"], "signature": "Alex Sample"},
                {"principal_authority": {"full_name": "Alex Sample"}},
            )
            for item in answers(schemes.in_force(scheme, timezone.localdate(at)), profile):
                data = {key: value for key, value in item.data.items() if "email" not in key}
                applications.save_page(made, page=item.page, item=item.name, data=data, is_complete=True, by=by, at=at)
            made = applications.submit(made, by=by, at=at)
        yield made
