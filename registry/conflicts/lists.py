"""The list of conflicts of interest."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.conflicts.filters import ConflictFilter
from registry.conflicts.queries import conflicts
from registry.worklists import Column, WorkList

CONFLICTS = WorkList(
    "conflicts",
    _("Conflicts of interest"),
    url="staff/conflicts/",
    permission="registry.work_for_authority",
    query=lambda asked, by, at: conflicts(asked, by=by),
    filters=ConflictFilter,
    columns=(
        Column("officer", _("Officer"), "person"),
        Column("organisation", _("Organisation"), "organisation"),
        Column("reference", _("Reference"), "reference", value="organisation.reference", under="organisation"),
        Column("because", _("Why")),
        Column("since", _("Since"), "day"),
        Column("declared_at", _("Declared"), template="registry/conflicts/declared_cell.html", under="since"),
        Column("until", _("Until"), template="registry/conflicts/until_cell.html"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s conflict of interest", "%(how_many)s conflicts of interest", "n"),
    nothing=_("None has been declared that matches."),
    template="registry/conflicts/conflicts.html",
    about=_("Staff excluded from a case, and why"),
    has_csv=False,
)
