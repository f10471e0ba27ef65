"""What stands on the page of a case, so that each part of it is one click away from its top, and what is missing says where."""

from collections.abc import Iterator, Sized
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import OPEN as OPEN_INSPECTIONS
from compliance.inspections.models import Inspection
from licensing.cases.queries.case_page import CaseFile
from licensing.checks.queries.checks import CheckWithReply
from licensing.correspondence.states import EntryStatus
from licensing.decisions.queries.readiness import OPEN
from licensing.phoenix_matches.queries.links import Links
from licensing.phoenix_matches.states import LookAlikeStatus
from licensing.requests.queries import RequestWithItems
from licensing.requests.states import RequestStatus

#: In which part of the page that which is missing can be put right, by the code of the reason.
WHERE = {
    "checks_unanswered": "checks",
    "request_open": "requests",
    "inspection_open": "inspections",
    "inspection_wanted": "inspections",
    "look_alike_open": "links",
    "documents_rejected": "documents",
    "documents_unchecked": "documents",
    "fee_unpaid": "payments",
    "still_to_pay": "payments",
}


@dataclass(frozen=True, slots=True)
class CasePart:
    """A part of the page; how many things stand in it, and how many of them wait for somebody."""

    anchor: str
    title: str | Promise
    count: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class CaseGap:
    """Something that keeps the case from its next step, and in which part of the page it can be put right.

    `what` names the things that wait, where a part has many of which few do.
    """

    text: str
    anchor: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts in the order of the page; those in which something waits are open, or all of them."""

    parts: tuple[CasePart, ...]
    all_open: bool = False

    def part(self, anchor: str) -> CasePart:
        return next(one for one in self.parts if one.anchor == anchor)


def contents_of(
    file: CaseFile, *, links: Links | None, said: Sized, new_messages: int, dates: Sized, all_open: bool = False
) -> Contents:
    """`links` is None for whoever may not see look-alikes."""
    return Contents(tuple(_parts(file, links, len(said), new_messages, len(dates))), all_open)


def missing_of(file: CaseFile, contents: Contents) -> list[CaseGap]:
    """What is missing before the next step, each with where it is put right if that is on this reader's page."""
    there = {one.anchor for one in contents.parts}
    places = ((reason, WHERE.get(reason.code, "")) for reason in file.waiting)
    waiting = {
        "checks_unanswered": tuple(_named(row) for row in file.checks if not row.check.result),
        "inspection_open": tuple(_visit(one) for one in file.inspections if one.status in OPEN_INSPECTIONS),
        "request_open": tuple(_question(one) for one in _open(file)),
    }
    return [
        CaseGap(str(reason), anchor if anchor in there else "", waiting.get(reason.code, ()))
        for reason, anchor in places
    ]


def _named(row: CheckWithReply) -> str:
    return f"{row.title}, {row.check.subject}"


def _visit(one: Inspection) -> str:
    """Whose turn it is with a visit: who makes it, or whoever confirms its report."""
    facts = {"reference": one.reference, "status": one.get_status_display(), "who": one.inspector}
    return gettext("%(reference)s, %(who)s: %(status)s") % facts


def _open(file: CaseFile) -> list[RequestWithItems]:
    return [one for one in file.requests if one.request.status == RequestStatus.OPEN]


def _question(one: RequestWithItems) -> str:
    facts = {"question": Truncator(one.words).chars(100), "day": date_format(one.request.due_on, "j F Y")}
    return gettext("%(question)s By %(day)s") % facts


def _parts(file: CaseFile, links: Links | None, said: int, new_messages: int, dates: int) -> Iterator[CasePart]:
    yield CasePart("facts", _("Facts and where they come from"), len(file.known))
    if links is not None:
        to_judge = sum(one.look_alike.status == LookAlikeStatus.OPEN for one in links.shown)
        yield CasePart("links", _("Links"), len(links.shown), to_judge)
    yield CasePart("checks", _("Checks"), len(file.checks), sum(not row.check.result for row in file.checks))
    yield CasePart("inspections", _("Inspections"), len(file.inspections), _inspections_waiting(file))
    undecided = sum(one.status in OPEN for one in file.decisions)
    yield CasePart("decisions", _("Decisions"), len(file.decisions), undecided)
    unanswered = len(_open(file))
    yield CasePart("requests", _("Requests to the applicant"), len(file.requests), unanswered)
    yield CasePart("messages", _("Messages"), said, new_messages)
    yield CasePart("notes", _("Notes"), len(file.notes))
    there = sum(len(one.documents) for one in file.evidence)
    yield CasePart("documents", _("Documents"), there, sum(one.is_missing or one.is_rejected for one in file.evidence))
    unread = sum(one.entry.status == EntryStatus.TO_READ for one in file.entries)
    yield CasePart("correspondence", _("Correspondence and files that we added"), len(file.entries), unread)
    yield CasePart("payments", _("Fee"), None, sum(WHERE.get(one.code) == "payments" for one in file.waiting))
    yield CasePart("people", _("People"), len(file.people))
    if file.places:
        yield CasePart("places", _("Places of supply"), len(file.places))
    yield CasePart("answers", _("Answers as submitted"), len(file.pages))
    yield CasePart("letters", _("Letters"), len(file.letters))
    if dates:
        yield CasePart("dates", _("Dates"), dates)
    yield CasePart("history", _("History"), len(file.events))


def _inspections_waiting(file: CaseFile) -> int:
    """Those under way; or that one is still to be commissioned."""
    under_way = sum(one.status in OPEN_INSPECTIONS for one in file.inspections)
    return under_way or int("inspection_wanted" in {reason.code for reason in file.waiting})
