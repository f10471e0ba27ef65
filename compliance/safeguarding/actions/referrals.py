"""People who may be victims: prepared in closed fields, read by a second person, sent; and who they are, sealed or erased.

The trail keeps that something was done, and no word of the person.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance import vault
from compliance.guarded_sharing import actions as guard
from compliance.inspections.models import Inspection
from compliance.reports.models.reports import Report
from compliance.safeguarding.actions import concerns
from compliance.safeguarding.actions import follow_ups as aftercare
from compliance.safeguarding.models.codes import ReferralConsent
from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.safeguarding.models.people import PersonErased, Support
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.rules import guarding
from compliance.safeguarding.rules import referrals as rules
from compliance.safeguarding.rules.referrals import Facts
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Reason, Refused, refuse_for
from registry.organisations.models import Organisation
from registry.reasons import reason_blockers
from registry.schemes import Scheme
from registry.schemes.safeguarding import Safeguarding
from registry.trail.actions import events as trail


@transaction.atomic
def prepare(
    *,
    kind: str,
    facts: Facts,
    scheme: Scheme,
    report: Report | None = None,
    inspection: Inspection | None = None,
    organisation: Organisation | None = None,
    by: User,
    at: datetime,
) -> Referral:
    """Write down what is reported of one person, without who it is; a second person reads it before it is sent.

    Raises `Refused` (switched_off, needs_consent, not_informed, unknown_code, conflicted …).
    """
    permissions.require(by, "compliance.prepare_referral")
    about = organisation or _organisation_of(report, inspection)
    if about is not None:
        refuse_for(permissions.conflict_blockers(by, about))
    refuse_for(_facts_blockers(kind, facts, scheme, at))
    referral = Referral.objects.create(
        reference=new_reference("W"),
        kind=kind,
        scheme=scheme.name,
        version=scheme.version,
        report=report,
        inspection=inspection,
        organisation=about,
        prepared_by=by,
        prepared_at=at,
        **facts.columns(),
    )
    trail.record(referral, "prepare", by=by, at=at, after=referral.status, report=report, inspection=inspection)
    aftercare.begin_stage(referral, "prepared", by=by, at=at)
    for concern in SafeguardingConcern.objects.answered_by(referral):
        concerns.answer_with_referral(concern, referral, by=by, at=at)
    return referral


@transaction.atomic
def prepare_again(referral: Referral, *, facts: Facts, by: User, at: datetime) -> Referral:
    """Correct what a second reader gave back. Raises `Refused` (not_theirs, unknown_code …)."""
    permissions.require(by, "compliance.prepare_referral")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.prepare_again_blockers(referral, by=by))
    refuse_for(rules.correct_blockers(referral, facts, has_person=vault.has_person(referral)))
    scheme = schemes.get(referral.scheme, referral.version)
    refuse_for(_facts_blockers(referral.kind, facts, scheme, at))
    columns = {name: value for name, value in facts.columns().items() if name != "is_child"}
    for name, value in columns.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(columns))
    return trail.move(referral, "prepare_again", by=by, at=at, returned_why="")


@transaction.atomic
def identify(referral: Referral, *, identity: Mapping[str, str], by: User, at: datetime) -> Referral:
    """Seal who the person is: a child, or an adult who has consented. Raises `Refused` (no_consent, sent_already, no_name).

    `identity`: `name`, `date_of_birth`, `contact`, `suspects`, `others`.
    """
    permissions.require(by, "compliance.prepare_referral")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.identify_blockers(referral, identity))
    vault.keep_person(referral, identity, at=at)
    trail.record(referral, "identify", by=by, at=at)
    return referral


@transaction.atomic
def look(referral: Referral, *, because: str, by: User, at: datetime) -> dict[str, str]:
    """Open who the person is. Raises `Refused` (not_theirs, nobody_there, no_reason, names_somebody, not_opened)."""
    _allow(by)
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    identity = _opened(referral, because=because, by=by, at=at)
    trail.record(referral, "look", by=by, at=at, because=because)
    return identity


@transaction.atomic
def second_read(referral: Referral, *, by: User, at: datetime) -> Referral:
    """Stand by it as a second person: it can be sent, and its facts do not change. Raises `Refused` (own_referral …)."""
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.second_read_blockers(referral, has_person=vault.has_person(referral), by=by))
    return trail.move(referral, "second_read", by=by, at=at, read_by=by, read_at=at)


@transaction.atomic
def give_back(referral: Referral, *, why: str, by: User, at: datetime) -> Referral:
    """Return it to whoever prepared it, for one of a closed list of reasons."""
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.give_back_blockers(referral, by=by))
    return trail.move(referral, "give_back", by=by, at=at, returned_why=why)


@transaction.atomic
def send(referral: Referral, *, by: User, at: datetime) -> Referral:
    """Write down that it was sent; from now on it stays as it is.

    Raises `Refused` (needs_consent, no_identity, no_stated_basis …).
    """
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.send_blockers(referral, has_person=vault.has_person(referral)))
    guard.share_as_stated(referral, guarding.stated_request(referral), by=by, at=at)
    sent = trail.move(referral, "send", by=by, at=at, sent_by=by, sent_at=at)
    aftercare.begin_stage(sent, "sent", by=by, at=at)
    return sent


@transaction.atomic
def send_at_once(referral: Referral, *, why: str, by: User, at: datetime) -> Referral:
    """In an emergency: write down that it was sent before a second person read it; they read it afterwards, within a clock.

    Raises `Refused` (no_emergency, no_identity, needs_consent, not_a_child, not_at_once, no_stated_basis, wrong_state …).
    """
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.send_at_once_blockers(referral, has_person=vault.has_person(referral), why=why))
    guard.share_as_stated(referral, guarding.stated_request(referral, at_once=why), by=by, at=at)
    sent = trail.move(referral, "send_at_once", by=by, at=at, sent_by=by, sent_at=at, at_once_why=why)
    aftercare.begin_stage(sent, "sent", by=by, at=at)
    return sent


@transaction.atomic
def read_after(referral: Referral, *, by: User, at: datetime) -> Referral:
    """Read as the second person what was sent at once. Raises `Refused` (own_referral, wrong_state …)."""
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.read_after_blockers(referral, by=by))
    return trail.move(referral, "read_after", by=by, at=at, read_by=by, read_at=at)


@transaction.atomic
def decide_reasonable_grounds(referral: Referral, *, decided: str, on: date, by: User, at: datetime) -> Referral:
    """Keep the decision on reasonable grounds, and its day."""
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.answer_blockers(referral, on=on, today=timezone.localdate(at)))
    moved = trail.move(referral, "decide_reasonable_grounds", by=by, at=at, reasonable=decided, reasonable_on=on)
    aftercare.begin_stage(moved, "grounds", by=by, at=at)
    return moved


@transaction.atomic
def conclude(referral: Referral, *, decided: str, on: date, by: User, at: datetime) -> Referral:
    """Keep the decision on conclusive grounds, and its day."""
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.conclude_blockers(referral, on=on, today=timezone.localdate(at)))
    moved = trail.move(referral, "conclude", by=by, at=at, conclusive=decided, conclusive_on=on)
    aftercare.begin_stage(moved, "concluded", by=by, at=at)
    return moved


@transaction.atomic
def drop(referral: Referral, *, why: str, by: User, at: datetime) -> Referral:
    """End it unsent, for one of a closed list of reasons."""
    permissions.require(by, "compliance.read_referrals")
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(referral.lifecycle.blockers(referral.status, "drop"))
    return trail.move(referral, "drop", by=by, at=at, dropped_why=why)


@transaction.atomic
def withdraw_consent(referral: Referral, *, why: str, by: User, at: datetime) -> Referral:
    """Erase who the person is, for good, at any stage; what remains says that there was an identity, and not whose.

    Raises `Refused` (not_named, not_a_child).
    """
    _allow(by)
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(rules.withdraw_blockers(referral, why=why))
    PersonErased.objects.create(referral=referral, why=why, by=by, at=at)
    erased = vault.erase_person(referral)
    referral.consent = ReferralConsent.WITHDRAWN
    referral.save(update_fields=["consent"])
    trail.record(referral, "withdraw_consent", by=by, at=at, why=why, erased=erased)
    return referral


@transaction.atomic
def offer_support(
    referral: Referral, *, service: str, offered_on: date, accepted: bool, by: User, at: datetime
) -> Support:
    """Keep which help was offered, when, and whether the person took it."""
    _allow(by)
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    words = _words(schemes.get(referral.scheme, referral.version))
    refuse_for(rules.support_blockers(service, words, offered_on=offered_on, today=timezone.localdate(at)))
    support = Support.objects.create(
        referral=referral, service=service, offered_on=offered_on, accepted=accepted, by=by, at=at
    )
    trail.record(referral, "offer_support", by=by, at=at, service=service, accepted=accepted)
    return support


@transaction.atomic
def export(referral: Referral, *, because: str, by: User, at: datetime) -> dict[str, str]:
    """Take it away in the fields of the regulations: gives the identity that goes with it, none for whoever may not be named.

    Raises `Refused` (no_reason, names_somebody …). The trail keeps who, why, and whether somebody was named.
    """
    _allow(by)
    referral = trail.locked(referral)
    refuse_for(rules.theirs_blockers(referral, by=by))
    refuse_for(reason_blockers(because))
    named = referral.may_be_named and vault.has_person(referral)
    identity = _opened(referral, because=because, by=by, at=at) if named else {}
    trail.record(referral, "export", by=by, at=at, because=because, named=bool(named))
    return identity


def _opened(referral: Referral, *, because: str, by: User, at: datetime) -> dict[str, str]:
    """The look is written down before it opens; a reason that names somebody undoes it all, and shows nothing."""
    refuse_for(rules.look_blockers(referral, has_person=vault.has_person(referral), by=by, because=because))
    try:
        identity = vault.open_person(referral, because=because, reader=by.reference, at=at)
    except vault.NotOpened as shut:
        raise Refused([rules.NOT_OPENED]) from shut
    refuse_for(rules.unsaid_blockers(because, identity))
    return identity


def _allow(by: User) -> None:
    if not by.has_perm("compliance.read_referrals"):
        permissions.require(by, "compliance.prepare_referral")


def _organisation_of(report: Report | None, inspection: Inspection | None) -> Organisation | None:
    if inspection is not None:
        return inspection.organisation
    return report.organisation if report is not None else None


def _facts_blockers(kind: str, facts: Facts, scheme: Scheme, at: datetime) -> Iterator[Reason]:
    return rules.prepare_blockers(kind, facts, _words(scheme), sectors=_sectors(scheme), today=timezone.localdate(at))


def _words(scheme: Scheme) -> Safeguarding:
    words = scheme.safeguarding
    if words is None or not words.referrals:
        raise Refused([rules.SWITCHED_OFF])
    return words


def _sectors(scheme: Scheme) -> Sequence[str]:
    return [one.code for one in scheme.sectors]
