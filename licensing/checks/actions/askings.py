"""Asking other authorities what was put to them, and reminding them of it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from licensing.checks import letters
from licensing.checks.actions.writing import note
from licensing.checks.models import Asking, Check, CheckQuerySet
from licensing.checks.queries import subjects
from licensing.checks.states import AskingKind
from licensing.time_limits.rules import licensing as clocks
from registry import permissions
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.trail.actions import events as trail

# In one letter, so that it can be read; what is more goes into the next.
AT_ONCE = 40
# How often an authority is reminded of one check, and after how many days again once it is due. Ours.
REMINDERS = 3
AGAIN_AFTER = 7


@transaction.atomic
def ask(agency: Agency, *, scheme: str, by: None, at: datetime) -> list[Check]:
    """Ask an authority what has been put to it under a scheme and not been asked yet: one letter for all of it.

    Whoever answers here, or takes files, is told that something waits; by post the letter itself says what. The job that
    calls this is nobody. A guarded authority is asked only on a basis that the pack states, and each time is counted.
    """
    agency = trail.locked(agency)
    today = timezone.localdate(at)
    waiting = _of(scheme, Check.objects.to_be_asked().filter(agency=agency))
    asked = [check for check in waiting if not list(subjects.guard_blockers(check, agency, on=today))]
    for check in asked:
        guard.share_as_stated(check, subjects.stated_request(check), agency=agency, by=by, at=at)
        # Put to it late, it is not reminded on the day on which it is asked.
        soonest = clocks.CHECK_REMINDER.after(today, AGAIN_AFTER)
        check.asked_at, check.chase_on = at, max(check.chase_on or check.due_on, soonest)
        check.save(update_fields=["asked_at", "chase_on"])
        note(check, "ask_agency", agency, by=by, at=at)
    _tell(agency, asked, AskingKind.REQUEST, at=at)
    return asked


@transaction.atomic
def remind(agency: Agency, *, scheme: str, by: None, at: datetime) -> list[Check]:
    """Remind an authority of what it has not answered by the day that the pack sets, and of each again, three times at most."""
    agency, today = trail.locked(agency), timezone.localdate(at)
    due = Check.objects.to_be_chased(today).filter(agency=agency, asked_at__isnull=False)
    asked = _of(scheme, due.prefetch_related("askings"))
    for check in asked:
        check.chase_on = _next(check, today=today)
        check.save(update_fields=["chase_on"])
        note(check, "remind_agency", agency, by=by, at=at)
    _tell(agency, asked, AskingKind.CHASER, at=at)
    return asked


@transaction.atomic
def hand_out(agency: Agency, *, by: User, at: datetime) -> list[Asking]:
    """Ask by file all that waits for an authority: each check under a number that its reply names, the same each time.

    For the one who answers for it, or an officer, whose file has nothing about an organisation with which they have a conflict of
    interest. Returns what is to be written into the file.
    """
    if by.agency_id != agency.pk or not by.has_perm("licensing.answer_checks"):
        permissions.require(by, "licensing.record_check")
    agency = trail.locked(agency)
    open_here = Check.objects.unanswered().open_to(by)
    waiting = open_here.filter(agency=agency, asked_at__isnull=False, agency__closed_at=None)
    known = {one.asked_id: one for one in Asking.objects.filter(kind=AskingKind.FILE, agency=agency, asked__in=waiting)}
    about = ("application__organisation", "change__licence__organisation", "person")
    checks = list(waiting.select_related(*about).order_by("due_on", "pk"))
    for check in checks:
        if check.pk not in known:
            given = {"asked": check, "kind": AskingKind.FILE, "agency": agency, "request": uuid4(), "by": by, "at": at}
            known[check.pk] = Asking.objects.create(**given)
        known[check.pk].asked = check
    trail.record(agency, "hand_out", by=by, at=at, checks=len(checks))
    return [known[check.pk] for check in checks]


def _of(scheme: str, checks: CheckQuerySet) -> list[Check]:
    """The first of them under the scheme, in the order in which they are due, with what a letter says of each."""
    about = ("application__organisation", "change__licence__organisation", "person")
    ordered = checks.select_related(*about).order_by("due_on", "pk")
    return [check for check in ordered if check.case.scheme == scheme][:AT_ONCE]


def _next(check: Check, *, today: date) -> date | None:
    reminded = sum(one.kind == AskingKind.CHASER for one in check.askings.all()) + 1
    return clocks.CHECK_REMINDER.after(max(today, check.due_on), AGAIN_AFTER) if reminded < REMINDERS else None


def _tell(agency: Agency, checks: Iterable[Check], kind: AskingKind, *, at: datetime) -> None:
    checks = list(checks)
    if checks:
        letter = letters.asked_of_agency(agency, checks, reminds=kind == AskingKind.CHASER, at=at)
        Asking.objects.bulk_create(
            Asking(asked=check, kind=kind, agency=agency, letter=letter, at=at) for check in checks
        )
