"""What must be true before an applicant is asked, answers, or gets more time, and before a request ends."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import IN_HAND, ApplicationStatus
from licensing.requests.models import InformationRequest
from registry.errors import Reason
from registry.schemes import RequestTerms

MOST_ITEMS = 20
LONGEST_ANSWER = 20_000


@dataclass(frozen=True, slots=True)
class GivenItem:
    """One thing to ask for: a question, a kind of document by its code in the pack, or a document with words about it."""

    text: str = ""
    document: str = ""


def written(items: Sequence[GivenItem]) -> dict[str, str]:
    """What someone has written in a request: the applicant reads it."""
    return {"items": "\n".join(one.text for one in items)}


def begin_blockers(application: Application) -> Iterator[Reason]:
    """Why this applicant cannot be asked now, whatever it would be. It may be asked again while an earlier request is open."""
    if application.status != ApplicationStatus.AWAITING_APPLICANT:
        yield from application.lifecycle.blockers(application.status, "ask")


def ask_blockers(
    application: Application,
    *,
    items: Sequence[GivenItem],
    due_on: date,
    terms: RequestTerms,
    kinds: Collection[str],
    asked: Collection[str],
    today: date,
) -> Iterator[Reason]:
    """`kinds` are the codes of documents in the pack, `asked` those that an open request asks for already."""
    yield from begin_blockers(application)
    if not items or not all(one.text.strip() or one.document for one in items):
        yield Reason("nothing_asked", _("Enter the question, or choose a document."), "items")
    if len(items) > MOST_ITEMS:
        yield Reason("too_many", _("Ask for at most 20 things in one request."), "items")
    documents = [one.document for one in items if one.document]
    if set(documents) - set(kinds):
        yield Reason("unknown_document", _("Choose a document from the list."), "items")
    if len(documents) > len(set(documents)) or set(documents) & set(asked):
        yield Reason("asked_already", _("An open request asks for this document already."), "items")
    yield from due_blockers(due_on, terms=terms, today=today)


def due_blockers(due_on: date, *, terms: RequestTerms, today: date, where: str = "due_on") -> Iterator[Reason]:
    """A day that an applicant can keep, and that comes: from tomorrow to the longest time of the pack."""
    last = today + timedelta(days=terms.longest_days)
    if due_on <= today:
        yield Reason("due_too_early", _("The day must be tomorrow or later."), where)
    elif due_on > last:
        text = _("The day must be {last} or earlier: {days} days is the longest time that can be given.")
        yield Reason("due_too_late", format_lazy(text, last=date_format(last, "j F Y"), days=terms.longest_days), where)


def later_blockers(
    request: InformationRequest, due_on: date, *, today: date, where: str = "due_on"
) -> Iterator[Reason]:
    """The new day is later than the present one, and within what the pack gives at once."""
    found = list(due_blockers(due_on, terms=request.terms, today=today, where=where))
    if not found and due_on <= request.due_on:
        yield Reason("not_later", _("The new day must be later than the present one."), where)
    yield from found


def extend_blockers(
    request: InformationRequest, *, due_on: date | None = None, today: date, where: str = "due_on"
) -> Iterator[Reason]:
    """Without a day, whether more time can be given at all."""
    yield from request.lifecycle.blockers(request.status, "extend")
    if due_on is not None:
        yield from later_blockers(request, due_on, today=today, where=where)


def withdraw_blockers(request: InformationRequest, *, because: str | None = None) -> Iterator[Reason]:
    yield from request.lifecycle.blockers(request.status, "withdraw_request")
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


def refuse_time_blockers(request: InformationRequest, *, because: str | None = None) -> Iterator[Reason]:
    yield from request.lifecycle.blockers(request.status, "refuse_time")
    if request.wanted_on is None:
        yield Reason("no_wish", _("The applicant has not asked for more time."))
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


def save_blockers(request: InformationRequest, *, answers: Mapping[int, str] | None = None) -> Iterator[Reason]:
    """A late answer is taken until the application is decided or withdrawn."""
    yield from request.lifecycle.blockers(request.status, "answer")
    if request.application.status not in IN_HAND:
        yield Reason("closed", _("The application is closed, so this cannot be answered any more."))
    numbers = {item.number for item in request.items.all()}
    if set(answers or ()) - numbers:
        yield Reason("unknown_item", _("This is not asked in the request."))
    for number, text in (answers or {}).items():
        if len(text) > LONGEST_ANSWER:
            yield Reason("too_long", _("Write at most 20,000 characters."), f"answer_{number}")


def answer_blockers(
    request: InformationRequest, *, answers: Mapping[int, str], missing: Collection[int]
) -> Iterator[Reason]:
    """`missing` are the numbers of the items to which there is neither an answer nor a file."""
    yield from save_blockers(request, answers=answers)
    for number in sorted(missing):
        yield Reason("nothing_said", _("Write your answer, or upload a file."), f"answer_{number}")


def ask_time_blockers(
    request: InformationRequest, *, wanted_on: date | None = None, because: str | None = None, today: date
) -> Iterator[Reason]:
    yield from request.lifecycle.blockers(request.status, "ask_time")
    if request.wanted_on is not None:
        yield Reason("wished_already", _("You have asked for more time. Wait for our answer."))
    if wanted_on is not None:
        yield from later_blockers(request, wanted_on, today=today, where="wanted_on")
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Say why you need more time."), "because")
