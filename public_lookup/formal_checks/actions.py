"""Formal checks: a labour user says who they are and asks; the answer is signed, and the labour provider is told who asked."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from public_lookup.certificates import letters as papers
from public_lookup.follows.models.follows import Follow, FollowChannel, Told
from public_lookup.follows.queries import follows as followed
from public_lookup.formal_checks import queries as found
from public_lookup.formal_checks import rules
from public_lookup.formal_checks.models import FormalCheck
from public_lookup.lookup.queries import entries
from public_lookup.open_data.queries import changes
from public_lookup.receipts import actions as receipts
from public_lookup.receipts.models import Receipt
from registry import permissions, workdays
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.register.models import Listing


@transaction.atomic
def make(
    number: str,
    *,
    business: str,
    name: str,
    telephone: str,
    because: str,
    organisation: str = "",
    by: User,
    at: datetime,
) -> FormalCheck:
    """Ask the register as somebody named: the answer is signed with who asked, and the holder is told who, never why.

    For as long as the scheme says, `by` is told by email of what the register says anew. Raises `NotShown` where nobody with
    this number is on the register, and `Refused` (no_formal_check, checked_today, no_purpose).
    """
    permissions.require(by, "public_lookup.make_formal_check")
    shown = entries.entry(number, at=at)
    # One at a time: pressed twice at once, the holder is told once.
    listing = Listing.objects.select_for_update().get(pk=shown.entry.listing_id)
    last_on = found.last_formal_check(by, listing)
    refuse_for(rules.formal_check_blockers(shown.scheme, last_on=last_on, on=shown.on))
    who = {"business": business, "name": name}
    receipt = receipts.take(shown.number, as_at=at, checked_by=who, organisation=organisation, by=by, at=at)
    told_until = _told_until(shown)
    check = FormalCheck.objects.create(
        receipt=receipt,
        business=business,
        name=name,
        telephone=telephone,
        because=because,
        told_until=told_until,
        follow=_following(listing, by=by, at=at) if told_until else None,
    )
    _tell(check, listing, by=by, at=at)
    return check


@transaction.atomic
def keep(number: str, *, organisation: str = "", by: User, at: datetime) -> Receipt:
    """Keep a proof in one's account, of which no one is told. Raises `NotShown`, and `Refused` (no_purpose)."""
    permissions.require(by, "public_lookup.make_formal_check")
    return receipts.take(number, as_at=at, organisation=organisation, by=by, at=at)


@transaction.atomic
def stop_telling(*, by: None, at: datetime) -> int:
    """Send nothing more about checks whose last day is over, unless a later one of the same person goes on. Says how many."""
    over = found.follows_over(timezone.localdate(at))
    return Follow.objects.filter(pk__in=list(over.values_list("pk", flat=True))).update(stopped_at=at)


def _told_until(shown: entries.PublicEntry) -> date | None:
    rules_of_it = shown.scheme.formal_check
    months = rules_of_it.told_months if rules_of_it else 0
    return workdays.add_months(shown.on, months) if months else None


def _following(listing: Listing, *, by: User, at: datetime) -> Follow | None:
    """Follow for them: the address of an account was confirmed when it was made. None where they follow it by themselves."""
    wish = {
        "listing": listing,
        "place": "",
        "sector": "",
        "check_list": None,
        "channel": FollowChannel.EMAIL,
        "address": by.email,
        "stopped_at": None,
    }
    own = Follow.objects.select_for_update().filter(**wish).first()
    if own and own.confirmed_at and not own.formal_checks.exists():
        return None
    if own and own.confirmed_at:
        return own
    Told.held(begins=str(changes.Position.newest()), at=at)
    follow = own or Follow(**wish, language=by.language, asked_at=at)
    follow.confirmed_at = at
    for one in followed.news([listing.pk], at=at):
        follow.told_entry, follow.told_standing = one.newest, one.standing
    follow.save()
    return follow


def _tell(check: FormalCheck, listing: Listing, *, by: User, at: datetime) -> None:
    facts = {
        "scheme": listing.scheme,
        "holder": check.receipt.name,
        "number": check.receipt.licence_number,
        "receipt": check.receipt.number,
        "business": check.business,
        "name": check.name,
        "telephone": check.telephone,
        "told_until": check.told_until,
    }
    sending.queue(
        "public_lookup/letters/checked.html",
        to=listing,
        subject=_("A labour user has checked you on the register"),
        facts=facts,
        about=check.receipt.licence_number,
        at=at,
    )
    sending.queue(
        "public_lookup/letters/check_made.html",
        to=by,
        subject=_("Your formal check"),
        facts={**facts, "address": papers.address_of(check.receipt)},
        about=check.receipt.number,
        at=at,
    )
