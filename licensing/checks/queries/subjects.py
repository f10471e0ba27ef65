"""Checks: to whom each is put, what is told of its subject, what came back as far as the reader may know it.

What is done with an application, from its start until a decision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.queries import kind_reached
from compliance.guarded_sharing.rules import StatedRequest, stated_blockers
from compliance.guarded_sharing.states import StatedWay
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.gathered import facts_of_all
from licensing.applications.models import Application
from licensing.applications.queries.applications import altering, form_of, scheme_of
from licensing.checks.models import Check
from licensing.holding.models import Change
from licensing.time_limits.rules import licensing as clocks
from registry import schemes
from registry.agencies.models import Agency, Remit
from registry.codes import new_reference
from registry.errors import Reason
from registry.organisations.models import Organisation, Person
from registry.schemes import Scheme, said
from registry.trail.queries.summaries import SummaryRow

OURSELVES = _("This service")


# --- putting them ---


def opened(
    case: Application | Change,
    asked: Iterable[tuple[schemes.CheckKind, str, Person | None]],
    *,
    scheme: Scheme,
    at: datetime,
) -> Iterator[Check]:
    """The checks of a case as they are to be opened, each put to the one authority that answers it, if there is one.

    A guarded authority is asked only what the pack states a basis for.
    """
    today, agencies = timezone.localdate(at), _agencies(scheme.name)
    for check, subject, person in asked:
        agency = agencies.get(check.code)
        yield Check(
            reference=new_reference("K"),
            application=case if isinstance(case, Application) else None,
            change=case if isinstance(case, Change) else None,
            code=check.code,
            subject=subject,
            person=person,
            agency=agency if _may_be_asked(agency, check, today) else None,
            sent_on=today,
            due_on=clocks.CHECK_REPLY.after(today, check.days_due),
            chase_on=clocks.CHECK_REMINDER.after(today, check.chaser_days),
            handling={
                "may_be_shown_to_subject": check.handling.may_be_shown_to_subject,
                "may_be_passed_on": check.handling.may_be_passed_on,
                "note": said(check.handling.note, "en"),
            },
        )


def _agencies(scheme: str) -> dict[str, Agency]:
    """By code of a check, the authority that answers it, where only one does: of several, an officer chooses."""
    found: dict[str, list[Agency]] = {}
    for remit in Remit.objects.filter(scheme=scheme, agency__closed_at=None).select_related("agency"):
        found.setdefault(remit.code, []).append(remit.agency)
    return {code: agencies[0] for code, agencies in found.items() if len(agencies) == 1}


def agencies_for(check: Check) -> QuerySet[Agency]:
    """To whom this check can be put."""
    return Agency.objects.answering(check.case.scheme, check.code)


def stated_request(check: Check) -> StatedRequest:
    """As the guard of authorities is asked: a check has the words of the pack and none of an officer."""
    return _stated_request(scheme_of(check.case).check(check.code))


def _stated_request(check: schemes.CheckKind) -> StatedRequest:
    return StatedRequest(StatedWay.CHECK, check.code, about_person=check.subject == "person")


def guard_blockers(check: Check, agency: Agency, *, on: date) -> Iterator[Reason]:
    """Why this may not be put to a guarded authority: the pack states no basis for it."""
    yield from stated_blockers(kind_reached(StatedWay.CHECK, check.code, agency, on=on), stated_request(check))


def _may_be_asked(agency: Agency | None, check: schemes.CheckKind, on: date) -> bool:
    kind = kind_reached(StatedWay.CHECK, check.code, agency, on=on) if agency else None
    return not list(stated_blockers(kind, _stated_request(check)))


# --- what is told ---


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a check is about, and no more than its authority needs: what it is not told is not here."""

    kind: str
    name: str
    address: str
    former_names: tuple[str, ...] = ()
    date_of_birth: date | None = None
    company_number: str = ""
    utr: str = ""
    vat: str = ""
    paye: tuple[str, ...] = ()

    @property
    def rows(self) -> list[SummaryRow]:
        """In words, for a page or a letter."""
        told: dict[str, Any] = {
            gettext("Name"): self.name,
            gettext("Former names"): "\n".join(self.former_names),
            gettext("Date of birth"): date_format(self.date_of_birth, "j F Y") if self.date_of_birth else "",
            gettext("Company number"): self.company_number,
            gettext("Unique Taxpayer Reference"): self.utr,
            gettext("VAT number"): self.vat,
            gettext("PAYE references"): "\n".join(self.paye),
            gettext("Address"): self.address,
        }
        return [SummaryRow(key, value) for key, value in told.items() if value]


ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


