"""The list of decisions."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.decisions.filters import DecisionFilter
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import work_list as queries
from registry import web
from registry.accounts.models import User
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList, due_column

SEES_DECISIONS = "licensing.view_decisions"


def at_once(decision: Decision) -> str | Promise:
    return _("immediate") if decision.immediate else ""


def _views(user: User) -> web.Offered:
    return (
        (_("All"), ""),
        *([(_("For me to decide"), "mine=on")] if user.has_perm("licensing.decide") else []),
        (_("Proposed"), "status=proposed"),
        (_("Notified"), "status=notified"),
    )


DECISIONS = WorkList(
    "decisions",
    _("Decisions"),
    url="staff/decisions/",
    permission=SEES_DECISIONS,
    query=lambda asked, by, at: queries.decisions(asked, by=by, on=timezone.localdate(at)),
    filters=DecisionFilter,
    columns=(
        Column("reference", _("Decision"), "reference", link="decision", show=EVERYWHERE),
        Column("kind", _("Kind"), "choice", sort="kind", show=EVERYWHERE),
        Column("at_once", _("Immediate"), value=lambda row, on: at_once(row), under="kind", show=("page",)),
        Column("status", _("Status"), "status", sort="status", at_end=True, show=EVERYWHERE),
        Column("organisation", _("Organisation"), "organisation", heading=_("About"), show=EVERYWHERE),
        Column(
            "about",
            _("About"),
            "reference",
            value="subject.reference",
            under="organisation",
            show=EVERYWHERE,
            about="The application or licence",
        ),
        Column("immediate", _("Immediate"), "yes_no", show=FILES),
        Column("proposed_at", _("Proposed"), "moment", sort="proposed", show=EVERYWHERE),
        Column("proposed_by", _("Proposed by"), "person", under="proposed_at", may_be_empty=True, show=EVERYWHERE),
        Column("notified_at", _("Notified"), "moment", show=("csv",)),
        Column("reply_by", _("Reply by"), "day", sort="reply", may_be_empty=True, show=EVERYWHERE),
        Column("decided_at", _("Decided"), "moment", may_be_empty=True, show=FILES),
        Column("decided_by", _("Decided by"), "person", may_be_empty=True, show=FILES),
        Column("appeal_by", _("Appeal by"), "day", show=("csv",)),
        due_column(DecisionFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s decision", "%(how_many)s decisions", "n"),
    nothing=_("No decision matches. Take a filter off, or look for another name."),
    views=_views,
    about=_("Proposed decisions to take"),
    preview=RowPreview(),
)
