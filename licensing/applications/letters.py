"""What an applicant is told of its application and of money."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.letters.letters import judged_by, licence_facts, queue, sectors_in_words, stands
from registry.documents.models import Document
from registry.documents.rules import rejected
from registry.letters.models import Letter
from registry.licences.models import Condition
from registry.schemes import said


def received(application: Application, *, at: datetime) -> Letter:
    """Confirms that the application was handed in, and says what to pay and how (2009 Rules, r.6)."""
    if application.alters is not None:
        return queue(
            application,
            template="altering",
            subject=_("We have received your application to alter the licence"),
            facts={"licence": licence_facts(application.alters), "signed_name": application.signed_name},
            at=at,
        )
    scheme, language = judged_by(application), application.organisation.language
    facts = {
        "fee": application.fee,
        "payment_reference": application.payment_reference,
        "payment": said(scheme.fees.payment, language),
        "payment_note": said(scheme.payment_note, language),
        "bank_account": settings.BANK_ACCOUNT,
        "signed_name": application.signed_name,
        "sectors": sectors_in_words(scheme, application.facts.get("sectors", []), language),
        "rules_of": scheme.version,
        "stands": stands(application, at=at),
    }
    return queue(application, wording="application_received", facts=facts, at=at)


def begun(application: Application, *, at: datetime) -> Letter:
    """Says that a case officer has taken the application in hand, and where it stands now."""
    facts = {"stands": stands(application, at=at)}
    return queue(
        application, template="begun", subject=_("We have begun to assess your application"), facts=facts, at=at
    )


def file_rejected(
    document: Document, *, application: Application | None = None, condition: Condition | None = None, at: datetime
) -> Letter:
    """Says that a file of a submitted application, or one that shows that a condition is met, was rejected, and what to do."""
    subject_of = application or (condition.licence if condition else None)
    assert subject_of is not None
    facts: dict[str, object] = {**rejected(document, language=subject_of.organisation.language)}
    if condition:
        facts |= {"place": "condition", "due_on": condition.due_on}
    else:
        kinds = {one.code: said(one.title, subject_of.organisation.language) for one in judged_by(subject_of).documents}
        title = kinds.get(document.requirement, "")
        facts |= {"place": "application" if title else "request", "requirement": title}
    return queue(
        subject_of,
        template="file_rejected",
        subject=_("We could not accept a file that you uploaded"),
        facts=facts,
        at=at,
    )


def withdrawn(application: Application, *, at: datetime) -> Letter:
    """Confirms that the application was taken back. The fee is kept (2009 Rules, r.6)."""
    return queue(application, template="withdrawn", subject=_("Your application is withdrawn"), at=at)
