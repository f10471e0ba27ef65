"""What applicants and holders see: their applications and licences, what they must do, what they are told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import NOT_OVER
from registry import live_codes as signing
from registry.accounts.models import User
from registry.errors import Reason, Refused
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.register.models import Entry
from registry.register.states import Standing

_GONE = _("You do not hold this licence any more. You must not supply workers under it.")
#: What a standing means for the holder, who is not addressed by the words for the public.
FOR_HOLDER: dict[Standing, Promise] = {
    Standing.LICENSED: _("You may supply workers until the end of {last}."),
    Standing.LICENSED_WITH_CONDITIONS: _(
        "You may supply workers until the end of {last}. You must meet your conditions."
    ),
    Standing.REVOCATION_TO_COME: _(
        "We have decided to take your licence away. You may supply workers until the end of {last} at the latest."
    ),
    Standing.SUSPENDED: _("Your licence is suspended. You must not supply workers until the suspension has ended."),
    Standing.REVOKED: _GONE,
    Standing.SURRENDERED: _GONE,
    Standing.EXPIRED: _GONE,
    Standing.APPLIED: _("Your licence has not begun. You must not supply workers before {first}."),
}
NOTHING_TO_SHOW = _("There is no code to show: the register does not show a licence today.")


@dataclass(frozen=True, slots=True)
class HolderLicence:
    """A licence as its holder sees it: with what the public reads of it today."""

    licence: Licence
    entry: Entry | None

    @property
    def standing(self) -> Standing | None:
        return Standing(self.entry.standing) if self.entry else None

    @property
    def means(self) -> str:
        """What it means for the holder today, in a sentence to the holder."""
        words = FOR_HOLDER.get(self.standing) if self.standing else None
        first, last = (date_format(day, "j F Y") for day in (self.licence.valid_from, self.licence.last_day))
        return str(words).format(first=first, last=last) if words else ""


def licences_of(user: User, *, today: date) -> list[HolderLicence]:
    """The licences of the organisations that this user acts for, newest first, each as the register shows it today."""
    mine = Licence.objects.filter(organisation__in=Organisation.objects.acted_for_by(user))
    licences = list(mine.select_related("organisation").order_by("-granted_at", "-pk"))
    entries = _entries([licence.number for licence in licences], today=today)
    return [HolderLicence(licence, entries.get(licence.number)) for licence in licences]


def held(licence: Licence, *, today: date) -> HolderLicence:
    return HolderLicence(licence, _entries([licence.number], today=today).get(licence.number))


def live_code(licence: Licence, *, at: datetime) -> str:
    """The code that the holder shows on a screen during this minute. Refused unless the register shows a licence that day."""
    entry = held(licence, today=timezone.localdate(at)).entry
    if entry is None or not entry.is_licensed:
        raise Refused([Reason("not_licensed", NOTHING_TO_SHOW)])
    return signing.live_code(settings.SECRET_KEY, licence.listing.code, at=at)


def _entries(numbers: list[str], *, today: date) -> dict[str, Entry]:
    """The last entry of each number, with its standing today."""
    shown = Entry.objects.filter(number__in=numbers).standing_on(today).order_by("entry_number")
    return {entry.number: entry for entry in shown}


def applications_under_way(licence: Licence) -> list[str]:
    """The applications to renew or to alter the licence that are not over."""
    about = Application.objects.filter(Q(renews=licence) | Q(alters=licence), status__in=NOT_OVER)
    return list(about.order_by("pk").values_list("reference", flat=True))
