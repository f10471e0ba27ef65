"""Background entry points: make one call for each thing that is due."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from licensing import queries, web
from licensing.actions import cards, paces, renewals
from licensing.couriers.cards import NoAnswer, Provider
from licensing.models import CardPayment
from licensing.queries import payments
from registry.errors import Refused

logger = logging.getLogger(__name__)

# The payer is asked first, when they come back; a payment that was never handed over waits for them to try again.
ASK_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=2)


def remind_of_renewals(*, at: datetime) -> int:
    """Remind the holders whose licences end soon; says how many were reminded."""
    today = timezone.localdate(at)
    due = [one for scheme in queries.schemes_offered(today).values() for one in queries.to_remind(scheme, today=today)]
    return sum(renewals.remind(licence, weeks=weeks, by=None, at=at) for licence, weeks in due)


def work_out_paces(*, at: datetime) -> int:
    """Once a day, count how long the decisions of the last year took; says for how many schemes."""
    today = timezone.localdate(at)
    due = [name for name in queries.schemes_offered(today) if not queries.is_worked_out(name, today=today)]
    for name in due:
        paces.work_out(name, by=None, at=at)
    return len(due)


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