def subject_of(check: Check) -> Subject:
    """What the authority is told of whom the check is about, by the pack that the case is judged by."""
    scheme = scheme_of(check.case)
    about = scheme.check(check.code)
    known = _of_person(check) if about.subject == "person" else _of_organisation(check.organisation)
    tells = scheme.told_of(about)
    return Subject(
        kind=about.subject,
        name=check.subject,
        address=", ".join(filter(None, (known["address"].get(line, "") for line in ADDRESS))),
        **{fact: known[fact] for fact in tells if known.get(fact)},
    )


def _of_organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "address": organisation.address,
        "former_names": tuple(organisation.former_names),
        "company_number": organisation.company_number,
        "utr": organisation.utr,
        "vat": organisation.vat_number,
        "paye": tuple(organisation.paye_references),
    }


def _of_person(check: Check) -> dict[str, Any]:
    """By the file; of a newcomer, who is in no file yet, by what was answered about them."""
    if check.person:
        former = (check.person.former_name,) if check.person.former_name else ()
        return {"address": check.person.address, "former_names": former, "date_of_birth": check.person.date_of_birth}
    said_of_them = _newcomer(check)
    born = str(said_of_them.get("date_of_birth") or "")
    called = said_of_them.get("former_name") or said_of_them.get("previous_name")
    return {
        "address": said_of_them.get("address") or said_of_them.get("home_address") or {},
        "former_names": (called,) if isinstance(called, str) and called else (),
        "date_of_birth": date.fromisoformat(born) if born else None,
    }


def _newcomer(check: Check) -> dict[str, Any]:
    """The answers about somebody who is to come: of a change, or of an application that alters a licence."""
    if check.change:
        return dict(check.change.data)
    assert check.application
    kind = altering(check.application, scheme_of(check.application))
    if kind is None or not kind.role:
        return {}
    return dict(form_of(check.application, today=check.sent_on).person(kind.role))


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One thing that an authority is asked."""

    code: str
    text: str


def words_of(check: Check, language: str | None) -> str:
    """How the check is put, where the pack has words for it."""
    asked = scheme_of(check.case).request(check.code)
    return said(asked.words, language) if asked else ""


def questions_of(check: Check, language: str | None) -> list[CheckQuestion]:
    asked = scheme_of(check.case).request(check.code)
    return [CheckQuestion(one.code, said(one.text, language)) for one in asked.asks] if asked else []


def checks_to_ask(
    application: Application, filled: ApplicationForm
) -> Iterator[tuple[schemes.CheckKind, str, Person | None]]:
    """About whom which questions are put: of an alteration, those that the pack names, about whoever takes the place."""
    kind = altering(application, filled.scheme)
    if kind is None:
        for check in filled.scheme.checks_for(facts_of_all(filled)):
            yield from ((check, subject, person) for subject, person in _subjects(application.organisation, check))
        return
    newcomer = str(filled.person(kind.role).get("full_name", "")) if kind.role else ""
    for check in map(filled.scheme.check, kind.checks):
        yield check, newcomer if check.subject == "person" else application.organisation.legal_name, None


def _subjects(organisation: Organisation, check: schemes.CheckKind) -> list[tuple[str, Person | None]]:
    """The organisation, or each person in one of the check's roles, once, whatever the number of their roles."""
    if check.subject == "organisation":
        return [(organisation.legal_name, None)]
    held = organisation.roles.filter(until=None).exclude(person=None).select_related("person").order_by("pk")
    asked = {role.person: None for role in held if not check.roles or role.kind in check.roles}
    return [(person.full_name, person) for person in asked if person]
