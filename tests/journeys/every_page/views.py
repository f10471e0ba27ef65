"""A page as one person opens it, and what several parts of the world need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse

from licensing.decisions.rules.proposals import GivenCondition
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests import stories

# A company of the answers, with differences; another is not in it.
SNAPSHOT = Path(__file__).parents[2] / "registry" / "management" / "BasicCompanyData-2026-11-01.csv"


PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class View:
    """One page as one person opens it."""

    who: str
    path: str
    # Pages in the middle of something: where it begins, and what is typed there.
    begins: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, code: str) -> str:
        return localised(self.path, code)


def localised(path: str, code: str) -> str:
    return path if code == "en-gb" else f"/{code}{path}"


def view(who: str, name: str, *arguments: object, query: str = "") -> View:
    return View(who, reverse(name, args=arguments) + query)


PARTNER = "partner@people.example"


def a_firm(name: str, by: User) -> Organisation:
    return stories.a_provider(f"{name} Labour Ltd", by=by)


CONDITION = GivenCondition("1.4", "Give every worker a payslip.", date(2027, 1, 29))


def steps(who: str, page: str, subject: Any, *steps: str) -> Iterator[View]:
    """The pages of these steps of the thing whose page has this name."""
    return (view(who, f"{step}_{page}", subject.reference) for step in steps)
