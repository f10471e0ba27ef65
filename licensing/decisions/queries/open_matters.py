"""What of a proposal no one has read, sent or ended yet, and who was asked to mend it: asked before it is decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspection_reports.queries import heard_of
from licensing.correspondence.models import FileEntry
from licensing.correspondence.states import EntryStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.reviews import ReviewKind
from licensing.overrides.queries import overrides_in_force
from registry.tasks.models import Task, declared_waits

#: What the officer of a case does all the time: no task that could be left undone.
USUAL = ("application.take_on", "application.assess")
MESSAGE = "application.read_message"


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """One thing to weigh: `sort` in one word, what it is, who did it and when, and where to read it."""

    sort: str | Promise
    text: str
    about: str = ""
    href: str = ""
    colour: str = "grey"


def open_matters(decision: Decision) -> tuple[str, ...]:
    """What no one has read, sent or ended yet. It can be decided all the same, for a stated reason."""
    return tuple(row.text for row in still_open(decision))


def returned_to(decision: Decision) -> str:
    """The person who has not answered the comments on it yet; empty where no one is asked."""
    found = decision.reviews.open().filter(kind=ReviewKind.RETURN).select_related("to").first()
    return str(found.to) if found else ""


def still_open(decision: Decision) -> Iterator[AgainstRow]:
    yield from _not_sent(decision)
    for review in decision.reviews.open().filter(kind=ReviewKind.ADVICE).select_related("to"):
        text = gettext("Advice asked of %(name)s has not come")
        yield AgainstRow(_("Not answered"), text % {"name": review.to}, in_words(review.due_on), "", "orange")
    for override in overrides_in_force(decision.application) if decision.application else ():
        if override.is_proposed:
            text = gettext("The override of a reply waits for a second person: %(check)s")
            href = reverse("staff_override", args=[override.reference])
            yield AgainstRow(_("Not decided"), text % {"check": override.asked.subject}, "", href, "orange")
    yield from _unread_mail(decision)
    for task in _open_tasks(decision):
        sort = _("Not read") if task.kind == MESSAGE else _("Not done")
        yield AgainstRow(sort, str(task.wait.todo), str(task.owner or ""), task.address, "orange")


def _not_sent(decision: Decision) -> Iterator[AgainstRow]:
    for heard in heard_of(decision.inspections.order_by("pk")):
        if heard.sending is None:
            text = gettext("The business has not been sent the report of %(inspection)s")
            href = reverse("inspection", args=[heard.inspection.reference])
            yield AgainstRow(_("Not sent"), text % {"inspection": heard.inspection.reference}, "", href, "orange")


def _unread_mail(decision: Decision) -> Iterator[AgainstRow]:
    """Emails that arrived about the case, the decision or the licence, and that no one has marked as read."""
    for one in FileEntry.objects.of(decision.subject).filter(status=EntryStatus.TO_READ):
        href = reverse("file_entry", args=[one.reference])
        yield AgainstRow(
            _("Not read"), gettext("Email: %(title)s") % {"title": one.title}, one.with_whom, href, "orange"
        )


def _open_tasks(decision: Decision) -> list[Task]:
    """Tasks of the authority about the case itself."""
    subject = decision.subject
    kinds = [kind for kind in declared_waits() if kind.startswith(f"{subject._meta.model_name}.") and kind not in USUAL]
    found = Task.objects.filter(open_key__in=[f"{kind}:{subject.pk}" for kind in kinds], agency=None)
    return [task for task in found.select_related("owner").first_due() if not task.wait.is_for_holder]


def in_words(day: date | None) -> str:
    return date_format(day) if day else ""
