"""The states of a monthly bulletin, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.editions.states import REVIEWS
from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

WRITES, RELEASES = "compliance.write_bulletins", "compliance.release_bulletins"
#: Those who see the log of who read one.
SEES = "registry.see_readers"
READS = (WRITES, RELEASES, SEES, REVIEWS)


class BulletinStatus(TextChoices):
    WRITTEN = "bulletin_written", _("Waiting for a second person")
    RELEASED = "bulletin_released", _("Released")
    REFUSED = "bulletin_refused", _("Not released")


S = BulletinStatus
_DECIDED = ("decided_by", "decided_at")

BULLETIN = Lifecycle(
    S.WRITTEN,
    move("release_bulletin", {S.WRITTEN}, S.RELEASED, sets=_DECIDED),
    move("refuse_bulletin", {S.WRITTEN}, S.REFUSED, sets=(*_DECIDED, "refused_because")),
    waits=(
        staff_wait(
            "release",
            {S.WRITTEN},
            _("Release or refuse a monthly bulletin"),
            RELEASES,
            organisation="",
            not_by=("written_by",),
            page="bulletin",
            seen_with=RELEASES,
        ),
        NoWait(S.RELEASED, "Partners read it."),
        NoWait(S.REFUSED, "Another can be written for the month."),
    ),
)
