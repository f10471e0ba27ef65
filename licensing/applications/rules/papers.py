"""What must be true before an application that came on paper is typed in."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.facts import SIGNATURE
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason
from registry.memberships.states import Act


def types_in(application: Application, by: User) -> bool:
    """Whether this user fills in the application as an officer who types in paper, and not as somebody of the applicant's."""
    return application.is_on_paper and by.has_perm("licensing.enter_paper_application")


def act_blockers(application: Application, act: str, *, by: User, on: date) -> Iterator[Reason]:
    """Why this user may not do this with the application of an organisation, or with the paper that they type in."""
    if not types_in(application, by):
        yield from permissions.act_blockers(by, application.organisation, act, on=on)


def signing_blockers(
    application: Application, filled: ApplicationForm, page: str, *, by: User, on: date
) -> Iterator[Reason]:
    """Why this user may not answer the page on which the application is signed: who may not hand it in does not sign it."""
    signed_on = filled.page_asking(SIGNATURE)
    if signed_on is not None and signed_on.slug == page:
        yield from act_blockers(application, Act.SUBMIT, by=by, on=on)


def enter_blockers(*, received_on: date, file_reference: str, today: date) -> Iterator[Reason]:
    if received_on > today:
        yield Reason("not_received", _("The paper cannot have arrived after today."), "received_on")
    if not file_reference.strip():
        yield Reason("no_file_reference", _("Say where the paper is kept."), "file_reference")
