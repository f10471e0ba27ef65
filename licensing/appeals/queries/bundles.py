"""What a decision rested on, to be given to the tribunal and to both sides: without what may not be disclosed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal
from licensing.appeals.queries.appeals import dates_in_words
from licensing.applications.queries.applications import scheme_of
from licensing.checks.models import Reply
from licensing.checks.queries.checks import kept_back
from licensing.checks.rules import handling
from licensing.checks.rules.handling import Reader
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Exhibit
from licensing.decisions.queries.grounds import ShownGround, factors_in_words, shown_grounds
from licensing.decisions.queries.standards import standard_in_words
from licensing.letters.queries import letters_of
from registry import uploads as files
from registry.documents.models import Document
from registry.documents.states import DocumentStatus
from registry.errors import Reason
from registry.letters.models import Letter
from registry.papers import bundles
from registry.papers import words as paper_words
from registry.schemes import said
from registry.uploads import StorageArea

NOT_READY = _("The bundle is not ready, or its day is over: prepare it again.")
# Both must be allowed to read all of it: the subject, and others, of whom the tribunal is one.
READERS = (Reader.SUBJECT, Reader.OTHERS)


@dataclass(frozen=True, slots=True)
class Annex:
    """A document that a ground rests on, with how many pages it has."""

    number: int
    ground: int
    document: Document
    pages: int

    @property
    def sheets(self) -> list[tuple[int, bool]]:
        """Its pages, each with whether it is the first."""
        return [(number, number == 1) for number in range(1, self.pages + 1)]


@dataclass(frozen=True, slots=True)
class BundleLetter:
    """A letter as it was sent, to be read in the bundle."""

    number: int
    letter: Letter
    words: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that goes into it, in the order of the index."""

    appeal: Appeal
    decision: Decision
    title: str
    law: tuple[str, ...]
    grounds: tuple[ShownGround, ...]
    left_out: int
    said: tuple[object, ...]
    aggravating: tuple[str, ...]
    mitigating: tuple[str, ...]
    conditions: tuple[tuple[str, str, object], ...]
    inspections: tuple[object, ...]
    dates: tuple[tuple[str, object], ...]
    letters: tuple[BundleLetter, ...]
    annexes: tuple[Annex, ...]


def bundle_of(appeal: Appeal, *, language: str) -> Bundle:
    """What goes into the bundle of an appeal. An exhibit whose reply may not be passed on is left out, and counted."""
    decision, scheme = appeal.decision, scheme_of(appeal.decision.subject)
    grounds, left_out = _without_what_is_restricted(shown_grounds(decision, scheme))
    titles = {standard.code: standard_in_words(standard) for standard in scheme.standards}
    sent = [one for one in reversed(letters_of(decision.subject)) if one.facts.get("decision") == decision.reference]
    # What is said of the appeal itself is no part of what the decision rested on.
    sent = [one for one in sent if not one.facts.get("appeal")]
    told = [one for one in sent if not _carries(paper_words.text(one), decision)]
    return Bundle(
        appeal=appeal,
        decision=decision,
        title=str(decision.row.title),
        law=tuple(said(one.law, language) for one in scheme.clocks if one.code == "appeal"),
        grounds=grounds,
        left_out=left_out + len(sent) - len(told),
        said=tuple(decision.representations.order_by("received_at", "pk")),
        aggravating=factors_in_words(decision, "aggravating", language=language),
        mitigating=factors_in_words(decision, "mitigating", language=language),
        conditions=tuple(
            (titles[one.standard], one.requirement, one.due_on) for one in decision.conditions.order_by("pk")
        ),
        inspections=tuple(decision.inspections.order_by("commissioned_at")),
        dates=tuple(dates_in_words(appeal)),
        letters=tuple(BundleLetter(number, one, paper_words.fragment(one)) for number, one in enumerate(told, start=1)),
        annexes=tuple(_annexes(grounds)),
    )


def bundle_blockers(bundle: Bundle) -> Iterator[Reason]:
    """Why it cannot be given out: something in it repeats what another authority has not agreed to."""
    decision, appeal = bundle.decision, bundle.appeal
    texts = {
        "decision": "\n".join([decision.because, decision.decided_because, decision.weighed, decision.departs_because]),
        "appeal": "\n".join([appeal.grounds, appeal.reply_text]),
        "grounds": "\n".join(f"{one.ground.text}\n{one.ground.concluded_because}" for one in bundle.grounds),
        "evidence": "\n".join(exhibit.text for one in bundle.grounds for exhibit in one.exhibits),
        "conditions": "\n".join(requirement for _standard, requirement, _due_on in bundle.conditions),
    }
    yield from _restricted(texts, decision)


def bytes_of(bundle: Bundle) -> list[tuple[bytes, str]]:
    """The documents at its end, as they are kept."""
    return [(files.read(StorageArea.KEPT, one.document.stored_as), one.document.media_type) for one in bundle.annexes]


def _without_what_is_restricted(grounds: tuple[ShownGround, ...]) -> tuple[tuple[ShownGround, ...], int]:
    kept = [
        ShownGround(one.ground, one.rests_on, tuple(filter(_may_be_disclosed, one.exhibits)), one.replies)
        for one in grounds
    ]
    before, after = (sum(len(one.exhibits) for one in many) for many in (grounds, kept))
    return tuple(kept), before - after


def _may_be_disclosed(exhibit: Exhibit) -> bool:
    """Of a reply that is an exhibit: that each reader may have it, as the authority that gave it said or has agreed since."""
    if exhibit.check_reply is None:
        return True
    standing = exhibit.check_reply.replies.filter(replaced_at=None).prefetch_related("releases")
    return all(exhibit.text == reply.sanitised or _all_may_read(reply) for reply in standing)


def _all_may_read(reply: Reply) -> bool:
    return all(handling.may_read(reply, reader) for reader in READERS)


def _carries(text: str, decision: Decision) -> bool:
    """Whether it repeats words of a reply that one of the readers may not have."""
    return any(list(_restricted({"text": text}, decision)))


def _restricted(texts: Mapping[str, str], decision: Decision) -> Iterator[Reason]:
    written = {where: text for where, text in texts.items() if text.strip()}
    for reader in READERS:
        yield from handling.restricted_blockers(written, kept_back(decision.organisation, reader), reader)


def _annexes(grounds: tuple[ShownGround, ...]) -> Iterator[Annex]:
    """Each document once, in the order of the grounds; what was taken away since is not there any more."""
    seen: set[int] = set()
    for one in grounds:
        for exhibit in one.exhibits:
            document = exhibit.document
            if document is None or document.pk in seen or document.status != DocumentStatus.CLEAN:
                continue
            seen.add(document.pk)
            content = files.read(StorageArea.KEPT, document.stored_as)
            pages = bundles.pages_of(content, document.media_type)
            yield Annex(len(seen), one.ground.number, document, pages)
