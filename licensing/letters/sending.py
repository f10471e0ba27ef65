"""How a letter to an applicant or holder is queued: headed as the pack in force calls it, filed under what it is about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise

from licensing import queries
from licensing.letters.wording import TEMPLATES
from licensing.models import Application, Change, Decision
from licensing.rules import letters as rules
from registry import schemes, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.schemes import Scheme, said


def queue(
    subject_of: Application | Licence,
    *,
    wording: str = "",
    template: str = "",
    subject: str | Promise = "",
    facts: Mapping[str, Any] | None = None,
    to: User | str | None = None,
    copied: bool = True,
    at: datetime,
) -> Letter:
    """The letter is headed as the pack in force today calls it, and files under the application or licence it is about.

    It goes to the organisation, unless somebody who acts for it, or a former address of it, is named.
    """
    facts = facts or {}
    # Whatever let it come so far: no letter carries the words of a reply that its reader may not have.
    refuse_for(queries.repeats(subject_of.organisation, _typed(facts)))
    language = to.language if isinstance(to, User) else subject_of.organisation.language
    if wording:
        pack = schemes.in_force(subject_of.scheme, timezone.localdate(at))
        subject = said(pack.letter(wording).title, language)
    with translation.override(language):  # an address alone does not say in which language to write to it
        return sending.queue(
            template_of(template or TEMPLATES[wording]),
            to=to or subject_of.organisation,
            subject=subject,
            facts={"scheme": subject_of.scheme, "version": subject_of.version, "wording": wording, **facts},
            about=subject_of.reference,
            copied=copied,
            kept=True,
            at=at,
        )


def _typed(facts: Mapping[str, Any]) -> dict[str, str]:
    """What a person wrote of these facts, as text."""
    return {key: "\n".join(rules.strings(signing.plain(said))) for key, said in rules.typed(facts).items()}


def stands(application: Application, *, at: datetime) -> dict[str, Any]:
    """Whose turn it is, what happens next and when to expect a decision: what the page of the application says that day."""
    with translation.override(application.organisation.language):
        return queries.whereabouts(application, today=timezone.localdate(at)).as_facts()


def template_of(name: str) -> str:
    return f"licensing/letters/{name}.html"


def subject_anew(decision: Decision) -> Application | Licence:
    """Read anew: the decision may remember its subject as it was before."""
    subject = decision.subject
    subject.refresh_from_db()
    return subject


def judged_by(subject: Application | Change | Licence) -> Scheme:
    assert subject.version is not None
    return schemes.get(subject.scheme, subject.version)


def standard_in_words(scheme: Scheme, code: str, language: str) -> str:
    return f"{code} {said(scheme.standard(code).title, language)}"


def sectors_in_words(scheme: Scheme, codes: Iterable[str], language: str) -> list[str]:
    return [said(scheme.sector(code).title, language) for code in codes]


def licence_facts(subject: Application | Licence) -> dict[str, Any]:
    licence = subject.licence if isinstance(subject, Application) else subject
    if licence is None:
        return {}
    return {
        "number": licence.number,
        "valid_from": licence.valid_from,
        "valid_until": licence.valid_until,
        "sectors": sectors_in_words(judged_by(licence), licence.sectors, licence.organisation.language),
    }
