"""Sample messages between applicants and case officers, and a letter to a mailbox that the demo's mail refuses."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from config.demo.mail import GONE
from config.demo.papers import paper
from config.demo.people import DOMAIN, person
from licensing import jobs
from licensing.applications.models import Application
from licensing.applications.states import ApplicationStatus
from licensing.cases.actions import notes
from licensing.correspondence import actions as filing
from licensing.correspondence.rules.mail import read
from licensing.letters import actions as letters
from licensing.letters import rules as letter_rules
from licensing.messages import actions as messages
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.organisations import actions as organisations

HOUR = timedelta(hours=1)


def correspond(at: datetime) -> Iterator[object]:
    """Both sides have something to read; one firm's mailbox is gone. How long decisions took is counted too."""
    officer = person("case-officer")
    for asked in _of(ApplicationStatus.AWAITING_APPLICANT).filter(
        organisation__memberships__user__email=f"applicant@{DOMAIN}"
    )[:1]:
        text = "The agreement is with our solicitor. May we send it a week later?"
        yield messages.write(asked, text=text, by=_applicant(asked), at=at - 5 * HOUR)
        text = "Yes, a week more is in time. Please send all pages, with the signatures."
        request = asked.requests.open().order_by("due_on", "pk")[0]
        until = max(request.due_on, timezone.localdate(at)) + timedelta(days=7)
        yield messages.reply(
            asked, text=text, seen=1, extends=request.reference, until=until, by=officer, at=at - 2 * HOUR
        )
        text = "Rang them on Tuesday: the solicitor has the only signed copy. Look at the last page when it comes."
        yield notes.write(asked, text=text, by=officer, at=at - 2 * HOUR)
        question = asked.organisation.letters.filter(
            reference=asked.reference, template=letter_rules.template_of("asked")
        ).first()
        if question is not None:
            yield _corrected(question, officer, at=at - HOUR)
        yield from _on_the_file(asked, officer, at=at - HOUR)
    in_hand = (
        _of(ApplicationStatus.ASSESSING)
        .filter(case_officer=officer)
        .exclude(organisation__memberships__user__email__endswith=f"@{DOMAIN}")
    )
    for number, application in enumerate(in_hand[:3]):
        if number == 0:
            yield _whose_mailbox_is_gone(application, officer, at=at - HOUR)
        else:
            text = "Our office has moved to the unit next door. Do you need a new lease?"
            yield messages.write(application, text=text, by=_applicant(application), at=at - HOUR)
    jobs.work_out_paces(at=at)


def _on_the_file(application: Application, officer: User, *, at: datetime) -> Iterator[object]:
    """A call that was noted, a letter that came by post, and an email; and one email that names no file."""
    today = timezone.localdate(at)
    common: dict[str, Any] = {"happened_on": today, "by": officer, "at": at}
    text = "The director says that the arrears are paid by the end of the month. He sends the statement of the bank."
    yield filing.add_to_file(application, kind="call", title="Call with the director", text=text, **common)
    yield filing.add_to_file(
        application,
        kind="letter",
        title="Letter of the landlord about the rent",
        with_whom="Hadley Estates",
        uploads=[paper("Letter of the landlord")],
        may_be_shown=True,
        **common,
    )
    for number, subject in enumerate((f"Re: {application.reference}", "My licence")):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Rosalind Marsh <rosalind@marsh.example>", subject
        mail["Message-ID"] = f"<{number}.{application.reference}@marsh.example>"
        mail.set_content("We paid on Friday. The receipt follows by post.")
        yield filing.receive_mail(read(mail.as_bytes(), at=at), by=officer, at=at)


def _corrected(question: Letter, officer: User, *, at: datetime) -> object:
    """A word of what was asked was misspelt: another officer countersigns, and the letter is sent again under its number."""
    because = "The agreement is with one farm."
    correction = letters.correct(question, wrong="farms", right="farm", because=because, by=officer, at=at)
    second = User.objects.who_may("registry.correct_letter").exclude(pk=officer.pk).order_by("pk").first()
    return letters.countersign(correction, by=second, at=at) if second else correction


def _whose_mailbox_is_gone(application: Application, officer: User, *, at: datetime) -> object:
    organisations.update(
        application.organisation, changes={"email": f"office@{GONE}"}, by=_applicant(application), at=at
    )
    return messages.reply(application, text="Who keeps the records of pay while you are away?", by=officer, at=at)


def _of(status: str) -> "QuerySet[Application]":
    return Application.objects.filter(status=status).select_related("organisation").order_by("pk")


def _applicant(application: Application) -> User:
    return application.organisation.memberships.answering().select_related("user").order_by("since", "pk")[0].user
