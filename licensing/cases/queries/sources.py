"""What is known in a case, each fact with whom it comes from: the applicant, a register, another authority, an officer, us."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.queries.companies import CompanyMatch
from licensing.checks.queries.checks import CheckWithReply
from licensing.payments.models import Demand
from registry.organisations.queries import DERIVED_TITLES
from registry.schemes import said
from registry.schemes.answers import derived_in_words


class Origin(TextChoices):
    APPLICANT = "applicant", _("The applicant")
    SNAPSHOT = "snapshot", _("The companies register")
    PARTNER = "partner", _("Another authority")
    OFFICER = "officer", _("An officer")
    OURSELVES = "ourselves", _("This service")


@dataclass(frozen=True, slots=True)
class SourcedFact:
    """A fact, whom it comes from, and since when it is known; `source` says more than the origin, such as who it was."""

    key: str
    value: Any
    origin: Origin
    source: str | Promise
    on: date | None


# What says who the applicant is and what it costs; all it answered stands below, page by page.
ANSWERED = ("legal_name", "legal_status", "company_number", "turnover", "sectors", "countries_supplied")
SOURCES: Mapping[str, str | Promise] = {
    "renewal": _("the register"),
    "refused_before": _("the register"),
    "revoked_before": _("the register"),
    "conditions_at_grant": _("the register"),
    "company_gone": _("the companies register"),
    "on_a_list": _("the lists that we hold"),
    "adverse_reply": _("the replies to the checks"),
    "unanswered_check": _("the replies to the checks"),
}


def known_of(
    application: Application,
    answered: ApplicationForm,
    facts: Mapping[str, object],
    *,
    company: CompanyMatch | None,
    checks: Iterable[CheckWithReply],
    demands: Iterable[Demand],
) -> Iterator[SourcedFact]:
    """Of what this reader may know: a reply that is withheld from them says that it is, and nothing of its words."""
    yield from _answered(application, answered)
    if company is not None:
        yield from _of_the_snapshot(company)
    for row in checks:
        yield from _replied(row)
    yield from _found(demands)
    for key, title in DERIVED_TITLES.items():
        if key in facts:
            value = derived_in_words(answered.scheme, key, facts[key])
            yield SourcedFact(str(title), value, Origin.OURSELVES, SOURCES.get(key, gettext("the answers")), None)


def _found(demands: Iterable[Demand]) -> Iterator[SourcedFact]:
    for demand in demands:
        if demand.verified is not None and demand.ended_at is None:
            on = timezone.localdate(demand.made_at)
            yield SourcedFact(
                gettext("Turnover found"), f"£{demand.verified:,.0f}", Origin.OFFICER, str(demand.made_by), on
            )


def _answered(application: Application, answered: ApplicationForm) -> Iterator[SourcedFact]:
    on = timezone.localdate(application.submitted_at) if application.submitted_at else None
    for key in ANSWERED:
        page = answered.page_asking(key)
        if page is None or key not in answered.data(page):
            continue
        question = next(one for one in page.questions if one.key == key)
        value = answered.in_words(question, answered.data(page)[key])
        yield SourcedFact(
            said(question.label, get_language()), value, Origin.APPLICANT, said(page.title, get_language()), on
        )


def _of_the_snapshot(company: CompanyMatch) -> Iterator[SourcedFact]:
    if company.edition is None:
        return
    for row in company.rows:
        yield SourcedFact(row["key"], row["value"], Origin.SNAPSHOT, company.edition.title, company.edition.edition_on)


def _replied(row: CheckWithReply) -> Iterator[SourcedFact]:
    if row.reply is None or row.check.is_own:
        return
    shown = row.reply.shown
    what = f"{row.title}: {row.check.subject}"
    yield SourcedFact(what, shown.result_in_words, Origin.PARTNER, row.authority, shown.replied_on)
