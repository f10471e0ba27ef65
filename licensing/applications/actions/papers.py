"""Typing in what came on paper, for applicants who do not use the service."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application, Paper
from licensing.applications.queries import applications as queries
from licensing.applications.rules import applications as application_rules
from licensing.applications.rules import papers as rules
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def enter(
    organisation: Organisation | None,
    *,
    legal_name: str = "",
    language: str = "en-gb",
    scheme: str,
    received_on: date,
    file_reference: str,
    by: User,
    at: datetime,
) -> Application:
    """Begin an application that came on paper: an officer then fills in the same pages, with the same checks.

    A new organisation gets a file for which nobody acts until somebody is invited; its letters go by post. Whoever typed
    it in does not decide it. Raises `Refused`, as for anybody who applies.
    """
    permissions.require(by, "licensing.enter_paper_application")
    today = timezone.localdate(at)
    if organisation is not None:
        organisation = trail.locked(organisation)
    refuse_for(
        [
            *application_rules.start_blockers(
                organisation.applications.all() if organisation else (),
                legal_name=organisation.legal_name if organisation else legal_name,
                scheme=scheme,
                offered=scheme in queries.schemes_offered(today),
                held=queries.held_under(organisation, scheme, today=today),
            ),
            *rules.enter_blockers(received_on=received_on, file_reference=file_reference, today=today),
        ]
    )
    organisation = organisation or organisations.open_file_of_nobody(
        legal_name=legal_name, language=language, by=by, at=at
    )
    application = Application.objects.create(
        reference=new_reference("A"), organisation=organisation, scheme=scheme, started_by=by, started_at=at
    )
    Paper.objects.create(
        application=application,
        received_on=received_on,
        file_reference=file_reference.strip(),
        entered_by=by,
        entered_at=at,
    )
    trail.record(
        application,
        "enter",
        by=by,
        at=at,
        after=application.status,
        organisation=organisation,
        scheme=scheme,
        received_on=received_on,
        file_reference=file_reference.strip(),
    )
    return application
