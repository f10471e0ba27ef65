"""Everything that speaks against a case, was changed, set aside or not read: what the person who decides sees in one place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from compliance.inspection_reports.queries import heard_of
from licensing.applications.models import Application
from licensing.checks.models import Check
from licensing.checks.queries.checks import checks_of
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from licensing.decisions.queries.standards import seen_of
from licensing.decisions.states import ReviewKind
from licensing.inspections.queries import triggers_of
from licensing.messages.models import Message
from licensing.phoenix_matches.models import LookAlike
from licensing.phoenix_matches.states import LookAlikeStatus
from registry.accounts.models import User
from registry.tasks.models import Task

#: What the officer of a case does all the time: no task that could be left undone.
USUAL = ("application.take_on", "application.assess", "application.read_message")


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
    return tuple(row.text for row in _open(decision))


def against(decision: Decision, *, by: User, on: date) -> tuple[AgainstRow, ...]:
    """As far as this person may know it; the most serious first."""
    rows: list[AgainstRow] = []
    if decision.application is not None:
        rows += _of_checks(decision.application, by=by, on=on)
    rows += _not_met(decision)
    if decision.application is not None:
        rows += _waived(decision.application)
    if by.has_perm("licensing.view_look_alikes"):
        rows += _dismissed(decision, by=by)
    return (*rows, *_open(decision))


def returned_to(decision: Decision) -> str:
    """The person who has not answered the comments on it yet; empty where no one is asked."""
    found = decision.reviews.open().filter(kind=ReviewKind.RETURN).select_related("to").first()
    return str(found.to) if found else ""


def reviews_of(decision: Decision) -> list[DecisionReview]:
    return list(decision.reviews.select_related("to", "asked_by", "ended_by").order_by("pk"))


def _of_checks(case: Application, *, by: User, on: date) -> Iterator[AgainstRow]:
    for one in checks_of(case, by=by, on=on):
        href = reverse("staff_check", args=[one.check.reference])
        who = f"{one.title}, {one.authority}" if one.authority else one.title
        if one.check.result == "adverse":
            said = one.reply.shown.evidence if one.reply else ""
            yield AgainstRow(_("Adverse"), f"{who}: {one.check.subject}", said, href, "red")
        elif one.is_overdue:
            asked = gettext("Due on %(day)s, and no reply has come.") % {"day": _day(one.check.due_on)}
            yield AgainstRow(_("Late"), f"{who}: {one.check.subject}", asked, href, "orange")
    for check in Check.objects.filter(application=case).filter(replies__replaced_at__isnull=False).distinct():
        yield from _replaced(check)


def _replaced(check: Check) -> Iterator[AgainstRow]:
    """A reply that was replaced by one with another result."""
    for before in check.replies.filter(replaced_at__isnull=False).exclude(result=check.result).order_by("pk"):
        words = {"before": before.get_result_display(), "now": check.get_result_display(), "check": check.subject}
        text = gettext("“%(before)s” became “%(now)s”: %(check)s") % words
        href = reverse("staff_check", args=[check.reference])
        yield AgainstRow(_("Replaced"), text, _day_of(before.replaced_at), href, "purple")


def _not_met(decision: Decision) -> Iterator[AgainstRow]:
    seen = seen_of(decision.subject)
    for one in seen.unmet if seen else ():
        sort = _("Not met, critical") if one.critical else _("Not met")
        yield AgainstRow(sort, one.title, one.evidence, reverse("inspection", args=[one.inspection]), "red")


def _waived(case: Application) -> Iterator[AgainstRow]:
    for row in triggers_of(case):
        if row.waiver is not None:
            about = f"{row.waiver.because} {row.waiver.given_by}, {_day_of(row.waiver.given_at)}"
            text = gettext("Reason to inspect set aside: %(reason)s") % {"reason": row.title}
            yield AgainstRow(_("Set aside"), text, about, reverse("application", args=[case.reference]), "yellow")


def _dismissed(decision: Decision, *, by: User) -> Iterator[AgainstRow]:
    found = LookAlike.objects.visible_to(by).filter(
        organisation__in=decision.organisations, status=LookAlikeStatus.DISMISSED
    )
    for one in found.select_related("other", "closed_by").order_by("-points", "pk"):
        text = gettext("Possible phoenix of %(name)s, %(points)s points") % {"name": one.other, "points": one.points}
        about = f"{one.because} {one.closed_by or ''}, {_day_of(one.closed_at)}"
        yield AgainstRow(_("Dismissed"), text, about, reverse("look_alike", args=[one.reference]), "yellow")


def _open(decision: Decision) -> Iterator[AgainstRow]:
    if decision.application is not None:
        yield from _unread(decision.application)
    yield from _not_sent(decision)
    for review in decision.reviews.open().filter(kind=ReviewKind.ADVICE).select_related("to"):
        text = gettext("Advice asked of %(name)s has not come")
        yield AgainstRow(_("Not answered"), text % {"name": review.to}, _day(review.due_on), "", "orange")
    for task in _open_tasks(decision):
        yield AgainstRow(_("Not done"), str(task.wait.todo), str(task.owner or ""), task.address, "orange")


def _unread(case: Application) -> Iterator[AgainstRow]:
    unread = Message.objects.unread_by_authority().filter(application=case).count()
    if unread:
        text = ngettext("A message that no one has read", "%(n)s messages that no one has read", unread)
        href = reverse("application", args=[case.reference]) + "#messages"
        yield AgainstRow(_("Not read"), text % {"n": unread}, "", href, "orange")


def _not_sent(decision: Decision) -> Iterator[AgainstRow]:
    for heard in heard_of(decision.inspections.order_by("pk")):
        if heard.sending is None:
            text = gettext("The business has not been sent the report of %(inspection)s")
            href = reverse("inspection", args=[heard.inspection.reference])
            yield AgainstRow(_("Not sent"), text % {"inspection": heard.inspection.reference}, "", href, "orange")


def _open_tasks(decision: Decision) -> list[Task]:
    """Tasks of the authority about the case itself."""
    found = Task.objects.open().filter(reference=decision.subject.reference, agency=None).exclude(kind__in=USUAL)
    return [task for task in found.select_related("owner").first_due() if not task.wait.is_for_holder]


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _day_of(moment: datetime | None) -> str:
    return _day(timezone.localdate(moment)) if moment else ""
