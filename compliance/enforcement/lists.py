"""Lists of cases without a licence, undertakings and notices of underpayment."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.enforcement.filters import UnderpaymentFilter, UndertakingFilter, UnlicensedCaseFilter
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries import cases, underpayment, undertakings
from compliance.enforcement.states.undertakings import IN_NEGOTIATION, ORDER_HOLDS, UndertakingStatus
from registry.worklists import Column, RowPreview, WorkList, due_column

SEES = ("compliance.view_enforcement", "compliance.work_enforcement")

#: As many orders on conviction as are shown above the list: courts make few.
ORDERS = 100


def _next_date(row: Undertaking, on: date) -> date | None:
    if row.status in IN_NEGOTIATION:
        return row.negotiate_by
    if row.status == UndertakingStatus.ACCEPTED:
        return row.until
    return row.order_until if row.status in ORDER_HOLDS else None


UNLICENSED = WorkList(
    "unlicensed_cases",
    _("Supply without a licence"),
    url="staff/unlicensed/",
    permission=SEES,
    query=lambda asked, by, at: cases.cases(asked, by=by),
    filters=UnlicensedCaseFilter,
    columns=(
        Column("reference", _("Case"), "reference", under="name"),
        Column("name", _("About"), link="unlicensed_case"),
        Column("against", _("As"), "choice", under="name"),
        Column("officer", _("Officer"), "person", needs=("officer",)),
        Column("opened_at", _("Opened"), "moment"),
        Column("status", _("Status"), "status"),
        Column("outcome", _("Outcome"), "choice", under="status"),
        Column("result", _("Result"), "choice", under="status"),
        due_column(UnlicensedCaseFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s case", "%(how_many)s cases", "n"),
    views=((_("All"), ""), (_("Waiting for me"), "mine=on"), (_("Outcome proposed"), "status=proposed")),
    template="compliance/enforcement/cases.html",
    about=_("Cases against suppliers and labour users, with their proposals"),
    preview=RowPreview(),
)

UNDERTAKINGS = WorkList(
    "undertakings",
    _("Undertakings and orders"),
    url="staff/undertakings/",
    permission=SEES,
    query=lambda asked, by, at: undertakings.undertakings(asked, by=by),
    filters=UndertakingFilter,
    columns=(
        Column("reference", _("Undertaking"), "reference", under="about"),
        Column("about", _("About"), value="case.name", link="undertaking"),
        Column("case", _("Case"), "reference", value="case.reference", link="unlicensed_case", link_to="case"),
        Column("status", _("Status"), "status", at_end=True),
        Column("next_date", _("Next date"), "day", value=_next_date, absent="–", show=("page",)),
        Column("served_at", _("Served"), "moment", show=("csv",)),
        Column("negotiate_by", _("Last day to agree"), "day", show=("csv",)),
        Column("until", _("Holds until"), "day", show=("csv",)),
        Column("order_until", _("Order holds until"), "day", show=("csv",)),
        due_column(UndertakingFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s undertaking or order", "%(how_many)s undertakings and orders", "n"),
    views=(
        (_("All"), ""),
        (_("Waiting for me"), "mine=on"),
        (_("Being negotiated"), "status=notice&status=negotiating"),
        (_("In force"), "status=accepted&status=order_made&status=order_varied"),
    ),
    template="compliance/enforcement/undertakings.html",
    facts=lambda request, found, at: {"orders": list(underpayment.orders_for(request.user)[:ORDERS])},
    about=_("Undertakings and orders: requested, agreed, breached, and their end dates"),
)

UNDERPAYMENTS = WorkList(
    "underpayments",
    _("Notices of underpayment"),
    url="staff/underpayments/",
    permission=SEES,
    query=lambda asked, by, at: underpayment.notices(asked, by=by),
    filters=UnderpaymentFilter,
    columns=(
        Column("reference", _("Notice"), "reference", under="organisation"),
        Column("organisation", _("Organisation"), "organisation", link="underpayment", needs=("organisation",)),
        Column("status", _("Status"), "status", at_end=True),
        Column("drafted_at", _("Drafted"), "moment", show=("page",)),
        Column("drafted_by", _("Drafted by"), "person", under="drafted_at", show=("page",), needs=("drafted_by",)),
        Column(
            "owed",
            _("Owed to workers"),
            "money",
            value=lambda row, on: Decimal(row.owed_pence or 0) / 100,
            show=("csv",),
            needs=lambda rows, at: underpayment.with_sums(rows),
        ),
        Column("penalty_pounds", _("Penalty"), "money", show=("csv",)),
        Column("served_at", _("Served"), "moment", show=("csv",)),
        Column("pay_by", _("Last day to pay"), "day", absent="–"),
        Column("paid_on", _("Paid"), "day", show=("csv",)),
        due_column(UnderpaymentFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s notice", "%(how_many)s notices", "n"),
    views=((_("All"), ""), (_("Waiting for me"), "mine=on"), (_("To be paid"), "status=to_pay&status=unpaid")),
    template="compliance/enforcement/underpayments.html",
    about=_("Sums that businesses must pay workers, penalties and deadlines"),
)
