"""The list of messages of applicants that no officer has read yet."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.messages import queries
from licensing.messages.filters import MessageFilter
from registry.worklists import Column, WorkList

MESSAGES = WorkList(
    "messages",
    _("Messages"),
    url="staff/messages/",
    permission="licensing.view_applications",
    query=lambda asked, by, at: queries.messages(asked, by=by),
    filters=MessageFilter,
    columns=(
        Column("at", _("Written"), "moment"),
        Column("application", _("Application"), "reference", template="licensing/messages/case_cell.html"),
        Column("organisation", _("Organisation"), "organisation", value="application.organisation"),
        Column("case_officer", _("Case officer"), "person", value="application.case_officer", absent=_("No one yet")),
        Column("text", _("Message"), letters=120),
    ),
    count_in_words=ngettext_lazy("%(how_many)s message not read", "%(how_many)s messages not read", "n"),
    nothing=_("Every message has been read."),
    about=_("Unread messages from applicants"),
    waiting=lambda user, today: queries.messages_waiting_for(user),
    has_csv=False,
)
