"""Lists of checks: for officers all of them, for the people of another authority what was put to it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from licensing.checks.filters import CheckFilter, PartnerFilter
from licensing.checks.queries import askings as queries
from licensing.checks.queries.checks import title_of
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList

SEES_CHECKS, ANSWERS = "licensing.view_applications", "licensing.answer_checks"

# What was replied is not among the columns: it is read where its restriction is said.
CHECKS = WorkList(
    "staff_checks",
    _("Checks"),
    url="staff/checks/",
    permission=SEES_CHECKS,
    query=lambda asked, by, at: queries.checks(asked, by=by, on=timezone.localdate(at)),
    filters=CheckFilter,
    columns=(
        Column("reference", _("Check"), show=FILES),
        Column(
            "title",
            _("What is checked"),
            heading=_("Check"),
            value=lambda row, on: title_of(row),
            link="staff_check",
            template="licensing/checks/title_cell.html",
        ),
        Column(
            "case",
            _("Case"),
            "reference",
            value="case.reference",
            template="licensing/checks/case_cell.html",
            show=EVERYWHERE,
            about="The application or change that it belongs to",
        ),
        Column("organisation", _("Organisation"), "organisation", under="case", show=EVERYWHERE),
        Column("code", _("Code"), show=("api",)),
        Column("about", _("About"), value="subject", show=EVERYWHERE),
        Column("agency", _("Authority"), value=lambda row, on: row.agency.name if row.agency else "", show=FILES),
        Column("sent_on", _("Sent"), "day", may_be_empty=True, show=FILES),
        Column(
            "due_on",
            _("Due"),
            "day",
            late=lambda row, on: row.is_overdue(on),
            template="licensing/checks/due_cell.html",
            may_be_empty=True,
            show=EVERYWHERE,
        ),
        Column(
            "reminders",
            _("Reminders"),
            "number",
            value=lambda row, on: sum(one.kind == "chaser" for one in row.askings.all()),
            show=("csv",),
        ),
        Column("overdue", _("Overdue"), "yes_no", value=lambda row, on: row.is_overdue(on), show=("csv",)),
        Column("result", _("Reply"), "status", absent=_("None yet"), show=EVERYWHERE),
        Column(
            "overridden",
            _("Overridden"),
            "yes_no",
            value=lambda row, on: row.is_overridden,
            show=FILES,
            about="Whether two officers decided otherwise than the authority replied",
        ),
        Column("replied_on", _("Day of the reply"), "day", under="result", may_be_empty=True, show=EVERYWHERE),
    ),
    count_in_words=ngettext_lazy("%(how_many)s check", "%(how_many)s checks", "n"),
    nothing=_("No check matches. Take a filter off, or look for another name."),
    views=(
        (_("All"), ""),
        (_("Of my cases"), "mine=on"),
        (_("Overdue"), "state=overdue"),
        (_("No one is asked yet"), "agency=nobody&state=open"),
    ),
    template="licensing/checks/officer_checks.html",
    about=_("Checks sent to other authorities, and those overdue"),
    preview=RowPreview(),
)

PARTNER_CHECKS = WorkList(
    "partner_checks",
    _("Checks put to us"),
    url="partner/",
    permission=ANSWERS,
    query=lambda asked, by, at: queries.checks_put_to(asked, by=by, on=timezone.localdate(at)),
    filters=PartnerFilter,
    columns=(
        Column(
            "title",
            _("Check"),
            value=lambda row, on: title_of(row),
            link="partner_check",
            template="licensing/checks/title_link.html",
        ),
        Column("reference", _("Reference"), "reference", under="title"),
        Column("subject", _("About")),
        Column("due_on", _("Due"), "day", late=lambda row, on: row.is_overdue(on)),
        Column("result", _("Our reply"), "status", absent=_("None yet")),
    ),
    count_in_words=ngettext_lazy("%(how_many)s check", "%(how_many)s checks", "n"),
    nothing=_("Nothing waits for you."),
    template="licensing/checks/partner_checks.html",
    facts=lambda request, found, at: {"agency": request.user.agency},
    about=_("Checks for your authority to answer"),
    has_csv=False,
)
