"""What must be true of an application before it moves."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.models import Application
from licensing.sections import Filled
from registry import names
from registry.errors import Reason
from registry.models import User

OPEN = ("draft", "submitted", "assessing", "awaiting_applicant")


def start_blockers(others: Iterator[Application] | list[Application], *, scheme: str) -> Iterator[Reason]:
    """One application at a time for one organisation under one scheme: `others` are all it has made."""
    if any(other.scheme == scheme and other.status in OPEN for other in others):
        yield Reason("open_already", _("There is an open application for this organisation. Go on with that one."))


def save_blockers(application: Application) -> Iterator[Reason]:
    if application.status != "draft":
        yield Reason("handed_in", _("The application has been handed in, so its answers cannot be changed here."))


def submit_blockers(application: Application, filled: Filled) -> Iterator[Reason]:
    """Everything that keeps an application from being handed in, at once, each with the page that puts it right."""
    yield from application.lifecycle.blockers(application.status, "submit")
    yield from filled.missing()
    signature, principal = filled.facts.get("signature", ""), filled.person("principal_authority").get("full_name", "")
    if signature and principal and names.person_key(signature) != names.person_key(principal):
        yield Reason(
            "signed_by_another",
            _("The declaration is signed “%(signature)s”, but the principal authority is %(principal)s. 2009 Rules, r.3.")
            % {"signature": signature, "principal": principal},
            _page_of(filled, "signature"),
        )


def begin_assessment_blockers(application: Application) -> Iterator[Reason]:
    yield from application.lifecycle.blockers(application.status, "begin_assessment")
    if application.still_to_pay > 0:
        yield Reason("fee_unpaid", _("The fee has not been paid: £%s is still to come.") % f"{application.still_to_pay:,.2f}")


def withdraw_blockers(application: Application) -> Iterator[Reason]:
    yield from application.lifecycle.blockers(application.status, "withdraw")


def assign_blockers(application: Application, *, case_officer: User) -> Iterator[Reason]:
    if application.status not in OPEN or application.status == "draft":
        yield Reason("not_in_hand", _("The application is not in hand any more."))
    if not case_officer.is_active or not case_officer.has_perm("licensing.assess_application"):
        yield Reason("not_an_officer", _("Choose somebody who assesses applications."), "case_officer")


def _page_of(filled: Filled, key: str) -> str:
    return next((page.slug for page in filled.pages() if any(q.key == key for q in page.questions)), "")
