"""What is done with an application, from its start until a decision."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing import letters, queries
from licensing.models import Answer, Application, Check
from licensing.rules import applications as rules
from licensing.sections import Filled
from registry import permissions, schemes, trail
from registry.actions import facts, listings, organisations, people
from registry.errors import refuse_for
from registry.identifiers import make_code, new_reference
from registry.models import Organisation, User
from registry.schemes import said

# Which answers go into the organisation's file; the others stay answers, and become facts.
PARTICULARS = {
    "legal_name": "legal_name",
    "trading_names": "trading_names",
    "former_names": "former_names",
    "legal_status": "legal_status",
    "company_number": "company_number",
    "utr": "utr",
    "vat_number": "vat_number",
    "paye_reference": "paye_references",
    "address": "address",
    "telephone": "telephone",
    "email": "email",
    "website": "website",
}


@transaction.atomic
def start(organisation: Organisation, *, scheme: str, by: User, at: datetime) -> Application:
    """Start an application for an organisation that this user acts for. The public sees nothing of a draft."""
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(pk=organisation.pk))
    refuse_for(rules.start_blockers(list(organisation.applications.all()), scheme=scheme))
    application = Application.objects.create(
        reference=new_reference("A"), organisation=organisation, scheme=scheme, started_by=by, started_at=at
    )
    trail.record(application, "start", by=by, at=at, after=application.status, organisation=organisation, scheme=scheme)
    return application


@transaction.atomic
def save_page(
    application: Application,
    *,
    page: str,
    item: str = "",
    data: Mapping[str, Any],
    is_complete: bool,
    by: User,
    at: datetime,
) -> Answer:
    """Keep what was answered on a page; what is not yet right is kept too, and marked incomplete."""
    application = _own(application, by)
    refuse_for(rules.save_blockers(application))
    answer, _new = Answer.objects.update_or_create(
        application=application,
        page=page,
        item=item,
        defaults={"data": dict(data), "is_complete": is_complete, "saved_by": by, "saved_at": at},
    )
    # The trail keeps that a page was saved and by whom, not the personal details typed on it.
    trail.record(application, "save_page", by=by, at=at, page=page, item=item)
    return answer


@transaction.atomic
def remove_item(application: Application, *, page: str, item: str, by: User, at: datetime) -> None:
    """Take one thing off a list."""
    application = _own(application, by)
    refuse_for(rules.save_blockers(application))
    application.answers.get(page=page, item=item).delete()
    trail.record(application, "remove_item", by=by, at=at, page=page, item=item)


@transaction.atomic
def submit(application: Application, *, by: User, at: datetime) -> Application:
    """Hand the application in: pin the scheme of the day, write down the facts, open the checks, show the applicant.

    An unpaid fee does not stop it; it stops the assessment. Raises `Refused` with everything that is missing.
    """
    application = _own(application, by)
    today = timezone.localdate(at)
    scheme = schemes.in_force(application.scheme, today)
    filled = queries.filled(application, scheme)
    refuse_for(rules.submit_blockers(application, filled))
    band = scheme.band(filled.facts["turnover"])
    trail.move(
        application,
        "submit",
        by=by,
        at=at,
        version=scheme.version,
        submitted_at=at,
        signed_name=filled.facts.get("signature", ""),
        facts={key: value for key, value in filled.facts.items() if key != "signature"},
        fee_band=band.code,
        fee=scheme.fee(band.code, "application"),
        payment_reference=make_code(secrets.token_bytes(5)),
    )
    _write_down(application, filled, by=by, at=at)
    _open_checks(application, filled, at=at)
    if scheme.public.show_applicants:
        listings.show_applicant(
            application.organisation,
            scheme=scheme.name,
            sectors=filled.facts.get("sectors", []),
            supplies_to=filled.facts.get("countries_supplied", []),
            applied_on=today,
            by=by,
            at=at,
        )
    letters.received(application, at=at)
    return application


@transaction.atomic
def begin_assessment(application: Application, *, by: User, at: datetime) -> Application:
    """Take the application in hand as its case officer. The fee must have been paid."""
    permissions.require(by, "licensing.assess_application")
    application = trail.locked(application)
    refuse_for(rules.begin_assessment_blockers(application))
    return trail.move(application, "begin_assessment", by=by, at=at, case_officer=by)


@transaction.atomic
def assign(application: Application, *, case_officer: User, by: User, at: datetime) -> Application:
    """Give the case to an officer."""
    permissions.require(by, "licensing.assign_application")
    application = trail.locked(application)
    refuse_for(rules.assign_blockers(application, case_officer=case_officer))
    application.case_officer = case_officer
    application.save(update_fields=["case_officer"])
    trail.record(application, "assign", by=by, at=at, case_officer=case_officer)
    return application


@transaction.atomic
def withdraw(application: Application, *, because: str, by: User, at: datetime) -> Application:
    """Take the application back. The fee is not refunded (2009 Rules, r.6); the register stops showing the applicant."""
    application = _own(application, by)
    refuse_for(rules.withdraw_blockers(application))
    was_handed_in = application.submitted_at is not None
    trail.move(application, "withdraw", by=by, at=at, because=because, closed_at=at)
    if was_handed_in:
        listings.hide_applicant(application.organisation, scheme=application.scheme, by=by, at=at)
        letters.withdrawn(application, at=at)
    return application


def _own(application: Application, by: User) -> Application:
    """The application, locked, if this user acts for its organisation."""
    permissions.require(by, "licensing.apply")
    own = Organisation.objects.acted_for_by(by)
    return trail.locked(Application.objects.get(pk=application.pk, organisation__in=own))


def _write_down(application: Application, filled: Filled, *, by: User, at: datetime) -> None:
    """Particulars, people, places and facts go to the organisation's file, where inspectors and the register find them."""
    today, done = timezone.localdate(at), {"by": by, "at": at}
    organisation = organisations.update(
        application.organisation,
        changes={field: filled.facts[key] for key, field in PARTICULARS.items() if key in filled.facts},
        **done,
    )
    application.organisation = organisation
    if principal := filled.person("principal_authority"):
        people.name(organisation, kind="principal_authority", particulars=principal, since=today, **done)
    for page, item in [*filled.listed("person"), *filled.listed("other")]:
        assert page.list_of is not None
        if page.list_of.role:
            people.name(
                organisation,
                kind=page.list_of.role,
                particulars=item.data,
                title=item.data.get("job_title", ""),
                since=today,
                **done,
            )
    organisations.name_premises(
        organisation,
        premises=[
            {"kind": page.slug, "name": item.data["premises_name"], "address": item.data["premises_address"]}
            for page, item in filled.listed("premises")
        ],
        **done,
    )
    known = {key: value for key, value in application.facts.items() if key not in PARTICULARS}
    if vehicles := [dict(item.data) for _page, item in filled.listed("vehicle")]:
        known["vehicles"] = vehicles
    facts.write_down(organisation, facts=known, source=f"application {application.reference}", at=at)


def _open_checks(application: Application, filled: Filled, *, at: datetime) -> None:
    """Put the scheme's questions to the other authorities: one for each subject."""
    today = timezone.localdate(at)
    checks = []
    for check in filled.scheme.checks_for(filled.facts):
        handling = check.handling
        subjects: list[tuple[str, Any]] = [(application.organisation.legal_name, None)]
        if check.subject == "person":
            roles = application.organisation.roles.exclude(person=None).select_related("person").order_by("pk")
            people_asked = {role.person: None for role in roles if not check.roles or role.kind in check.roles}
            subjects = [(person.full_name, person) for person in people_asked if person]
        checks += [
            Check(
                reference=new_reference("K"),
                application=application,
                code=check.code,
                subject=subject,
                person=person,
                sent_on=today,
                due_on=today + timedelta(days=check.days_due),
                handling={
                    "may_be_shown_to_subject": handling.may_be_shown_to_subject,
                    "may_be_passed_on": handling.may_be_passed_on,
                    "note": said(handling.note, "en"),
                },
            )
            for subject, person in subjects
        ]
    Check.objects.bulk_create(checks)
