"""Answers to emails that arrived for a file."""

from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.correspondence.models import FileEntry
from licensing.letters.letters import queue
from registry.letters.models import Letter
from registry.licences.models import Licence


def answer(entry: FileEntry, *, text: str, at: datetime) -> Letter:
    """To the address that wrote. The reference in the subject line brings what comes back to the same file."""
    subject: Any = entry.subject
    heading = format_lazy(_("Our answer to your email, {reference}"), reference=subject.reference)
    facts = {"answer": text, "asked": entry.title}
    return queue(_headed_by(subject), template="answer", subject=heading, facts=facts, to=entry.address, at=at)


def _headed_by(subject: Any) -> Application | Licence:
    """What the letter is headed by: of a decision or an appeal, what that is about."""
    about = getattr(subject, "decision", subject)
    found: Application | Licence = getattr(about, "subject", about)
    return found
