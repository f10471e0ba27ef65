"""Which words of the pack say what, which are ours where a version has none, and what a decision will bring."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from licensing.models import Decision
from licensing.states import DecisionKind
from registry import schemes
from registry.schemes import said

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


WORDINGS = {
    DecisionKind.GRANT: "decision_grant",
    DecisionKind.REFUSE: "decision_refuse",
    DecisionKind.SUSPEND: "suspension",
    DecisionKind.REVOKE: "revocation",
    DecisionKind.SURRENDER: "surrender",
    DecisionKind.LIFT: "suspension_lifted",
    DecisionKind.IMPOSE: "condition_added",
    DecisionKind.VARY: "condition_added",
    DecisionKind.DISCHARGE: "condition_discharged",
    DecisionKind.EXTEND: "condition_extended",
    DecisionKind.FAIL: "condition_failed",
    DecisionKind.ALLOW_TRANSFER: "transfer_allowed",
    DecisionKind.REFUSE_TRANSFER: "transfer_refused",
}


# Decisions that change nothing in law are told in our own words where the version of the pack has no letter for them.
SUBJECTS = {
    DecisionKind.EXTEND: _("You have more time to meet a condition of your licence"),
    DecisionKind.FAIL: _("You have not met a condition of your licence"),
}


IN_OUR_WORDS = {
    DecisionKind.EXTEND: _(
        "The condition stays on your licence. It must be met by the new day that this letter gives."
    ),
    DecisionKind.FAIL: _(
        "The licence goes on, and the condition stays on it and on the register. If we propose to suspend or revoke the "
        "licence because of it, we write to you first, and you can reply."
    ),
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The legal wording of the letter that a decision will bring, in the receiver's language."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    law: tuple[str, ...]
    appeal: tuple[str, ...]


def foreseen(decision: Decision, *, at: datetime) -> Foreseen:
    """What the subject will read if the decision is taken now, besides the reasons and the dates."""
    language = decision.organisation.language
    if decision.application and decision.application.alters_id and decision.kind == DecisionKind.GRANT:
        with translation.override(language):
            return Foreseen(language, str(ALTERED), (str(GOES_ON),), (), ())
    if in_our_words(decision, at=at):
        kind = DecisionKind(decision.kind)
        with translation.override(language):
            return Foreseen(language, str(SUBJECTS[kind]), (str(IN_OUR_WORDS[kind]),), (), ())
    wording = schemes.in_force(decision.subject.scheme, timezone.localdate(at)).letter(wording_of(decision))
    return Foreseen(
        language=language,
        title=said(wording.title, language),
        paragraphs=tuple(said(one, language) for one in wording.paragraphs),
        law=tuple(said(one, language) for one in wording.law),
        appeal=tuple(said(one, language) for one in wording.appeal),
    )


def in_our_words(decision: Decision, *, at: datetime) -> bool:
    if decision.kind not in SUBJECTS:
        return False
    pack = schemes.in_force(decision.subject.scheme, timezone.localdate(at))
    return all(one.code != wording_of(decision) for one in pack.letters)


IMMEDIATE = frozenset({DecisionKind.SUSPEND, DecisionKind.REVOKE})


def wording_of(decision: Decision) -> str:
    """Which letter of the pack says this decision: a loss at once, and a grant with conditions, have words of their own."""
    kind = DecisionKind(decision.kind)
    if kind in IMMEDIATE and decision.immediate:
        return f"{WORDINGS[kind]}_immediate"
    if kind == DecisionKind.GRANT and decision.conditions.exists():
        return f"{WORDINGS[kind]}_with_conditions"
    return WORDINGS[kind]
