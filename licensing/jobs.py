"""Background entry points: make one call for each thing that is due."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from compliance.statistics.models import StatisticsSubject
from compliance.statistics.queries import tabulations
from licensing.appeals.actions import bundles
from licensing.appeals.actions import reasons as published_reasons
from licensing.applications.queries import applications
from licensing.cards import way_through as web
from licensing.cards.client import NoAnswer, Provider
from licensing.checks.actions import askings, checks
from licensing.checks.models import Check, CheckQuerySet
from licensing.checks.queries import own_checks
from licensing.decisions.actions import decisions
from licensing.decisions.queries import decisions as decisions_queries
from licensing.due_dates import actions as date_actions
from licensing.due_dates.queries import due as dates
from licensing.duties import actions as duties
from licensing.duties.models import DutyText
from licensing.duties.queries import reminders as duty_reminders
from licensing.figures import actions as figures
from licensing.holding.actions import renewals
from licensing.holding.queries import renewals as renewals_queries
from licensing.payments.actions import cards
from licensing.payments.models import CardPayment
from licensing.payments.queries import payments
from licensing.phoenix_matches import actions as looking
from licensing.phoenix_matches.queries import search as radar
from licensing.progress import actions as paces
from licensing.progress.queries import durations
from licensing.requests import queries as request_queries
from licensing.requests.actions import asking as requests
from licensing.retention import jobs as erasing
from licensing.watchlist_matches import actions as screening
from licensing.watchlist_matches import queries as screening_queries
from registry import schemes
from registry.agencies.models import Agency
from registry.clients import texts as carriers
from registry.errors import Refused
from registry.outbox.jobs import SECONDS_A_ROUND, send_due
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind

logger = logging.getLogger(__name__)

# The payer is asked first, when they come back; a payment that was never handed over waits for them to try again.
ASK_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=2)
# What is past its time is erased, and everybody is looked at once, while nobody works, and in parts.
NIGHT = range(1, 5)
# Reminders of what was missed go out when somebody can do something about it.
OFFICE_HOURS = range(7, 19)
ERASED_AT_ONCE = 200
LOOKED_AT_AT_ONCE = 500
# How many are looked at in one transaction.
TOGETHER = 50


def remind_of_renewals(*, at: datetime) -> int:
    """Remind the holders whose licences end soon; says how many were reminded."""
    today = timezone.localdate(at)
    due = [
        one
        for scheme in applications.schemes_offered(today).values()
        for one in renewals_queries.to_remind(scheme, today=today)
    ]
    return sum(renewals.remind(licence, weeks=weeks, by=None, at=at) for licence, weeks in due)


def remind_of_duties(*, at: datetime) -> int:
    """By day, remind the people of businesses of what they must do soon, or have missed; says of how many duties."""
    if timezone.localtime(at).hour not in OFFICE_HOURS:
        return 0
    due = list(duty_reminders.to_remind(today=timezone.localdate(at)))
    return sum(duties.remind(user, due=reminders, by=None, at=at) for user, reminders in due)


def send_duty_texts(*, at: datetime, seconds: float = SECONDS_A_ROUND) -> int:
    """Send the text messages that remind of duties; says how many were tried. None where no sender is set."""
    if not duty_reminders.sends_texts():
        return 0
    due = OutboxItem.objects.filter(kind=OutboxKind.TEXT, duty_text__isnull=False).due
    return send_due(due, _send_duty_text, at=at, seconds=seconds)


def _send_duty_text(item: OutboxItem, at: datetime) -> None:
    text = DutyText.objects.select_related("user", "task__organisation").get(outbox=item)
    number = duty_reminders.telephone_for(text)
    if not number:
        OutboxItem.objects.filter(pk=item.pk).withdraw()
    elif item.claim(at):
        text.outbox = item
        words = duty_reminders.words_of_text(text)
        fault = carriers.fault_in_sending(number=number, words=words, reference=f"D-{text.pk}")
        duties.record_sent(text, fault=fault, by=None, at=timezone.now())


def chase_missed_dates(*, at: datetime) -> int:
    """On each working day, remind officers of the dates that have just been missed, and managers of what nobody sees to."""
    if timezone.localtime(at).hour not in OFFICE_HOURS:
        return 0
    missed = dates.just_missed(on=timezone.localdate(at))
    for manager in dates.managers() if None in missed else ():
        missed.setdefault(manager, []).extend(missed[None])
    return sum(date_actions.chase(who, missed=what, by=None, at=at) for who, what in missed.items() if who)


def ask_authorities(*, at: datetime) -> int:
    """Ask other authorities what was put to them since; says how many checks."""
    return sum(_each(askings.ask, Check.objects.to_be_asked(), at=at))


def remind_authorities(*, at: datetime) -> int:
    """Remind other authorities of what they have not answered in time; says of how many checks."""
    return sum(_each(askings.remind, Check.objects.to_be_chased(timezone.localdate(at)), at=at))


def _each(act: Callable[..., list[Check]], waiting: CheckQuerySet, *, at: datetime) -> Iterator[int]:
    """One letter to each authority and scheme for which something waits; what is too much for one goes next time."""
    agencies = Agency.objects.filter(pk__in=waiting.order_by().values("agency").distinct()).order_by("pk")
    for agency in agencies:
        for scheme in schemes.names():
            yield len(act(agency, scheme=scheme, by=None, at=at))


def look_again(*, at: datetime, limit: int = 100) -> int:
    """Compare cases in hand with what was read or decided since they were looked at; says in how many something is new."""
    return sum(checks.look_again(check, by=None, at=at) for check in own_checks.to_look_at_again(at)[:limit])


def remind_of_requests(*, at: datetime) -> int:
    """Remind applicants of what they have been asked, on the day that the scheme sets; says how many requests."""
    due = request_queries.to_be_reminded(timezone.localdate(at))
    for request in due:
        requests.remind(request, by=None, at=at)
    return len(due)


def let_requests_lapse(*, at: datetime) -> int:
    """End the requests whose day has passed, so that their cases go on; says how many."""
    due = request_queries.to_lapse(timezone.localdate(at))
    return sum(requests.lapse(request, by=None, at=at) for request in due)


def let_modifications_hold(*, at: datetime) -> int:
    """Let the modifications hold whose day has come; says how many."""
    due = list(decisions_queries.modifications_due(timezone.localdate(at)))
    for one in due:
        decisions.take_effect(one, by=None, at=at)
    return len(due)


def publish_reasons(*, at: datetime) -> int:
    """Publish the reasons whose day has come and that licences ran out, and withdraw what an appeal has undone; says how many."""
    return published_reasons.publish_due(by=None, at=at)


def work_out_paces(*, at: datetime) -> int:
    """Once a day, count how long the decisions of the last year took; says for how many schemes."""
    today = timezone.localdate(at)
    due = [name for name in applications.schemes_offered(today) if not durations.is_worked_out(name, today=today)]
    for name in due:
        paces.work_out(name, by=None, at=at)
    return len(due)


def count_work(*, at: datetime) -> int:
    """Once a day, count the figures of the last twelve months; says of how many schemes."""
    today = timezone.localdate(at)
    is_done = tabulations.is_counted(StatisticsSubject.WORK, schemes.all_in_force(today), on=today)
    return 0 if is_done else figures.count(by=None, at=at)


def ask_about_card_payments(*, at: datetime, limit: int = 100) -> int:
    """Ask what became of the payments whose payers have not come back; says of how many the end is known now."""
    waiting = payments.open_card_payments(begun_before=at - ASK_AFTER)[:limit]
    provider = web.card_provider()
    return sum(_is_ended(card, provider, at=at) for card in waiting)


def _is_ended(card: CardPayment, provider: Provider | None, *, at: datetime) -> bool:
    if card.provider_id is None:
        return _is_given_up(card, at=at)
    try:
        return provider is not None and web.learned(provider, card, at=at).is_finished
    except NoAnswer as silent:
        logger.warning("The provider says nothing of card payment %s: %s", card, silent.code)
    except Refused as refused:
        logger.error("What the provider says of card payment %s does not fit it: %s", card, refused)
    return False


def _is_given_up(card: CardPayment, *, at: datetime) -> bool:
    if card.begun_at > at - GIVE_UP_AFTER:
        return False
    cards.expire(card, at=at)
    return True


def look_for_look_alikes(*, at: datetime) -> int:
    """Look at who has handed in or told something, or is spoken of anew by the companies register; by night at everybody once.

    Says how many were looked at.
    """
    local = timezone.localtime(at)
    due = radar.due_at_once(at)
    if local.hour in NIGHT:
        due = due | radar.due_since(local.replace(hour=NIGHT[0], minute=0, second=0, microsecond=0), at)
    organisations = list(due.distinct()[:LOOKED_AT_AT_ONCE])
    for start in range(0, len(organisations), TOGETHER):
        looking.look(organisations[start : start + TOGETHER], by=None, at=at)
    return len(organisations)


def screen_holders(*, at: datetime) -> int:
    """Compare licence holders with each new edition of a list, and by night once; says how many were compared."""
    local = timezone.localtime(at)
    night = local.replace(hour=NIGHT[0], minute=0, second=0, microsecond=0) if local.hour in NIGHT else None
    organisations = list(screening_queries.due(night, at)[:LOOKED_AT_AT_ONCE])
    for start in range(0, len(organisations), TOGETHER):
        screening.screen(organisations[start : start + TOGETHER], by=None, at=at)
    return len(organisations)


def erase_what_is_due(*, at: datetime) -> int:
    """At night, erase what has been held for as long as the schemes say; says of how many things."""
    if timezone.localtime(at).hour not in NIGHT:
        return 0
    return erasing.erase_due(at=at, most=ERASED_AT_ONCE)


def make_bundles(*, at: datetime) -> int:
    """Make the bundles of appeals that have been asked for, and remove those whose day is over; says how many were made."""
    bundles.remove_old(by=None, at=at)
    made = 0
    while bundle := bundles.claim(by=None, at=at):
        try:
            bundles.make(bundle, by=None, at=at)
        except Exception:
            # It must not end the worker: it waits, and is tried again.
            logger.exception("The bundle of appeal %s could not be made", bundle.appeal.reference)
            continue
        made += 1
    return made
