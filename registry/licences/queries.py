"""Licences of which something must still be published."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q

from registry import schemes
from registry.licences.models import Licence
from registry.licences.models.licences import LicenceQuerySet
from registry.licences.states import LicenceStatus
from registry.register.models import Entry, PublicReason
from registry.register.states import ReasonKind
from registry.trail.queries import beginnings


def run_out_unexplained(day: date) -> LicenceQuerySet:
    """Those that ran out before this day, are still what the register shows of their holder, and of which no reason is published."""
    wanted, begun = Q(pk__in=[]), beginnings.first_day(beginnings.RUN_OUTS_EXPLAINED)
    for scheme, since in _published_since(day):
        wanted |= Q(scheme=scheme, valid_until__gte=max(since, begun))
    own = {"listing": OuterRef("listing")}
    shown = Entry.objects.filter(**own, number=OuterRef("number"), shown_until=None)
    said = PublicReason.objects.filter(
        **own, kind=ReasonKind.EXPIRED, last_day=OuterRef("valid_until"), withdrawn_at=None
    )
    ran_out = Licence.objects.filter(wanted, status=LicenceStatus.ACTIVE, valid_until__lt=day)
    return ran_out.filter(Exists(shown), ~Exists(said))


def _published_since(day: date) -> Iterator[tuple[str, date]]:
    """The schemes that publish today that a licence ran out, and since when: what ran out before then is not said later."""
    for name in schemes.names():
        explaining = [one for one in schemes.versions(name) if one <= day and _explains(name, one)]
        if explaining and _explains(name, day):
            yield name, explaining[0]


def _explains(name: str, day: date) -> bool:
    return schemes.in_force(name, day).public.reasons.of_end(ReasonKind.EXPIRED) is not None
