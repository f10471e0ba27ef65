"""The list of complaints about our service."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.complaints.filters import ComplaintFilter
from registry.complaints.queries import complaints
from registry.complaints.states import ANSWERS, REVIEWS_ANSWERS
from registry.worklists import Column, WorkList, due_column

COMPLAINTS = WorkList(
    "complaints",
    _("Complaints about our service"),
    url="staff/complaints/",
    permission=(ANSWERS, REVIEWS_ANSWERS),
    query=lambda asked, by, at: complaints(asked, by=by),
    filters=ComplaintFilter,
    columns=(
        Column("reference", _("Complaint"), "reference", link="complaint"),
        Column("received_at", _("Received"), "moment"),
        Column("kind", _("What went wrong"), value="get_kind_display"),
        Column("about", _("About"), value="get_about_display"),
        due_column(ComplaintFilter),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s complaint", "%(how_many)s complaints", "n"),
    nothing=_("There is nothing on this list yet."),
    template="registry/complaints/list.html",
    about=_("What people complained of in our own work: answer, and look again at what someone else answered"),
    has_csv=False,
)
