"""Taking over what the companies register says of a company that applies, and going back to answering by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.application_form.rules.facts import COMPANY_NUMBER, CONFIRMED
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.registered import PEOPLE, TAKEN_OVER
from licensing.applications.actions.applications import save_page
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries.companies import normal_number
from licensing.applications.rules import companies as rules
from registry.accounts.models import User
from registry.companies import queries as registry_queries
from registry.company_service import CompanyAnswer
from registry.errors import refuse_for
from registry.schemes import FormPage


@transaction.atomic
def take_over(
    application: Application,
    *,
    number: str,
    nation: str = "",
    opened: int | None = None,
    answer: CompanyAnswer | None = None,
    by: User,
    at: datetime,
) -> None:
    """Answer what the companies register says of the company with this number; nothing of it is asked while it stays so.

    `answer` is what the register itself has just said: without it, the newest snapshot is asked. `nation` is that of the
    registered office, where the register does not say it; `opened` the version of the answer that has the legal name. Raises `Refused` (not_in_register, company_gone, licensed_number, no_nation, and what keeps an answer from being saved).
    """
    today = timezone.localdate(at)
    said = answer or _in_snapshot(normal_number(number))
    edition, company = said.edition, said.company
    held = None
    if company is not None:
        held = applications.licensed_with_number(company.number, but=application.organisation, today=today)
    refuse_for(rules.take_over_blockers(edition, company, nation=nation, held=held, today=today))
    assert company is not None
    taken = rules.particulars(company, nation=nation)
    for slug in [page.slug for page in applications.form_of(application, today=today).scheme.form.pages]:
        # The address says in which nation the company is, and may call for the page with its number.
        filled = applications.form_of(application, today=today)
        page = next((one for one in filled.pages() if one.slug == slug and not one.scope), None)
        data = {q.key: taken[q.key] for q in page.asked if q.key in taken} if page else {}
        if page is None or not data:
            continue
        if page is filled.page_asking(rules.LEGAL_NAME):
            data[TAKEN_OVER] = {**taken, PEOPLE: [{"name": one.name, "kind": one.kind} for one in said.people]}
        if COMPANY_NUMBER in data and answer:
            data[CONFIRMED] = company.number  # by the register itself: it may be newer than the snapshot
        save_page(
            application,
            page=slug,
            data=data,
            keys=data.keys(),
            is_complete=_is_complete(filled, page, data),
            opened=opened if TAKEN_OVER in data else None,
            by=by,
            at=at,
        )


@transaction.atomic
def answer_by_hand(application: Application, *, by: User, at: datetime) -> None:
    """Ask again what was taken over from the companies register; the answers stay until they are changed."""
    filled = applications.form_of(application, today=timezone.localdate(at))
    page = filled.page_asking(rules.LEGAL_NAME)
    found = filled.item(page, "") if page else None
    if page and found and TAKEN_OVER in found.kept:
        save_page(application, page=page.slug, data={}, keys={TAKEN_OVER}, is_complete=found.is_complete, by=by, at=at)


def _in_snapshot(number: str) -> CompanyAnswer:
    edition, company = registry_queries.company(number)
    return CompanyAnswer(edition, company, tuple(registry_queries.people(number)) if company else ())


def _is_complete(filled: ApplicationForm, page: FormPage, data: Mapping[str, Any]) -> bool:
    """Also what may be left out is asked once."""
    found = filled.item(page, "")
    return bool(found and found.is_complete) or {question.key for question in page.asked} <= data.keys()
