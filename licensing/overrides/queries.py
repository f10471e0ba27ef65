"""Overrides as pages show them: what the authority said, what two people decided, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.applications.models import Application
from licensing.checks.queries.checks import authority_of, title_of
from licensing.checks.rules import handling
from licensing.checks.rules.handling import Reader
from licensing.overrides.models import ReplyOverride
from registry.accounts.models import User
from registry.documents.models import Document


@dataclass(frozen=True, slots=True)
class OverrideFile:
    """All that the page of an override shows to this reader: without the reason where the replies are withheld from them."""

    override: ReplyOverride
    title: str
    authority: str
    text: str
    is_withheld: bool
    documents: tuple[Document, ...]


def override_file(override: ReplyOverride, *, by: User) -> OverrideFile:
    reader = handling.reader(by, override.asked)
    return OverrideFile(
        override=override,
        title=title_of(override.asked),
        authority=authority_of(override.asked),
        text=in_words(override, by=by),
        is_withheld=reader not in (Reader.WEIGHS, Reader.AUTHOR),
        documents=tuple(documents_of(override, by=by)),
    )


def documents_of(override: ReplyOverride, *, by: User) -> QuerySet[Document]:
    """The files that show that a reply is not right: for those who weigh the case, not for the authority."""
    if handling.reader(by, override.asked) is not Reader.WEIGHS:
        return Document.objects.none()
    return Document.objects.about(override.reference).there()


def in_words(override: ReplyOverride, *, by: User) -> str:
    """What the authority said and when, and what who decided: with the reason for those who may read the reply."""
    reader = handling.reader(by, override.asked)
    because = override.because if reader in (Reader.WEIGHS, Reader.AUTHOR) else gettext("the reason is withheld")
    facts = {
        "said": override.reply.get_result_display(),
        "day": date_format(override.reply.replied_on, "j F Y"),
        "first": str(override.proposed_by),
        "second": str(override.ended_by or ""),
        "on": date_format(timezone.localdate(override.ended_at), "j F Y") if override.ended_at else "",
        "result": override.get_result_display(),
        "because": because,
    }
    if override.ended_by is None or override.refused_because:
        words = gettext(
            "The authority said “%(said)s” on %(day)s. %(first)s proposes “%(result)s”, because: %(because)s"
        )
    else:
        words = gettext(
            "Overridden: the authority said “%(said)s” on %(day)s. %(first)s and %(second)s decided “%(result)s” on %(on)s, "
            "because: %(because)s"
        )
    return words % facts


def overrides_in_force(case: Application) -> Iterator[ReplyOverride]:
    """Those that hold for a case, and those that wait for a second person."""
    about = ("asked__application", "asked__agency", "reply", "proposed_by", "ended_by", "read_by")
    found = ReplyOverride.objects.filter(asked__application=case, status__in=["agreed", "proposed"])
    yield from found.select_related(*about).order_by("pk")
