"""What must be true before an officer says whether a business whose licence has run out still supplies workers."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.reasons import reason_blockers


def see_blockers(
    licence: Licence,
    *,
    has_run_out: bool,
    is_seen: bool,
    is_renewed: bool,
    is_held_anew: bool,
    because: str | None = None,
) -> Iterator[Reason]:
    """`is_renewed`: an application to renew it is being decided. A reason of None is not typed yet."""
    yield from _over_blockers(licence, has_run_out=has_run_out)
    if is_renewed:
        yield Reason("being_renewed", _("An application to renew the licence is being decided."))
    if is_held_anew:
        yield Reason("held_anew", _("The business holds another licence now."))
    if is_seen:
        yield Reason("seen_already", _("An officer has answered this already."))
    yield from reason_blockers(because)


def _over_blockers(licence: Licence, *, has_run_out: bool) -> Iterator[Reason]:
    if licence.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))
    elif not has_run_out:
        text = _("The licence runs until the end of {day}. Answer this after that day.")
        yield Reason("still_runs", format_lazy(text, day=date_format(licence.valid_until, "j F Y")))
