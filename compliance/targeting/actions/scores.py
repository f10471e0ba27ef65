"""What licences score, and what their holders say to it. Nothing follows from a score but that somebody looks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.targeting.models import LicenceScore, ScoreReply
from compliance.targeting.queries import known as known_queries
from compliance.targeting.queries import scores as queries
from compliance.targeting.rules import indicators
from compliance.targeting.rules import points as targeting
from compliance.targeting.rules import scores as rules
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.schemes import Scheme
from registry.trail.actions import events as trail


@transaction.atomic
def work_out(licences: Sequence[Licence], *, scheme: Scheme, by: None, at: datetime) -> int:
    """Score these licences of one scheme anew; one that comes to something else is kept beside the one before.

    Says of how many it did. A licence whose scheme has no signals is not scored.
    """
    if scheme.targeting is None:
        return 0
    weights = queries.weights_in_force(scheme, timezone.localdate(at))
    holding = LicenceScore.objects.select_for_update(of=("self",)).current()
    former = {score.licence_id: score for score in holding.filter(licence__in=list(licences)).order_by("pk")}
    by_one = targeting.worth_by_one(scheme.targeting, weights.steps)
    all_known = known_queries.known(licences, worth=scheme.targeting.worth, worth_by_one=by_one, at=at)
    worked_out = [
        _score(licence, known, scheme, weights, at=at) for licence, known in zip(licences, all_known, strict=True)
    ]
    new = [score for score in worked_out if _differs(score, former.get(score.licence_id))]
    changed = {score.licence_id for score in new}
    same = [score.pk for licence, score in former.items() if licence not in changed]
    LicenceScore.objects.filter(pk__in=same).update(looked_at=at)
    LicenceScore.objects.current().filter(licence__in=changed).update(replaced_at=at)
    LicenceScore.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def reply(licence: Licence, *, text: str, by: User, at: datetime) -> ScoreReply:
    """Keep what the holder says to the signals that it is shown; whoever chooses whom to visit reads it beside the score.

    Raises `Refused` (acts_no_more, not_covered, no_text, too_long).
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    refuse_for(permissions.act_blockers(by, organisation, Act.REPLY, on=timezone.localdate(at)))
    refuse_for(rules.reply_blockers(text))
    said = ScoreReply.objects.create(licence=licence, text=text.strip(), by=by, at=at)
    # The words may name people: the trail keeps that they were written, and by which they can be known again.
    trail.record(licence, "reply_to_signals", by=by, at=at, text=signing.digest(said.text))
    return said


def _score(
    licence: Licence, known: indicators.LicenceFacts, scheme: Scheme, weights: queries.WeightsInForce, *, at: datetime
) -> LicenceScore:
    signals = scheme.targeting.signals if scheme.targeting else ()
    found = targeting.score(known, signals, weights.steps, day=timezone.localdate(at))
    return LicenceScore(
        licence=licence,
        scheme=scheme.name,
        version=scheme.version,
        weighting=weights.number,
        points=targeting.total(found),
        signals=signing.plain([asdict(one) for one in found]),
        gives=[one.code for one in found if one.points],
        made_at=at,
        looked_at=at,
    )


SAID = ("version", "weighting", "points", "signals")


def _differs(score: LicenceScore, former: LicenceScore | None) -> bool:
    return former is None or any(_said(score, field) != _said(former, field) for field in SAID)


def _said(score: LicenceScore, field: str) -> Any:
    return getattr(score, field)
