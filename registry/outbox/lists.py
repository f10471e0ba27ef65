"""The list of what could not be delivered."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.outbox.filters import UndeliveredFilter
from registry.outbox.models import OutboxItem
from registry.outbox.queries import undelivered
from registry.worklists import Column, WorkList


def _receiver(item: OutboxItem) -> str:
    letter = item.letter_to_business
    return str(letter.receiver) if letter else ""


UNDELIVERED = WorkList(
    "undelivered",
    _("Messages that could not be delivered"),
    url="staff/letters/",
    permission="registry.view_undelivered",
    query=lambda asked, by, at: undelivered(asked, by=by, at=at),
    filters=UndeliveredFilter,
    columns=(
        Column("reference", _("Message"), template="registry/outbox/message_cell.html"),
        Column("kind", _("Kind"), "choice"),
        Column("receiver", _("To"), value=lambda row, on: _receiver(row), absent=_("Not shown")),
        Column("made_at", _("Written"), "moment"),
        Column("why", _("Why it has not arrived"), value="fault", template="registry/outbox/why_cell.html"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s message", "%(how_many)s messages", "n"),
    nothing=_("Every message has arrived, or is on its way."),
    template="registry/outbox/undelivered.html",
    about=_("Emails, text messages and webhook posts that failed, to send again"),
    has_csv=False,
)
