"""Showing applicants, and showing anew what has changed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.register.actions import publishing as register
from registry.register.models import Entry, Listing
from registry.trail.actions import events as trail


@transaction.atomic
def show_applicant(
    organisation: Organisation,
    *,
    scheme: str,
    sectors: Sequence[str],
    supplies_to: Sequence[str],
    applied_on: date,
    by: User | None,
    at: datetime,
) -> Entry:
    """Show on the register that the organisation has applied. One that has held a licence keeps saying what became of it."""
    listing = register.listing_of(organisation, scheme)
    trail.record(listing, "show_applicant", by=by, at=at, organisation=organisation, applied_on=applied_on)
    applied = register.ApplicationNotice(applied_on, tuple(sectors), tuple(supplies_to))
    return register.publish(listing, at=at, applied=applied)


@transaction.atomic
def show_refusal(
    organisation: Organisation, *, scheme: str, refused_from: date, by: User | None, at: datetime
) -> Entry:
    """Show on the register that an application was refused: only where the pack publishes refusals."""
    listing = register.listing_of(organisation, scheme)
    trail.record(listing, "show_refusal", by=by, at=at, organisation=organisation, refused_from=refused_from)
    shown = Entry.objects.filter(listing=listing, shown_until=None).get()
    applied = register.ApplicationNotice(
        shown.applied_on, tuple(shown.sectors), tuple(shown.supplies_to), refused_from=refused_from
    )
    return register.publish(listing, at=at, applied=applied)


@transaction.atomic
def hide_applicant(organisation: Organisation, *, scheme: str, by: User | None, at: datetime) -> None:
    """Take an applicant that never held a licence off the register; one that did keeps its entry."""
    for listing in Listing.objects.filter(organisation=organisation, scheme=scheme, licences=None):
        trail.record(listing, "hide", by=by, at=at, organisation=organisation)
        register.hide(listing, at=at)


@transaction.atomic
def republish(organisation: Organisation, *, by: User | None, at: datetime) -> list[Entry]:
    """Show what has changed of the organisation on each of its listings that the public can see."""
    shown = Listing.objects.filter(organisation=organisation, entries__shown_until=None).distinct().order_by("pk")
    return [register.publish(listing, at=at) for listing in shown]
