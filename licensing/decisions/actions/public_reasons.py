"""Why something was decided, for everyone: kept with the decision, and corrected by two."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reasons import ReasonCorrection
from licensing.decisions.queries import public_reasons as queries
from licensing.decisions.rules import public_reasons as rules
from licensing.decisions.states.kinds import DecisionKind
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.register.actions import reasons
from registry.register.actions.publishing import listing_of
from registry.register.models import PublicReason
from registry.trail.actions import events as trail


@transaction.atomic
def keep_reasons(
    decision: Decision,
    *,
    written: Mapping[str, str],
    but: Collection[int],
    appeal_by: date | None,
    by: User,
    at: datetime,
) -> list[PublicReason]:
    """Keep what is published of a decision, before the register is told: in the words of the pack, or as `written` by standard.

    `but` are the grounds that are not upheld. Raises `Refused` (reason_too_long, names_person, name_of_source, who_reported …).
    """
    today, organisation, scheme = timezone.localdate(at), decision.organisation, decision.subject.scheme
    composed = queries.composed_reasons(decision, schemes.in_force(scheme, today), but=but)
    own = {one.standard: written.get(one.standard, "").strip() for one in composed}
    own = {one.standard: own[one.standard] for one in composed if own[one.standard] not in ("", one.sentence["en"])}
    refuse_for(
        reason
        for one in composed
        if one.standard in own
        for reason in queries.said_in(own[one.standard], one.sentence["en"], organisation, where=one.field, by=by)
    )
    starts = decision.takes_effect if decision.kind == DecisionKind.IMPOSE else None
    return [
        reasons.keep_reason(
            listing_of(organisation, scheme),
            kind=one.kind,
            standard=one.standard,
            sentence={"en": own[one.standard]} if one.standard in own else one.sentence,
            is_composed=one.standard not in own,
            decision=decision.reference,
            shown_from=one.shown_from(today=today, starts=starts, appeal_by=appeal_by),
            by=by,
            at=at,
        )
        for one in composed
    ]


@transaction.atomic
def keep_of_tribunal(
    licence: Licence, *, standards: Sequence[str], appeal: str, on: date, by: User, at: datetime
) -> list[PublicReason]:
    """Keep why the conditions that a tribunal put on a licence are there, each standard once; they hold from `on`."""
    today = timezone.localdate(at)
    return [
        reasons.keep_reason(
            licence.listing,
            kind=one.kind,
            standard=one.standard,
            sentence=one.sentence,
            is_composed=True,
            decision=appeal,
            shown_from=one.shown_from(today=today, starts=on, appeal_by=None),
            by=by,
            at=at,
        )
        for one in queries.composed_of_conditions(standards, schemes.in_force(licence.scheme, today))
    ]


@transaction.atomic
def propose_correction(
    reason: PublicReason, *, sentence: str, because: str, by: User, at: datetime
) -> ReasonCorrection:
    """Propose another sentence for a published reason; nothing changes until another person agrees.

    Raises `Refused` (withdrawn, proposed_already, same_sentence, no_reason, names_person …).
    """
    permissions.require(by, "licensing.propose_decision")
    reason = trail.locked(reason, among=queries.reasons_seen_by(by))
    decision = Decision.objects.get(reference=reason.decision)
    is_open = ReasonCorrection.objects.filter(reason=reason, status="proposed").exists()
    refuse_for(
        [
            *rules.propose_correction_blockers(reason, is_open=is_open),
            *rules.text_of_correction_blockers(reason, sentence=sentence, because=because),
            *queries.said_in(sentence, "", decision.organisation, where="sentence", by=by),
        ]
    )
    correction = ReasonCorrection.objects.create(
        reference=new_reference("B"),
        decision=decision,
        reason=reason,
        sentence=sentence.strip(),
        because=because.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    trail.record(correction, "propose_correction", by=by, at=at, after=correction.status, decision=decision)
    return correction


@transaction.atomic
def agree_reason_correction(correction: ReasonCorrection, *, by: User, at: datetime) -> ReasonCorrection:
    """Agree as a second person: everyone reads the other sentence from now on. Raises `Refused` (same_person, wrong_state, withdrawn)."""
    permissions.require(by, "licensing.decide")
    trail.locked(correction.reason)
    correction = trail.locked(correction, among=ReasonCorrection.objects.visible_to(by))
    refuse_for(rules.agree_correction_blockers(correction, by=by))
    trail.move(correction, "agree_reason_correction", by=by, at=at, ended_by=by, ended_at=at)
    reasons.correct_reason(correction.reason, sentence=correction.sentence, by=by, at=at)
    return correction


@transaction.atomic
def refuse_reason_correction(correction: ReasonCorrection, *, because: str, by: User, at: datetime) -> ReasonCorrection:
    """Leave the sentence as it is. Raises `Refused` (same_person, wrong_state)."""
    permissions.require(by, "licensing.decide")
    correction = trail.locked(correction, among=ReasonCorrection.objects.visible_to(by))
    refuse_for(rules.refuse_correction_blockers(correction, by=by))
    return trail.move(correction, "refuse_reason_correction", by=by, at=at, because=because, ended_by=by, ended_at=at)
