"""The list of referrals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.safeguarding.filters import ReferralFilter
from compliance.safeguarding.queries import referrals as queries
from compliance.safeguarding.states import PREPARES, READS
from registry.worklists import Column, WorkList, due_column

# The CSV says where each referral is, and nothing that says who it is; nor a nationality, which the regulations ask of one alone.
REFERRALS = WorkList(
    "referrals",
    _("Referrals"),
    url="staff/referrals/",
    permission=(PREPARES, READS),
    query=lambda asked, by, at: queries.referrals(asked, by=by),
    filters=ReferralFilter,
    columns=(
        Column("reference", _("Referral"), "reference", link="referral"),
        Column("kind", _("Kind"), "choice", under="reference"),
        Column(
            "organisation",
            _("Organisation"),
            "organisation",
            under="reference",
            show=("page",),
            needs=("organisation",),
        ),
        Column("status", _("Status"), "status", at_end=True),
        Column("consent", _("Consent"), "choice", show=("page",)),
        Column("prepared_at", _("Prepared"), "moment"),
        Column("prepared_by", _("Prepared by"), "person", under="prepared_at", show=("page",), needs=("prepared_by",)),
        Column("sent_at", _("Sent"), "moment", show=("csv",)),
        Column("child", _("Child"), "yes_no", value="is_child"),
        Column("age_band", _("Age"), show=("csv",)),
        Column("gender", _("Gender"), show=("csv",)),
        Column("natures", _("What it was"), value=lambda row, on: ", ".join(row.natures), show=("csv",)),
        Column("region", _("Region"), show=("csv",)),
        Column("sector", _("Sector"), show=("csv",)),
        Column("reasonable", _("Reasonable grounds"), "choice", show=("csv",)),
        Column("conclusive", _("Conclusive grounds"), "choice", show=("csv",)),
        due_column(ReferralFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s referral", "%(how_many)s referrals", "n"),
    views=((_("All"), ""), (_("Waiting for me"), "mine=on"), (_("Children only"), "child=on")),
    template="compliance/safeguarding/list.html",
    about=_("People who may be victims: referred, notified, and what was answered"),
)
