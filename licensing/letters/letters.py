"""How a letter to an applicant or holder is queued: headed as the pack in force calls it, filed under what it is about.

Which words of the pack say what, which are ours where a version has none, and what a decision will bring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.checks.queries import checks
from licensing.decisions.models.decisions import Decision
from licensing.holding.models import Change
from licensing.letters import rules
from licensing.progress.queries import whereabouts
from registry import schemes, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.schemes import Scheme, said

ALTERED = _("Your licence has been altered")


GOES_ON = _("The licence goes on under its number, altered as you applied. The register shows it from today.")


# In which frame of ours each wording of the pack stands.
TEMPLATES = {
    "application_received": "received",
    "request": "asked",
    "notice_of_proposal": "notified",
    "decision_grant": "granted",
    "decision_grant_with_conditions": "granted",
    "decision_refuse": "refused",
    "suspension": "suspended",
    "suspension_immediate": "suspended",
    "revocation": "revoked",
    "revocation_immediate": "revoked",
    "surrender": "surrendered",
    "licence_ended": "ended",
    "renewal_reminder": "renewal",
    "suspension_lifted": "lifted",
    "condition_added": "modified",
    "condition_discharged": "about_condition",
    "condition_extended": "about_condition",
    "condition_failed": "about_condition",
    "transfer_allowed": "transfer_decided",
    "transfer_refused": "transfer_decided",
}


# What the pack words and another app sends: whole templates.
ELSEWHERE = dict.fromkeys(
    (
        "enforcement_notice",
        "enforcement_warning",
        "undertaking_notice",
        "undertaking_accepted",
        "underpayment_notice",
        "underpayment_withdrawn",
    ),
    "compliance/letters/enforcement.html",
)


@dataclass(frozen=True, slots=True)
class DecisionWording:
    """The legal wording of the letter that a decision will bring, in the receiver's language."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    law: tuple[str, ...]
    appeal: tuple[str, ...]


def foreseen(decision: Decision, *, at: datetime) -> DecisionWording:
    """What the subject will read if the decision is taken now, besides the reasons and the dates."""
    language = decision.organisation.language
    if decision.application and decision.application.alters_id and not decision.row.is_heard:
        with translation.override(language):
            return DecisionWording(language, str(ALTERED), (str(GOES_ON),), (), ())
    if in_our_words(decision, at=at):
        with translation.override(language):
            return DecisionWording(language, str(decision.row.own_subject), (str(decision.row.own_words),), (), ())
    wording = schemes.in_force(decision.subject.scheme, timezone.localdate(at)).letter(wording_of(decision))
    return DecisionWording(
        language=language,
        title=said(wording.title, language),
        paragraphs=tuple(said(one, language) for one in wording.paragraphs),
        law=tuple(said(one, language) for one in wording.law),
        appeal=tuple(said(one, language) for one in wording.appeal),
    )


def in_our_words(decision: Decision, *, at: datetime) -> bool:
    """Whether it changes nothing in law, and the version of the pack has no letter for it: then the words are ours."""
    if not decision.row.own_subject:
        return False
    pack = schemes.in_force(decision.subject.scheme, timezone.localdate(at))
    return all(one.code != wording_of(decision) for one in pack.letters)


def wording_of(decision: Decision) -> str:
    """Which letter of the pack says this decision: a loss at once, and a grant with conditions, have words of their own."""
    row = decision.row
    if row.wording_immediate and decision.immediate:
        return row.wording_immediate
    if row.wording_with_conditions and decision.conditions.exists():
        return row.wording_with_conditions
    return row.wording


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
    refuse_for(checks.repeats(subject_of.organisation, _typed(facts)))
    language = to.language if isinstance(to, User) else subject_of.organisation.language
    if wording:
        pack = schemes.in_force(subject_of.scheme, timezone.localdate(at))
        subject = said(pack.letter(wording).title, language)
    with translation.override(language):  # an address alone does not say in which language to write to it
        return sending.queue(
            rules.template_of(template or TEMPLATES[wording]),
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
        return whereabouts.whereabouts(application, today=timezone.localdate(at)).as_facts()


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
