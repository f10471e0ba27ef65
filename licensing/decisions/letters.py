"""What is proposed, heard and decided."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Notice
from licensing.decisions.queries import grounds as queries
from licensing.decisions.states.kinds import DecisionKind
from licensing.letters.letters import (
    ALTERED,
    in_our_words,
    judged_by,
    licence_facts,
    queue,
    standard_in_words,
    subject_anew,
    wording_of,
)
from registry.letters.models import Letter
from registry.licences.models import Condition
from registry.schemes import said


def notified(decision: Decision, *, at: datetime) -> Letter:
    """Says what is proposed, on which grounds and evidence, and until when the subject may reply (docs/rules.md C91)."""
    last = decision.notices.latest("number")
    facts = {
        **_reasons(decision),
        **_dates(decision),
        "because": decision.because,
        "grounds": _grounds(decision, notice=last),
        "earlier": [ground for ground in _grounds(decision) if ground["notice"] < last.number],
        "notice": last.number,
        "reply_by": last.reply_by,
    }
    return queue(subject_anew(decision), wording="notice_of_proposal", facts=facts, at=at)


def more_time(decision: Decision, *, because: str, at: datetime) -> Letter:
    """Says until when the subject may now reply to the notice."""
    facts = {"decision": decision.reference, "kind": decision.kind, "reply_by": decision.reply_by, "because": because}
    subject = _("You have more time to reply to our notice")
    return queue(subject_anew(decision), template="more_time", subject=subject, facts=facts, at=at)


def dropped(decision: Decision, *, at: datetime) -> Letter:
    """Says that nothing comes of a proposal of which the subject had been notified."""
    facts = {"decision": decision.reference, "kind": decision.kind, "notified_at": decision.notified_at}
    subject = _("We have dropped our proposal")
    return queue(subject_anew(decision), template="dropped", subject=subject, facts=facts, at=at)


def decided(decision: Decision, *, at: datetime) -> Letter:
    """Says what was decided, why, from when, under which law, and by when an appeal must arrive (Appeals Regulations 2006)."""
    subject = subject_anew(decision)
    if isinstance(subject, Application) and subject.alters is not None and decision.kind == DecisionKind.GRANT:
        return _altered(decision, subject, at=at)
    replies = [timezone.localdate(one.received_at) for one in decision.representations.order_by("received_at", "pk")]
    facts = {
        **_reasons(decision),
        **_dates(decision),
        "conditions": _conditions(decision),
        "replies": replies,
        "appeal_by": decision.appeal_by,
        "licence": licence_facts(subject),
    }
    if decision.condition is not None:
        facts["condition"] = _condition(decision.condition)
    if decision.transfer is not None:
        facts["to_name"] = decision.transfer.to_name
    if in_our_words(decision, at=at):
        return queue(subject, template="about_condition", subject=decision.row.own_subject, facts=facts, at=at)
    return queue(subject, wording=wording_of(decision), facts=facts, at=at)


def _altered(decision: Decision, application: Application, *, at: datetime) -> Letter:
    """Says that the licence goes on, altered as was applied for."""
    language = application.organisation.language
    facts = {
        **_reasons(decision),
        "title": said(judged_by(application).change_kind(application.altering).title, language),
        "conditions": _conditions(decision),
        "appeal_by": decision.appeal_by,
        "licence": licence_facts(application),
    }
    # New conditions can be appealed against, in the words that the pack has for them.
    wording = "decision_grant_with_conditions" if facts["conditions"] else ""
    return queue(application, template="altered", wording=wording, subject=ALTERED, facts=facts, at=at)


def surrender_asked(decision: Decision, *, at: datetime) -> Letter:
    """Confirms that the holder has asked to give the licence up, and that nothing has been decided yet."""
    subject = subject_anew(decision)
    facts = {"licence": licence_facts(subject), "from_day": decision.takes_effect, "decision": decision.reference}
    heading = _("You have asked to give up your licence")
    return queue(subject, template="surrender_asked", subject=heading, facts=facts, at=at)


def surrender_dropped(decision: Decision, *, because: str, at: datetime) -> Letter:
    """Says that the licence is not given up after all: whoever asked for it must not stop, or go on, by mistake."""
    subject = subject_anew(decision)
    facts = {"licence": licence_facts(subject), "asked_at": decision.proposed_at, "decision": decision.reference}
    heading = _("Your licence is not given up")
    return queue(subject, template="surrender_dropped", subject=heading, facts={**facts, "because": because}, at=at)


def surrender_taken_back(decision: Decision, *, at: datetime) -> Letter:
    """Confirms to everyone who acts for the holder that the licence goes on: one of them may have asked for its end."""
    subject = subject_anew(decision)
    facts = {
        "licence": licence_facts(subject),
        "asked_at": decision.proposed_at,
        "decision": decision.reference,
    }
    heading = _("You keep your licence")
    return queue(subject, template="surrender_taken_back", subject=heading, facts=facts, at=at)


def _reasons(decision: Decision) -> dict[str, Any]:
    """The reasons, each ground with its evidence, and what was weighed: nobody loses on what was not told."""
    subject = subject_anew(decision)
    scheme, language = judged_by(subject), subject.organisation.language
    return {
        "decision": decision.reference,
        "kind": decision.kind,
        "because": decision.decided_because or decision.because,
        "grounds": _grounds(decision),
        "aggravating": queries.factors_in_words(decision, "aggravating", language=language),
        "mitigating": queries.factors_in_words(decision, "mitigating", language=language),
        "weighed": decision.weighed,
        "points": decision.points,
        "fail_at": scheme.fail_at,
        "rules_of": scheme.version,
    }


def _grounds(decision: Decision, *, notice: Notice | None = None) -> list[dict[str, Any]]:
    """The grounds in order, or those of one notice, each with its evidence and, once it is decided, what was concluded."""
    subject = subject_anew(decision)
    scheme, language = judged_by(subject), subject.organisation.language
    grounds = decision.grounds.select_related("condition", "notice").prefetch_related("exhibits", "replies")
    wanted = grounds.filter(notice=notice) if notice else grounds
    with translation.override(language):
        return [
            {
                "number": one.number,
                "notice": one.notice.number if one.notice else 0,
                "standard": queries.rests_on(one, scheme, language=language),
                "text": one.text,
                "exhibits": [
                    {"source": exhibit.source, "text": exhibit.text}
                    for exhibit in sorted(one.exhibits.all(), key=lambda exhibit: exhibit.pk)
                ],
                "replied": bool(one.replies.all()),
                "upheld": one.upheld,
                "concluded": one.concluded_because,
            }
            for one in wanted.order_by("number")
        ]


def _dates(decision: Decision) -> dict[str, Any]:
    return {
        "from_day": decision.starts or decision.takes_effect,
        "until": decision.until,
        "immediate": decision.immediate,
        "immediate_because": decision.immediate_because,
    }


def _conditions(decision: Decision) -> list[dict[str, Any]]:
    subject = subject_anew(decision)
    scheme, language = judged_by(subject), subject.organisation.language
    return [
        {
            "standard": standard_in_words(scheme, condition.standard, language),
            "requirement": condition.requirement,
            "due_on": condition.due_on,
        }
        for condition in decision.conditions.order_by("pk")
    ]


def _condition(condition: Condition) -> dict[str, Any]:
    """The condition as it is now: read anew, as the decision may remember it as it was."""
    condition.refresh_from_db()
    licence = condition.licence
    return {
        "reference": condition.reference,
        "standard": standard_in_words(judged_by(licence), condition.standard, licence.organisation.language),
        "requirement": condition.requirement,
        "due_on": condition.due_on,
    }
