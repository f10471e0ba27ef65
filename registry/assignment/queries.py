"""What the pages of absences and of the rules of assignment show."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import schemes
from registry.accounts.models import User
from registry.assignment.models import Absence, AssignmentRule
from registry.holidays.models import Calendar
from registry.roles import STAFF_ROLES
from registry.schemes.texts import said
from registry.tasks.models import declared_waits


def colleagues() -> "QuerySet[User]":
    """Everyone who works for the authority, by name, each with the number of their open tasks (`load`)."""
    open_tasks = Count("tasks", filter=Q(tasks__done_at=None), distinct=True)
    staff = User.objects.filter(groups__name__in=STAFF_ROLES, is_active=True).annotate(load=open_tasks)
    return staff.distinct().order_by("name", "pk")


def absences(user: User, on: date) -> "QuerySet[Absence]":
    """Absences that are not over: one's own, or everyone's for those who assign tasks."""
    found = Absence.objects.filter(until__gte=on).select_related("person", "deputy").order_by("starts", "pk")
    return found if user.has_perm("registry.assign_tasks") else found.filter(Q(person=user) | Q(deputy=user))


def assignment_rules() -> "QuerySet[AssignmentRule]":
    """The rules in force, in the order in which they count."""
    found = AssignmentRule.objects.filter(ended_at=None).select_related("made_by")
    return found.prefetch_related("members__person").order_by("made_at", "pk")


def sectors() -> dict[str, str]:
    """The sectors of the newest version of every scheme, with their titles."""
    newest = (schemes.get(name, schemes.versions(name)[-1]) for name in schemes.names())
    return {sector.code: said(sector.title, get_language()) for scheme in newest for sector in scheme.sectors}


def conditions_of(rule: AssignmentRule) -> list[str]:
    """What a task must be about for the rule to count, in words; empty: anything."""
    nation = Calendar(rule.nation).label if rule.nation else ""
    conditions = (
        (nation, _("Organisations in %(value)s")),
        (sectors().get(rule.sector, rule.sector), _("Sector %(value)s")),
        (rule.initials, _("Names that begin with %(value)s")),
    )
    return [str(words) % {"value": value} for value, words in conditions if value]


def assignable_kinds() -> list[tuple[str, str]]:
    """The kinds of task of the authority, with what to do, for a list to choose from."""
    kinds = ((kind, str(wait.todo)) for kind, wait in declared_waits().items() if wait.permission and not wait.agency)
    return sorted(kinds, key=lambda kind: kind[1])
