"""Licence holders are compared with the lists that were read; an officer judges each match. No licence changes by it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.checks.queries import checks
from licensing.checks.rules.handling import Reader
from licensing.watchlist_matches import rules
from licensing.watchlist_matches.models import Screening, WatchlistMatch, key_of, new_match_reference
from licensing.watchlist_matches.states import CONSIDERS, JUDGES
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter
from registry.watchlists import queries as watchlists
from registry.watchlists.queries import Match


@transaction.atomic
def screen(organisations: Sequence[Organisation], *, by: None, at: datetime) -> list[WatchlistMatch]:
    """Compare these with the newest edition of each list, and write down each match that is new."""
    today = timezone.localdate(at)
    hits = [(one, hit) for one in organisations for hit in watchlists.matches_of(one, on=today)]
    # Held before anything is written, so that the same match is not written twice at the same time.
    Counter.objects.held(Counter.EVENTS)
    known = set(WatchlistMatch.objects.filter(organisation__in=organisations).values_list("organisation", "key"))
    fresh = []
    for organisation, hit in hits:
        key = key_of(hit.who, hit.listed)
        if (organisation.pk, key) not in known:
            known.add((organisation.pk, key))
            match = _written(organisation, hit, key, at=at)
            trail.record(match, "find", by=by, at=at, organisation=organisation, score=hit.score)
            fresh.append(match)
    Screening.objects.note(organisations, at=at)
    return fresh


@transaction.atomic
def confirm_match(match: WatchlistMatch, *, because: str, by: User, at: datetime) -> WatchlistMatch:
    """Say that the list means this person or company. Raises `Refused` (conflicted, wrong_state, no_reason)."""
    match = _held(match, JUDGES, "confirm_match", because, by)
    verdict = {"closed_by": by, "closed_at": at, "judged_because": because.strip()}
    return trail.move(match, "confirm_match", by=by, at=at, because=because, **verdict)


@transaction.atomic
def dismiss_match(match: WatchlistMatch, *, because: str, by: User, at: datetime) -> WatchlistMatch:
    """Say why the list means someone else: the same entry is not found again. Raises `Refused` (conflicted …)."""
    match = _held(match, JUDGES, "dismiss_match", because, by)
    verdict = {"closed_by": by, "closed_at": at, "judged_because": because.strip()}
    return trail.move(match, "dismiss_match", by=by, at=at, because=because, **verdict)


@transaction.atomic
def consider_match(match: WatchlistMatch, *, because: str, by: User, at: datetime) -> WatchlistMatch:
    """Say what follows for the licence, or why nothing does. Raises `Refused` (conflicted, wrong_state, no_reason)."""
    match = _held(match, CONSIDERS, "consider_match", because, by)
    said = {"considered_by": by, "considered_at": at, "follows": because.strip()}
    return trail.move(match, "consider_match", by=by, at=at, because=because, **said)


def _held(match: WatchlistMatch, permission: str, move: str, because: str, by: User) -> WatchlistMatch:
    permissions.require(by, permission)
    match = trail.locked(match, among=WatchlistMatch.objects.visible_to(by))
    refuse_for(permissions.conflict_blockers(by, match.organisation))
    refuse_for(
        [
            *rules.step_blockers(match, move, because=because),
            # Officers of other cases read it: it may not repeat what another authority has replied in confidence.
            *checks.repeats(match.organisation, {"because": because}, reader=Reader.OTHERS),
        ]
    )
    return match


def _written(organisation: Organisation, hit: Match, key: str, *, at: datetime) -> WatchlistMatch:
    return WatchlistMatch.objects.create(
        reference=new_match_reference(),
        organisation=organisation,
        key=key,
        who=hit.who,
        listed_name=hit.listed.name,
        list_title=hit.title,
        listed_reference=hit.listed.reference,
        listed_from=hit.listed.listed_from,
        list_says=hit.listed.source,
        edition_on=hit.listed.edition.edition_on,
        found_by=hit.by,
        score=hit.score,
        found_at=at,
    )
