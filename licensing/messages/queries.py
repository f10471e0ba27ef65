"""What applicant and authority wrote to each other, and what of it nobody has read yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from licensing.applications.models import Application
from licensing.messages.filters import MessageFilter
from licensing.messages.models import Message
from registry.accounts.models import User


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as one side reads it: `is_new` when it is the other side's and not read yet."""

    who: str
    at: datetime
    text: str
    from_authority: bool
    is_new: bool


def thread_of(application: Application) -> QuerySet[Message]:
    """The messages about an application in the order in which they were written."""
    return Message.objects.filter(application=application).select_related("author").order_by("pk")


def said_to_applicant(application: Application) -> list[MessageLine]:
    """The thread as the applicant reads it: officers act for the authority and are not named."""
    return [
        MessageLine(
            gettext("Case officer") if one.from_authority else str(one.author),
            one.at,
            one.text,
            one.from_authority,
            one.from_authority and one.read_at is None,
        )
        for one in thread_of(application)
    ]


def said_to_authority(application: Application) -> list[MessageLine]:
    """The thread as staff read it, with the names of all."""
    return [
        MessageLine(
            str(one.author), one.at, one.text, one.from_authority, not one.from_authority and one.read_at is None
        )
        for one in thread_of(application)
    ]


def messages(params: Mapping[str, Any], *, by: User) -> MessageFilter:
    """What applicants wrote and nobody has read, the longest waiting at the top."""
    rows = Message.objects.unread_by_authority().filter(application__in=Application.objects.handed_in_to(by))
    rows = rows.select_related("application__organisation", "application__case_officer", "author")
    return MessageFilter(params, messages=rows, by=by)
