"""The list of access that takes two administrators."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.accounts import queries
from registry.accounts.filters import AccessFilter, PeopleFilter
from registry.accounts.states import MANAGE, AccessStatus
from registry.worklists import Column, WorkList

ACCESS_REQUESTS = WorkList(
    "access_requests",
    _("Access to approve"),
    url="staff/access/",
    permission=(MANAGE, "registry.read_trail"),
    query=lambda asked, by, at: queries.access_requests(asked, by=by),
    filters=AccessFilter,
    columns=(
        Column("reference", _("Request"), "reference", link="access_request"),
        Column("kind", _("Kind"), "choice", under="reference"),
        Column("person", _("Person"), "person", needs=("person",)),
        Column("roles", _("Roles"), value=lambda row, on: queries.roles_in_words(row.roles), under="person"),
        Column("because", _("Why")),
        Column("asked_by", _("Asked by"), "person", needs=("asked_by",)),
        Column("asked_at", _("Asked"), "moment", under="asked_by", sort="asked"),
        Column("ended_by", _("Decided by"), "person", needs=("ended_by",)),
        Column("ended_at", _("Decided"), "moment", under="ended_by"),
        Column("due_on", _("Due"), "day", value="due_on"),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s request", "%(how_many)s requests", "n"),
    views=((_("All"), ""), (_("Waiting"), f"status={AccessStatus.ASKED}")),
    nothing=_("No request matches. Take a filter off."),
    about=_("Roles and resets of second factors that a second administrator must approve"),
)

PEOPLE = WorkList(
    "people",
    _("People"),
    url="staff/people/",
    permission="registry.manage_people",
    query=lambda asked, by, at: queries.people(asked),
    filters=PeopleFilter,
    columns=(
        Column("name", _("Name"), value=lambda row, on: str(row), link="person"),
        Column("email", _("Email address")),
        Column("roles", _("Roles"), value=lambda row, on: queries.roles_of(row), absent=_("None")),
    ),
    count_in_words=ngettext_lazy("%(how_many)s person", "%(how_many)s people", "n"),
    nothing=_("There is no one on this list. Remove a filter to see more people."),
    template="registry/accounts/people.html",
    about=_("People with access, and their roles"),
    has_csv=False,
)
