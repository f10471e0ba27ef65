"""Background entry points: read the clock, make one call. The rows that they work on are the record, not the queue."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from registry import uploads as files
from registry.alerts import actions as alerts
from registry.alerts import queries as alert_queries
from registry.alerts.models import AlertNotice, MorningMail
from registry.assignment import jobs as assignment
from registry.background_work.queries import HELD_TOO_LONG
from registry.campaigns import actions as campaigns
from registry.campaigns.queries import is_week_to_close
from registry.clients import texts as carriers
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import Refused
from registry.integrity import covering
from registry.integrity.guards import NO_ANSWER
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.outbox.jobs import SECONDS_A_ROUND, send_due
from registry.outbox.models import OutboxItem, OutboxItemQuerySet
from registry.outbox.states import OutboxKind
from registry.retention import actions as retention_actions
from registry.retention import queries as retention
from registry.tasks import jobs as tasks
from registry.trail.actions import events as trail
from registry.trail.actions import verifications as verifications_actions
from registry.trail.models.verifications import TrailVerification
from registry.trail.queries.verification import is_as_left
from registry.uploads import ScanVerdict, StorageArea
from registry.web.tallies import tallies

logger = logging.getLogger(__name__)

TOO_LONG = timedelta(hours=1)
CHECKED_AGAIN = timedelta(minutes=1)
CHECKED_FOR = 5.0  # seconds of one round of the worker

#: A verification that a killed worker left behind is begun again after this.
VERIFIED_WITHIN = timedelta(hours=2)
VERIFIED_EACH = timedelta(days=1)
#: Of a history that is broken from some event on there may be a fault for each event.
MOST_FAULTS = 500


def send_mail(*, at: datetime, seconds: float = SECONDS_A_ROUND) -> int:
    """Mail the letters that are due, the longest waiting first; says how many were tried."""

    def due(at: datetime) -> OutboxItemQuerySet:
        return OutboxItem.objects.due(at).filter(kind=OutboxKind.MAIL).select_related("letter")

    def send(item: OutboxItem, at: datetime) -> None:
        letter: Letter = item.letter
        letter.outbox = item
        sending.send(letter, at=at)

    return send_due(due, send, at=at, seconds=seconds)


def alert_of_danger(*, at: datetime) -> int:
    """Take the next step of each alert about danger that is due; says how many people were told."""
    return _each_alone(alerts.alert_of_danger, alert_queries.dangers_due(at), at=at)


def alert_of_urgent(*, at: datetime) -> int:
    """Mail those who must do an urgent task that is new; says how many people were told."""
    return _each_alone(alerts.alert_of_urgent, alert_queries.urgent_due(at), at=at)


def mail_mornings(*, at: datetime) -> int:
    """On a working morning, mail each person what is due today and overdue; says how many mails."""
    if not alert_queries.is_morning(at):
        return 0
    people = MorningMail.objects.missing(timezone.localdate(at)).order_by("pk")
    return _each_alone(alerts.mail_morning, people, at=at)


def _each_alone(tell: Callable[..., int], things: Iterable[Any], *, at: datetime) -> int:
    """Tell of each; one that fails is logged, and keeps no later one from being told. A database that is away ends the round."""
    count = 0
    for thing in things:
        try:
            count += tell(thing, by=None, at=at)
        except NO_ANSWER:
            raise
        except Exception as error:
            logger.exception("Nobody could be told of %s", thing)
            note_refusal(error, at=at)
    return count


def send_alert_texts(*, at: datetime, seconds: float = SECONDS_A_ROUND) -> int:
    """Send the text messages about danger that are due; says how many were tried. None where no sender is set."""
    if not settings.TEXT_SENDER:
        return 0
    due = OutboxItem.objects.filter(kind=OutboxKind.TEXT, alert_notice__isnull=False).due
    return send_due(due, _send_alert_text, at=at, seconds=seconds)


def _send_alert_text(item: OutboxItem, at: datetime) -> None:
    notice = AlertNotice.objects.select_related("person", "alert__task").get(outbox=item)
    number = alert_queries.telephone_of(notice.person)
    if item.claim(at):
        notice.outbox = item
        words = alert_queries.words_of(notice)
        fault = carriers.fault_in_sending(number=number, words=words, reference=f"A-{notice.pk}")
        alerts.record_sent(notice, fault=fault, by=None, at=timezone.now())


def keep_campaign_totals(*, at: datetime) -> int:
    """Add the hours that are over to the totals of campaigns, and close the weeks that are over; says of how many numbers."""
    if hours := tallies.take(at=at):
        return campaigns.add_totals(hours, by=None, at=at)
    return campaigns.close_weeks(by=None, at=at) if is_week_to_close(timezone.localdate(at)) else 0


def open_due_tasks(*, at: datetime) -> int:
    """Open and close the tasks that a day alone begins or ends; says about how many things."""
    return tasks.open_due(at=at)


def assign_tasks(*, at: datetime) -> int:
    """Assign the tasks that belong to no one by the rules; says how many."""
    return assignment.assign_by_rule(at=at)


def warn_of_waiting(*, at: datetime) -> int:
    """Say in the log how many emails have waited for over an hour, so that somebody looks at the mail (docs/rules.md G24)."""
    waiting = OutboxItem.objects.filter(
        kind=OutboxKind.MAIL, sent_at=None, failed_at=None, next_try__isnull=False, made_at__lt=at - TOO_LONG
    ).count()
    if waiting:
        logger.warning("Letters that have waited for over an hour to be mailed: %s", waiting)
    return waiting


def check_documents(*, at: datetime, limit: int = 20) -> int:
    """Check what was uploaded, oldest first, until the scanner does not answer; says how many were settled.

    Each is settled by itself, and leased first: two workers never read the same file, and one that cannot be read, or that
    ends the worker, is tried again after a minute and keeps no other waiting. Letters wait for no more than a few files.
    """
    settled, began = 0, time.monotonic()
    for document in Document.objects.to_check(at)[:limit]:
        if time.monotonic() > began + CHECKED_FOR:
            break
        if not Document.objects.to_check(at).filter(pk=document.pk).update(next_check=at + CHECKED_AGAIN):
            continue
        verdict = _check(document, at=at)
        if verdict == ScanVerdict.UNKNOWN:
            break
        settled += verdict is not None
    return settled


def _check(document: Document, *, at: datetime) -> ScanVerdict | None:
    """Judge one file; None when it cannot be read, or was removed meanwhile."""
    try:
        return _settle(document, at=at)
    except Exception as error:
        logger.exception("Document %s is held and cannot be examined", document.reference)
        note_refusal(error, at=at)
        return None


def _settle(document: Document, *, at: datetime) -> ScanVerdict:
    content = files.read(StorageArea.HELD, document.stored_as)
    try:
        judged = files.judged(content)
    except Refused as refused:
        reason = next(iter(refused.reasons))
        documents.reject(document, fault=reason.code, because=str(reason), by=None, at=at)
        return ScanVerdict.INFECTED
    if judged.verdict != ScanVerdict.UNKNOWN:
        documents.release(document, verdict=judged.verdict, judged=judged, by=None, at=at)
    return judged.verdict


def warn_of_held(*, at: datetime) -> int:
    """Say in the log how many documents have waited for over ten minutes, so that somebody looks at the scanner (docs/rules.md G19)."""
    held = Document.objects.held_before(at - HELD_TOO_LONG).count()
    if held:
        logger.warning("Documents that have waited for over ten minutes to be scanned: %s", held)
    return held


def seal_readings(*, at: datetime) -> int:
    """Once an hour, put a digest of who read what on the trail; says of how many readings."""
    is_due = retention.sealing_due(at)
    return retention_actions.seal_readings(by=None, at=at) if is_due else 0


def verify_trail(*, at: datetime) -> int:
    """Read the whole history for whoever asked, and once a day unasked; says how many times. Pages only show the result."""
    trail.cover_rest(at=at)
    _ask_if_due(at=at)
    return verify_asked(at=at)


def verify_asked(*, at: datetime) -> int:
    """Only for those who asked: they do not wait for the next minute."""
    verification = _claim_verification(at=at)
    if verification is None:
        return 0
    result = verifications_actions.verify_history(verification.published)
    _finish(verification, result, at=timezone.now())
    if not result.holds:
        logger.error("The trail does not hold: %s faults, see /staff/trail/verify/", len(result.faults))
    return 1


def note_refusal(error: Exception, *, at: datetime) -> None:
    """If background work was refused because of a row that was rewritten past the trail, keep that on record."""
    if isinstance(error, covering.RowRewritten):
        verifications_actions.ask_after_refusal(error, by=None, at=at)


@transaction.atomic
def _ask_if_due(*, at: datetime) -> None:
    """Once a day without being asked."""
    asked = TrailVerification.objects.filter(asked_at__gt=at - VERIFIED_EACH)
    if not any(map(is_as_left, asked)):
        TrailVerification.objects.create(asked_at=at)


@transaction.atomic
def _claim_verification(*, at: datetime) -> TrailVerification | None:
    """The oldest that is waiting, or that was left unfinished; of two workers only one has it. A rewritten row keeps no one from it."""
    unfinished = TrailVerification.objects.unfinished().exclude(started_at__gt=at - VERIFIED_WITHIN)
    oldest = unfinished.select_for_update(skip_locked=True).order_by("asked_at", "pk")
    found = next(filter(is_as_left, oldest), None)
    if found is not None:
        found.started_at = at
        found.save(update_fields=["started_at"])
    return found


def _finish(verification: TrailVerification, result: verifications_actions.Verification, *, at: datetime) -> None:
    verification.finished_at = at
    verification.events, verification.entries, verification.rows = result.events, result.entries, result.rows
    verification.head_number, verification.head_hash = result.head
    verification.fault_count, verification.faults = len(result.faults), list(result.faults[:MOST_FAULTS])
    verification.save()
