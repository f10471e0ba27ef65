"""What stands on the page of a case, so that each part of it is one click away from its top."""

from collections.abc import Iterator, Sized
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.queries.files import CaseFile
from licensing.queries.links import Links
from licensing.states import LookAlikeStatus


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page; how many things stand in it, and how many of them wait for somebody."""

    anchor: str
    title: str | Promise
    count: int | None = None
    waiting: int = 0


def contents_of(file: CaseFile, *, links: Links | None, said: Sized, new_messages: int, dates: Sized) -> list[Part]:
    """The parts in the order of the page. `links` is None for whoever may not see look-alikes."""
    return list(_parts(file, links, len(said), new_messages, len(dates)))


def _parts(file: CaseFile, links: Links | None, said: int, new_messages: int, dates: int) -> Iterator[Part]:
    yield Part("facts", _("Facts and where they come from"), len(file.known))
    if links is not None:
        judged = sum(one.look_alike.status == LookAlikeStatus.OPEN for one in links.shown)
        yield Part("links", _("Links"), len(links.shown), judged)
    yield Part("checks", _("Checks"), len(file.checks), sum(not row.check.result for row in file.checks))
    yield Part("inspections", _("Inspections"), len(file.inspections))
    yield Part("decisions", _("Decisions"), len(file.decisions))
    unanswered = sum(one.answered_at is None for one in file.requests)
    yield Part("requests", _("Requests to the applicant"), len(file.requests), unanswered)
    yield Part("messages", _("Messages"), said, new_messages)
    yield Part("notes", _("Notes"), len(file.notes))
    yield Part("documents", _("Documents"))
    yield Part("payments", _("Fee"))
    yield Part("people", _("People"), len(file.people))
    if file.places:
        yield Part("places", _("Places of supply"), len(file.places))
    yield Part("answers", _("Answers as handed in"), len(file.pages))
    yield Part("letters", _("Letters"), len(file.letters))
    if dates:
        yield Part("dates", _("Dates"), dates)
    yield Part("history", _("History"))
