"""What may be done with what another authority has replied: the one place that says who may read it.

Information from the tax authority may not be passed on without its consent (2004 Act, s.19(3)); others say their own
conditions. The restriction travels with the reply. Pages, exports, letters, notices, bundles and endpoints ask
`shown`; whatever an officer writes to somebody goes through `restricted_blockers`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.checks.models import Check, Release, Reply
from registry.accounts.models import User
from registry.errors import Reason


@dataclass(frozen=True, slots=True)
class Restriction:
    """What an authority, or the officer who writes its reply down, says may be done with it."""

    may_be_shown_to_subject: bool
    may_be_passed_on: bool
    words: str = ""


def usual_handling(check: Check) -> Restriction:
    """What the pack lets be done with a reply that says nothing of it."""
    return Restriction(
        bool(check.handling.get("may_be_shown_to_subject", False)),
        bool(check.handling.get("may_be_passed_on", False)),
        str(check.handling.get("note", "")),
    )


class Reader(Enum):
    """For whom something is meant, as far as a restriction is concerned."""

    WEIGHS = "weighs"  # officers and decision makers, who weigh the reply in the case
    AUTHOR = "author"  # the authority that gave it
    SUBJECT = "subject"  # the applicant or holder, and the people named
    OTHERS = "others"  # everybody else: other authorities, inspectors, auditors, the public


def reader(user: User, check: Check) -> Reader:
    """As what this person reads replies to this check."""
    if user.has_perm("licensing.read_replies"):
        return Reader.WEIGHS
    if user.agency_id is not None and user.agency_id == check.agency_id and user.has_perm("licensing.answer_checks"):
        return Reader.AUTHOR
    return Reader.SUBJECT if user.has_perm("licensing.apply") else Reader.OTHERS


def may_read(reply: Reply, by: Reader) -> bool:
    """Whether what was replied may be read: as the authority or the pack says, or as the authority has agreed since."""
    if by in (Reader.WEIGHS, Reader.AUTHOR):
        return True
    releases = list(reply.releases.all())
    if by is Reader.SUBJECT:
        return reply.may_be_shown_to_subject or any(one.to_subject for one in releases)
    return reply.may_be_passed_on or any(one.to_others for one in releases)


@dataclass(frozen=True, slots=True)
class VisibleReply:
    """A reply as far as somebody may read it: where it is withheld, nothing of its words is here."""

    reference: str
    result: str
    result_in_words: str
    replied_on: date
    way_in_words: str
    recorded_by: str
    recorded_at: datetime
    answered_by: str
    is_withheld: bool
    evidence: str
    items: tuple[Mapping[str, Any], ...]
    sanitised: str
    not_to_subject: bool
    not_to_others: bool
    restriction: str
    releases: tuple[Release, ...]

    @property
    def is_restricted(self) -> bool:
        return self.not_to_subject or self.not_to_others


def shown(reply: Reply, by: Reader) -> VisibleReply:
    """What this reader may see of a reply. What may be said of it to anybody goes with it always."""
    readable = may_read(reply, by)
    inside = by in (Reader.WEIGHS, Reader.AUTHOR)
    return VisibleReply(
        reference=reply.reference,
        result=reply.result,
        result_in_words=str(reply.get_result_display()),
        replied_on=reply.replied_on,
        way_in_words=str(reply.get_way_display()),
        recorded_by=str(reply.recorded_by or ""),
        recorded_at=reply.recorded_at,
        answered_by=reply.answered_by if inside else "",
        is_withheld=not readable,
        evidence=reply.evidence if readable else "",
        items=tuple(reply.items) if readable else (),
        sanitised=reply.sanitised,
        not_to_subject=not may_read(reply, Reader.SUBJECT),
        not_to_others=not may_read(reply, Reader.OTHERS),
        restriction=reply.restriction if inside else "",
        releases=tuple(reply.releases.all()) if inside else (),
    )


# --- what an officer writes ---


@dataclass(frozen=True, slots=True)
class Secret:
    """The words of a reply that may not go to a reader, and what of them everybody knows: the subject's own numbers."""

    check: str
    words: str
    known: str = ""


def words_of(reply: Reply) -> str:
    """All that a reply says."""
    items = (f"{one.get('summary', '')} {one.get('reference', '')}" for one in reply.items)
    return " ".join([reply.evidence, *items])


def restricted_blockers(texts: Mapping[str, str], secrets: Iterable[Secret], by: Reader) -> Iterator[Reason]:
    """Why these texts, by the field in which each is typed, may not go to this reader: they repeat what is restricted.

    The reason says of which check, and never which words: whoever reads it may not be allowed to.
    """
    secrets = list(secrets)
    for where, text in texts.items():
        for check in dict.fromkeys(secret.check for secret in secrets if carries(text, secret)):
            yield Reason("restricted", str(SAID[by]).format(check=check), where)


TO_SUBJECT = _(
    "This repeats what was replied to the check “{check}”, which may not be shown to its subject. Use the words that may "
    "be used instead, or record that the authority agrees: both are on the page of the check."
)
TO_OTHERS = _(
    "This repeats what was replied to the check “{check}”, which may not be passed on. Use the words that may be used "
    "instead, or record that the authority agrees: both are on the page of the check."
)
SAID: Mapping[Reader, str | Promise] = {Reader.SUBJECT: TO_SUBJECT, Reader.OTHERS: TO_OTHERS}

# So many words in the same order are a quotation; a reply that is shorter is quoted when all of it is there.
RUN = 5
# Shorter than this in all, a reply says too little to be told from ordinary words.
TELLING = 6
_NUMBER_PARTS = re.compile(r"(?<=\d)[,.\s](?=\d{3}(?!\d))")


def carries(text: str, secret: Secret) -> bool:
    """Whether a text quotes the words of a reply, or names a figure of it that is not known anyway."""
    said, kept = _words(text), _words(secret.words)
    if _figures(said) & (_figures(kept) - _figures(_words(secret.known))):
        return True
    length = min(RUN, len(kept))
    if length == 0 or sum(map(len, kept)) < TELLING:
        return False
    return not _runs(said, length).isdisjoint(_runs(kept, length))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _NUMBER_PARTS.sub("", text.casefold()))


def _runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def _figures(words: Iterable[str]) -> set[str]:
    """Sums and references: what has four figures or more and is no year."""
    return {word for word in words if sum(map(str.isdigit, word)) >= 4 and not re.fullmatch(r"(19|20)\d\d", word)}
