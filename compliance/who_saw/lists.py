"""Who saw this: who was shown a case, a document, a person, a report or intelligence, when, how and why."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compliance.who_saw import queries
from compliance.who_saw.filters import ReadingFilter
from registry.worklists import Column, WorkList

READERS = WorkList(
    "who_saw",
    _("Who saw this?"),
    url="staff/who-saw/",
    permission=("registry.see_readers", "compliance.read_referrals"),
    query=lambda asked, by, at: queries.readers(asked, by=by),
    filters=ReadingFilter,
    columns=(
        Column("at", _("When"), "moment", sort="at"),
        Column("person", _("Who"), "person", value="by"),
        Column("person_reference", _("Their reference"), value="by.reference", under="person"),
        Column("roles", _("As which role"), value=queries.roles_in_words, under="person"),
        Column("reference", _("What"), "reference"),
        Column("kind", _("Kind"), value=queries.kind_in_words, under="reference"),
        Column("within", _("In the case"), "reference", under="reference"),
        Column("way", _("How"), value=queries.act_in_words),
        Column("address", _("Page address"), show=("csv",)),
        Column("because", _("Why"), value=queries.reason, absent="–"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s time", "%(how_many)s times", "n"),
    nothing=_("No one has seen anything with this reference, or you may not ask about it."),
    template="compliance/who_saw/who_saw.html",
    about=_("Staff who opened a case, a document, a report, intelligence, a referral or an interview"),
)
