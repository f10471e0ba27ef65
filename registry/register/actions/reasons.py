"""Reasons for everyone, of decisions and of ends: kept, shown on their day, corrected, withdrawn. Entries say what is shown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import schemes
from registry.accounts.models import User
from registry.register.actions import publishing as register
from registry.register.models import Entry, Listing, PublicReason
from registry.register.rules import end_sentence
from registry.register.states import ReasonKind
from registry.trail.actions import events as trail


@transaction.atomic
def keep_reason(
    listing: Listing,
    *,
    kind: str,
    standard: str,
    sentence: Mapping[str, str],
    is_composed: bool,
    decision: str,
    shown_from: date,
    by: User | None,
    at: datetime,
) -> PublicReason:
    """Keep why something was decided; from `shown_from` on it is in the entries. Called by the decision, before the register is told.

    The caller publishes the listing.
    """
    today = timezone.localdate(at)
    kept = PublicReason.objects.create(
        listing=listing,
        kind=kind,
        standard=standard,
        sentence=dict(sentence),
        is_composed=is_composed,
        decision=decision,
        decided_on=today,
        shown_from=shown_from,
        shown_at=at if shown_from <= today else None,
    )
    facts: dict[str, Any] = {"reason": kind, "standard": standard, "decision": decision, "shown_from": shown_from}
    trail.record(listing, "keep_reason", by=by, at=at, **facts)
    return kept


@transaction.atomic
def keep_end(
    listing: Listing, kind: ReasonKind, *, last_day: date, by: User | None, at: datetime
) -> PublicReason | None:
    """Keep that a licence ended, with its last day, where the scheme publishes it. The caller publishes the listing.

    The sentence is made of facts, so no one writes or corrects it.
    """
    today = timezone.localdate(at)
    terms = schemes.in_force(listing.scheme, today).public.reasons.of_end(kind)
    if terms is None:
        return None
    kept = PublicReason.objects.create(
        listing=listing,
        kind=kind,
        last_day=last_day,
        sentence={
            language: end_sentence(terms.words[language], last_day, language) for language in terms.words.languages
        },
        is_composed=True,
        decided_on=today,
        shown_from=today,
        shown_at=at,
    )
    trail.record(listing, "keep_reason", by=by, at=at, reason=kind, last_day=last_day)
    return kept


@transaction.atomic
def show_reasons(listing: Listing, due: Sequence[PublicReason], *, by: User | None, at: datetime) -> Listing:
    """Publish the reasons of a listing whose day has come, in one entry."""
    for reason in due:
        reason.shown_at = at
        reason.save(update_fields=["shown_at"])
        trail.record(listing, "show_reason", by=by, at=at, decision=reason.decision, standard=reason.standard)
    _publish(listing, at=at)
    return listing


@transaction.atomic
def withdraw_reason(reason: PublicReason, *, because: str, by: User | None, at: datetime) -> PublicReason:
    """Show a reason no more, because what it is of does not hold. Earlier entries keep what they said."""
    _withdraw(reason, at=at)
    facts: dict[str, Any] = {"decision": reason.decision, "standard": reason.standard}
    trail.record(reason.listing, "withdraw_reason", by=by, at=at, because=because, **facts)
    _publish(reason.listing, at=at)
    return reason


@transaction.atomic
def correct_reason(reason: PublicReason, *, sentence: str, by: User, at: datetime) -> PublicReason:
    """Put another sentence in the place of one. The caller answers for it that two people have agreed."""
    _withdraw(reason, at=at)
    corrected = PublicReason.objects.create(
        listing=reason.listing,
        kind=reason.kind,
        standard=reason.standard,
        sentence={"en": sentence},
        is_composed=False,
        decision=reason.decision,
        decided_on=reason.decided_on,
        shown_from=reason.shown_from,
        shown_at=at if reason.shown_at else None,
        instead_of=reason,
    )
    facts: dict[str, Any] = {"decision": reason.decision, "standard": reason.standard}
    trail.record(reason.listing, "correct_reason", by=by, at=at, **facts)
    _publish(reason.listing, at=at)
    return corrected


def _withdraw(reason: PublicReason, *, at: datetime) -> None:
    reason.withdrawn_at = at
    reason.save(update_fields=["withdrawn_at"])


def _publish(listing: Listing, *, at: datetime) -> None:
    """Only what the public can see is shown again."""
    if Entry.objects.filter(listing=listing, shown_until=None).exists():
        register.publish(listing, at=at)
