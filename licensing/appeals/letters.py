"""Appeals: that one has arrived, how it ended, and the bundle."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.queries.bundles import Bundle
from licensing.letters.letters import licence_facts, queue, subject_anew
from registry import schemes
from registry.letters.models import Letter
from registry.papers import bundles
from registry.schemes import said


def appeal_received(appeal: Appeal, *, at: datetime) -> Letter:
    """Confirms that an appeal has arrived, and says what holds until it is decided (Appeals Regulations 2006)."""
    return _about_appeal(appeal, subject=_("Your appeal has been received"), at=at)


def appeal_ended(appeal: Appeal, *, at: datetime) -> Letter:
    """Says how the appeal ended, what follows for the licence, and from which day."""
    return _about_appeal(appeal, subject=_("Your appeal has ended"), at=at)


def not_decided_again(appeal: Appeal, *, at: datetime) -> Letter:
    """Says that what the tribunal sent back is not decided again, and why."""
    return _about_appeal(appeal, subject=_("We do not decide again after your appeal"), at=at)


def bundle(papers: Bundle, documents: Sequence[tuple[bytes, str]], *, language: str, at: datetime) -> bytes:
    """The bundle of an appeal as a PDF: an index, pages numbered through, and the documents that the grounds rest on."""
    appeal, pack = papers.appeal, schemes.in_force(papers.appeal.scheme, timezone.localdate(at))
    record = {
        "kind": "bundle",
        "appeal": appeal.reference,
        "decision": papers.decision.reference,
        "at": at,
        "letters": [one.letter.number for one in papers.letters],
        "documents": [{"reference": one.document.reference, "sha256": one.document.digest} for one in papers.annexes],
        "left_out": papers.left_out,
    }
    with translation.override(language):
        title = gettext("Bundle for the appeal {reference}").format(reference=appeal.reference)
    facts = {"papers": papers, "title": title, "authority": {"name": said(pack.authority.name, language)}}
    template = "licensing/letters/bundle.html"
    return bundles.bundle(template, facts=facts, documents=documents, record=record, language=language, at=at)


def _about_appeal(appeal: Appeal, *, subject: Promise, at: datetime) -> Letter:
    about = subject_anew(appeal.decision)
    with translation.override(about.organisation.language):
        said_of_it = {
            "meanwhile": str(appeal_queries.meanwhile(appeal)),
            "follows": str(appeal_queries.follows(appeal)),
        }
    facts = {
        **said_of_it,
        "appeal": appeal.reference,
        "decision": appeal.decision.reference,
        "number": appeal.number,
        "received_on": appeal.received_on,
        "decide_by": appeal.decide_by,
        "outcome": appeal.outcome,
        "ended_on": appeal.ended_on,
        "effect_on": appeal.effect_on,
        "evidence": appeal.outcome_because,
        "undecided_because": appeal.undecided_because,
        "licence": licence_facts(about),
    }
    return queue(about, template="appeal", subject=subject, facts=facts, at=at)
