"""What is asked of an applicant: each item with its answer and its files, and what waits for the clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.applications.states import ApplicationStatus
from licensing.requests.models import InformationRequest, RequestItem
from licensing.requests.states import RequestStatus
from registry.documents.models import Document
from registry.schemes import EARLIEST_REMINDER, Scheme, said
from registry.trail.queries import beginnings


@dataclass(frozen=True, slots=True)
class ItemWithFiles:
    """One item as a page shows it: `title` names the kind of document, if it asks for one."""

    item: RequestItem
    title: str
    documents: tuple[Document, ...]

    @property
    def number(self) -> int:
        return self.item.number

    @property
    def words(self) -> str:
        """What is asked, on one line."""
        return ": ".join(part for part in (self.title, self.item.text) if part)

    @property
    def is_missing(self) -> bool:
        """Neither an answer nor a file that was accepted or is being checked."""
        return self.is_missing_with(self.item.answer)

    def is_missing_with(self, answer: str) -> bool:
        """The same if this were the answer."""
        return not answer.strip() and not any(one.is_counting for one in self.documents)


@dataclass(frozen=True, slots=True)
class RequestWithItems:
    """One request with all that it asks and all that was answered."""

    request: InformationRequest
    items: tuple[ItemWithFiles, ...]

    @property
    def words(self) -> str:
        """All that it asks, on one line."""
        return " ".join(one.words for one in self.items)

    @property
    def filed_as(self) -> tuple[str, frozenset[str]]:
        """The reference, and under what the files are filed that answer its questions."""
        questions = (one.item.requirement for one in self.items if not one.item.document)
        return self.request.reference, frozenset(questions)


def requests_of(application: Application, *, language: str | None = None) -> list[RequestWithItems]:
    """Every request of a case, the newest first, with what each asks in this language and its files."""
    requests = application.requests.select_related("asked_by", "answered_by", "wanted_by").prefetch_related("items")
    found = list(requests.order_by("-asked_at", "-pk"))
    for request in found:
        request.application = application
    return list(_with_items(application, found, language)) if found else []


def items_of(request: InformationRequest, *, language: str | None = None) -> tuple[ItemWithFiles, ...]:
    """The items of one request with their files."""
    return next(_with_items(request.application, [request], language)).items


def _with_items(
    application: Application, requests: Iterable[InformationRequest], language: str | None
) -> Iterator[RequestWithItems]:
    there = list(Document.objects.about(application.reference).there().select_related("uploaded_by"))
    scheme = scheme_of(application)
    for request in requests:
        items = sorted(request.items.all(), key=lambda item: item.number)
        for item in items:
            item.request = request
        yield RequestWithItems(
            request,
            tuple(
                ItemWithFiles(item, title_of(scheme, item, language), _files_of(request, item, there)) for item in items
            ),
        )


def asked_in_words(references: Iterable[str]) -> dict[str, str]:
    """What each of these requests asks for, for the history: the kinds of document and the questions."""
    found: dict[str, list[str]] = defaultdict(list)
    items = RequestItem.objects.filter(request__reference__in=references).select_related("request__application")
    for item in items.order_by("request", "number"):
        title = title_of(scheme_of(item.request.application), item)
        found[item.request.reference].append(": ".join(filter(None, (title, item.text))))
    return {reference: "; ".join(asked) for reference, asked in found.items()}


def title_of(scheme: Scheme, item: RequestItem, language: str | None = None) -> str:
    """What the pack calls the kind of document that is asked for; nothing where none is, or where it has none of that name."""
    found = next((one for one in scheme.documents if one.code == item.document), None)
    return said(found.title, language or get_language()) if found else item.document


def _files_of(request: InformationRequest, item: RequestItem, there: Iterable[Document]) -> tuple[Document, ...]:
    """Of a kind of document, what came since it was asked for."""
    return tuple(
        one
        for one in there
        if one.requirement == item.requirement and (not item.document or one.uploaded_at >= request.asked_at)
    )


def documents_asked(application: Application) -> set[str]:
    """The codes of the kinds of document that open requests of this case ask for."""
    items = RequestItem.objects.filter(request__application=application, request__status=RequestStatus.OPEN)
    return set(items.exclude(document="").values_list("document", flat=True))


def to_be_reminded(on: date) -> list[InformationRequest]:
    """Open requests of which the day of the reminder has come; none that was asked after that day would have been."""
    soon = InformationRequest.objects.open().filter(
        reminded_at=None, due_on__gte=on, due_on__lte=on + timedelta(days=EARLIEST_REMINDER)
    )
    return [one for one in soon.select_related("application").order_by("due_on", "pk") if _is_its_day(one, on)]


def _is_its_day(request: InformationRequest, on: date) -> bool:
    day = request.due_on - timedelta(days=request.terms.remind_days)
    return timezone.localdate(request.asked_at) < day <= on


def to_lapse(on: date) -> list[InformationRequest]:
    """Open requests that end by themselves on this day."""
    requests = InformationRequest.objects.past_due(on).with_application()
    return [request for request in requests if lapses_after(request) < on]


def lapses_after(request: InformationRequest) -> date:
    """The last day on which a request stays open without an answer: the day that was given.

    Applicants who were asked before an upgrade brought this were not told that a request ends. They have the usual time again,
    from the day of the upgrade.
    """
    begun = beginnings.since(beginnings.REQUESTS_LAPSE)
    if begun is None or request.asked_at >= begun:
        return request.due_on
    return max(request.due_on, timezone.localdate(begun) + timedelta(days=request.terms.usual_days))


def lapsed_of(application: Application) -> list[InformationRequest]:
    """What the applicant was asked and did not answer in time, nor since."""
    return list(application.requests.filter(status=RequestStatus.LAPSED).order_by("pk"))


def is_waited_for_no_longer(application: Application) -> bool:
    """Whether a case that waits for its applicant has no open request any more."""
    return application.status == ApplicationStatus.AWAITING_APPLICANT and not application.requests.open().exists()
