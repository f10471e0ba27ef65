"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from registry import schemes
from registry.accounts.models import User
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.schemes import said

# In which nation the officers work who must not let cases grow old.
OFFICE = Calendar.ENGLAND_AND_WALES


def office_holidays() -> frozenset[date]:
    """The bank holidays by which the age of cases is counted: those of the office, wherever an applicant is."""
    return registry_queries.holidays(OFFICE)


def case_officers() -> "QuerySet[User]":
    """Everybody to whom a case may be given."""
    return User.objects.who_may("licensing.assess_application").order_by("name", "email")


def schemes_offered(on: date) -> dict[str, str]:
    """The schemes that there are, each with its name in the reader's language."""
    return {one.name: said(one.title, get_language()) for one in schemes.all_in_force(on)}


def sectors(on: date) -> dict[str, str]:
    """The sectors of the schemes in force, in the reader's language."""
    held = schemes.all_in_force(on)
    return {one.code: said(one.title, get_language()) for scheme in held for one in scheme.sectors}


def count_of(rows: "QuerySet[Any]", of: str) -> Coalesce:
    """A count that costs nothing for rows that are not shown."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(number=Count("pk")).values("number")), 0)
