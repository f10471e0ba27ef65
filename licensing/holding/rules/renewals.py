"""What must be true before a licence is renewed, and when its holder is reminded."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import NOT_OVER
from licensing.time_limits.rules import licensing as clocks
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.schemes import Scheme


def opens_on(licence: Licence, scheme: Scheme) -> date:
    """The first day on which the holder can ask for renewal (BRIEF70; when it opens is the pack's)."""
    return clocks.RENEWAL_OPENS.due_on(licence.valid_until, scheme=scheme)


def start_blockers(licence: Licence, others: Iterable[Application], *, scheme: Scheme, today: date) -> Iterator[Reason]:
    """Why the holder cannot begin to renew today: `others` are all applications of the organisation."""
    yield from open_blockers(licence, scheme=scheme, today=today)
    applying = (other for other in others if other.scheme == licence.scheme and other.alters_id is None)
    if any(other.status in NOT_OVER for other in applying):
        yield Reason("open_already", _("There is an open application for this organisation. Go on with that one."))


def open_blockers(licence: Licence, *, scheme: Scheme, today: date) -> Iterator[Reason]:
    """Why nobody could ask for renewal today, whatever else is under way."""
    gone = list(keep_blockers(licence, today=today))
    yield from gone
    opens = opens_on(licence, scheme)
    if today < opens and not gone:
        text = _("This licence can be renewed from {day}.")
        yield Reason("too_early", format_lazy(text, day=date_format(opens, "j F Y")))


def keep_blockers(licence: Licence, *, today: date) -> Iterator[Reason]:
    """Why there is nothing to renew: what has ended must be applied for anew (CHANGES, RENEW)."""
    yield from gone_blockers(licence)
    if today > licence.valid_until:
        text = _("The licence ended on {day}, so it cannot be renewed. Apply for a new one.")
        yield Reason("ended", format_lazy(text, day=date_format(licence.valid_until, "j F Y")))


def gone_blockers(licence: Licence) -> Iterator[Reason]:
    """A licence that was taken away, given up or ended is not brought back by a renewal; one that ran out is followed by a new one."""
    if licence.status != LicenceStatus.ACTIVE:
        text = _("The licence has been revoked, surrendered or ended, so it cannot be renewed.")
        yield Reason("licence_gone", text)


def next_first_day(application: Application, *, today: date) -> date | None:
    """The day on which a renewal begins: the one after the last day of the licence. None when there is nothing to carry on."""
    licence = application.renews
    if licence is None or licence.status != LicenceStatus.ACTIVE or licence.valid_until < today:
        return None
    return licence.valid_until + timedelta(days=1)


def first_day_blockers(application: Application, starts: date | None, *, today: date, where: str) -> Iterator[Reason]:
    """A renewal leaves no day without the licence and takes none away."""
    if application.renews is not None:
        yield from gone_blockers(application.renews)
    continues = next_first_day(application, today=today)
    if continues is not None and starts is not None and starts != continues:
        text = _("A renewal begins on the day after the last day of the licence: {day}.")
        yield Reason("not_continuous", format_lazy(text, day=date_format(continues, "j F Y")), where)


def reminders_due(weeks: Iterable[int], *, today: date) -> Iterator[tuple[int, date, date]]:
    """For each reminder, and the last day itself: the first and last of the days of expiry for which it is the one to send.

    Whoever was not reminded in time, because the service stood still, gets the next one only, not all of them at once.
    """
    steps = sorted({0, *weeks})
    after = today - timedelta(days=1)
    for step in steps:
        until = today + timedelta(weeks=step)
        yield step, after + timedelta(days=1), until
        after = until
