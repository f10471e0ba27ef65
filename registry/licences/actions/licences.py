"""What is done to a licence. Called by licensing's decisions; each verb shows the change to the public in its own transaction."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences import queries, rules
from registry.licences.actions import numbers
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.register.actions import publishing as register
from registry.register.actions import reasons
from registry.register.models import Entry, PublicReason
from registry.register.states import ReasonKind
from registry.trail.actions import events as trail
from registry.trail.queries import chain


@transaction.atomic
def issue(
    organisation: Organisation,
    *,
    scheme: schemes.Scheme,
    sectors: Sequence[str],
    countries_supplied: Sequence[str],
    starts: date,
    until: date,
    by: User,
    at: datetime,
) -> Licence:
    """License the organisation from a day until a day, under a number of its own; the register says so at once."""
    permissions.require(by, "registry.issue_licence")
    listing = trail.locked(register.listing_of(organisation, scheme.name))
    held = list(listing.licences.all())
    refuse_for(rules.issue_blockers(held, valid_from=starts, valid_until=until, sectors=list(sectors)))
    licence = Licence.objects.create(
        number=numbers.draw(organisation.legal_name),
        organisation=organisation,
        listing=listing,
        scheme=scheme.name,
        version=scheme.version,
        sectors=list(sectors),
        countries_supplied=list(countries_supplied),
        granted_at=at,
        valid_from=starts,
        valid_until=until,
    )
    trail.record(
        licence,
        "issue",
        by=by,
        at=at,
        after=licence.status,
        organisation=organisation,
        valid_from=starts,
        valid_until=until,
    )
    register.publish(listing, at=at)
    return licence


@transaction.atomic
def renew(
    licence: Licence,
    *,
    scheme: schemes.Scheme,
    sectors: Sequence[str],
    countries_supplied: Sequence[str],
    until: date,
    by: User,
    at: datetime,
) -> Licence:
    """Let the licence go on under its number until a later day; what it covers is what was applied for. The register says so at once."""
    permissions.require(by, "registry.issue_licence")
    licence = trail.locked(licence)
    refuse_for(rules.renew_blockers(licence, until=until, sectors=list(sectors)))
    trail.move(
        licence,
        "renew",
        by=by,
        at=at,
        version=scheme.version,
        sectors=list(sectors),
        countries_supplied=list(countries_supplied),
        valid_until=until,
    )
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def modify(
    licence: Licence, *, sectors: Sequence[str], countries_supplied: Sequence[str], by: User, at: datetime
) -> Licence:
    """Let the licence cover what was applied for, and show who acts under it now, with the holder's consent (2004 Act, s.9(1)(a))."""
    permissions.require(by, "registry.issue_licence")
    licence = trail.locked(licence)
    refuse_for(rules.modify_blockers(licence, sectors=list(sectors)))
    trail.move(licence, "modify", by=by, at=at, sectors=list(sectors), countries_supplied=list(countries_supplied))
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def suspend(licence: Licence, *, starts: date, until: date, because: str, by: User, at: datetime) -> Licence:
    """Suspend the licence from a day; `until` is the last day of it (Gangmasters (Licensing) Act 2004, s.9(2))."""
    permissions.require(by, "registry.suspend_licence")
    licence = trail.locked(licence)
    refuse_for(rules.suspend_blockers(licence, starts=starts, until=until))
    trail.move(licence, "suspend", by=by, at=at, because=because, suspended_from=starts, suspended_until=until)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def lift(licence: Licence, *, lifted_from: date, because: str, by: User, at: datetime) -> Licence:
    """End a suspension: `lifted_from` is the first day on which the licence holds again."""
    permissions.require(by, "registry.suspend_licence")
    licence = trail.locked(licence)
    refuse_for(rules.lift_blockers(licence, lifted_from=lifted_from))
    never_began = licence.suspended_from is not None and lifted_from <= licence.suspended_from
    trail.move(
        licence,
        "lift",
        by=by,
        at=at,
        because=because,
        suspended_from=None if never_began else licence.suspended_from,
        suspended_until=None if never_began else lifted_from - timedelta(days=1),
    )
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def revoke(licence: Licence, *, takes_effect: date, because: str, by: User, at: datetime) -> Licence:
    """Take the licence away from a day on; the register says so at once (Gangmasters (Licensing) Act 2004, s.9)."""
    permissions.require(by, "registry.revoke_licence")
    licence = trail.locked(licence)
    refuse_for(rules.revoke_blockers(licence, takes_effect=takes_effect))
    trail.move(licence, "revoke", by=by, at=at, because=because, revoked_from=takes_effect, appealed_from=None)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def stay(licence: Licence, *, since: date, because: str, by: User, at: datetime) -> Licence:
    """Let a licence that was revoked go on until an appeal is decided; the register says so at once (Appeals Regulations 2006).

    It goes on as it was, whether or not the day of the revocation had come; that day is the decision's to remember.
    """
    permissions.require(by, "registry.stay_revocation")
    licence = trail.locked(licence)
    refuse_for(rules.stay_blockers(licence, held=list(licence.listing.licences.all())))
    trail.move(licence, "stay", by=by, at=at, because=because, revoked_from=None, appealed_from=since)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def stay_suspension(licence: Licence, *, because: str, by: User, at: datetime) -> Licence:
    """Let a licence that was suspended go on until an appeal is decided, as if it were not; the register says so at once."""
    permissions.require(by, "registry.stay_revocation")
    licence = trail.locked(licence)
    refuse_for(licence.lifecycle.blockers(licence.status, "stay_suspension"))
    trail.move(licence, "stay_suspension", by=by, at=at, because=because, suspended_from=None, suspended_until=None)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def reinstate(licence: Licence, *, because: str, by: User, at: datetime) -> Licence:
    """Set a revocation aside because an appeal against it was allowed: the licence is as if it had not been revoked."""
    permissions.require(by, "registry.revoke_licence")
    licence = trail.locked(licence)
    refuse_for(rules.reinstate_blockers(licence, held=list(licence.listing.licences.all())))
    trail.move(licence, "reinstate", by=by, at=at, because=because, revoked_from=None, appealed_from=None)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def surrender(licence: Licence, *, takes_effect: date, because: str, by: User, at: datetime) -> Licence:
    """Accept that the holder gives the licence up: a revocation by consent (Gangmasters (Licensing) Act 2004, s.9(1)(a))."""
    permissions.require(by, "registry.surrender_licence")
    licence = trail.locked(licence)
    refuse_for(rules.surrender_blockers(licence, takes_effect=takes_effect))
    trail.move(licence, "surrender", by=by, at=at, because=because, surrendered_from=takes_effect, appealed_from=None)
    reasons.keep_end(licence.listing, ReasonKind.SURRENDERED, last_day=licence.last_day, by=by, at=at)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def take_back_surrender(licence: Licence, *, because: str, by: User, at: datetime) -> Licence:
    """Let the licence go on because its holder keeps it after all; the register says so at once. Who may ask is licensing's to judge.

    A clock that was set back does not bring back a licence that has ended: the day is no earlier than the last one on the trail.
    """
    permissions.require(by, "licensing.apply")
    licence = trail.locked(licence)
    today = max(timezone.localdate(at), chain.last_day())
    shown = Entry.objects.filter(listing=licence.listing, number=licence.number, surrendered_from=None)
    before = shown.order_by("-entry_number").first()
    was_appealed = before is not None and before.appealed_from is not None
    held = list(licence.listing.licences.all())
    refuse_for(rules.take_back_surrender_blockers(licence, held=held, was_appealed=was_appealed, today=today))
    said = licence.listing.reasons.filter(kind=ReasonKind.SURRENDERED, withdrawn_at=None)
    # A reason of before the sentence was made of facts has no last day.
    of_it = list(said.filter(Q(last_day=licence.last_day) | Q(last_day=None)))
    trail.move(licence, "take_back_surrender", by=by, at=at, because=because, surrendered_from=None)
    for reason in of_it:
        reasons.withdraw_reason(reason, because=because, by=by, at=at)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def end(licence: Licence, *, ended_from: date, because: str, by: User, at: datetime) -> Licence:
    """End the licence because the holder's company, tax or VAT number has changed (2009 Rules, r.5)."""
    permissions.require(by, "registry.end_licence")
    licence = trail.locked(licence)
    refuse_for(licence.lifecycle.blockers(licence.status, "end"))
    trail.move(licence, "end", by=by, at=at, because=because, ended_from=ended_from, appealed_from=None)
    reasons.keep_end(licence.listing, ReasonKind.ENDED, last_day=licence.last_day, by=by, at=at)
    register.publish(licence.listing, at=at)
    return licence


@transaction.atomic
def explain_run_out(licence: Licence, *, by: None, at: datetime) -> PublicReason | None:
    """Publish that the licence ran out and was not renewed. Does nothing a second time."""
    licence = trail.locked(licence)
    if not queries.run_out_unexplained(timezone.localdate(at)).filter(pk=licence.pk).exists():
        return None
    kept = reasons.keep_end(licence.listing, ReasonKind.EXPIRED, last_day=licence.valid_until, by=by, at=at)
    register.publish(licence.listing, at=at)
    return kept
