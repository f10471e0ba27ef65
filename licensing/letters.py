"""What to say to an applicant or holder, occasion by occasion. The legal wording is the pack's; the frame is ours.

Called in the last beat of an action, inside its transaction: a letter that was not written means that nothing was done.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing import queries
from licensing.models import (
    Appeal,
    Application,
    Change,
    Check,
    Decision,
    Demand,
    InformationRequest,
    Notice,
    Part,
    Payment,
    Transfer,
)
from licensing.queries import appeals as appeal_queries
from licensing.queries.bundles import Bundle
from licensing.queries.dates import Due
from licensing.rules import letters as rules
from licensing.states import DecisionKind, DemandKind
from registry import letters, schemes, signing
from registry.errors import refuse_for
from registry.identifiers import draw_licence_prefix, make_code
from registry.models import Agency, Condition, Letter, Licence, User, Way
from registry.schemes import Scheme, said
from registry.workdays import last_day_of_term


def received(application: Application, *, at: datetime) -> Letter:
    """Confirms that the application was handed in, and says what to pay and how (2009 Rules, r.6)."""
    if application.alters is not None:
        return _queue(
            application,
            template="altering",
            subject=_("We have received your application to alter the licence"),
            facts={"licence": _licence(application.alters), "signed_name": application.signed_name},
            at=at,
        )
    scheme, language = _judged_by(application), application.organisation.language
    facts = {
        "fee": application.fee,
        "payment_reference": application.payment_reference,
        "payment": said(scheme.fees.payment, language),
        "payment_note": said(scheme.payment_note, language),
        "bank_account": settings.BANK_ACCOUNT,
        "signed_name": application.signed_name,
        "sectors": _sectors(scheme, application.facts.get("sectors", []), language),
        "rules_of": scheme.version,
        "stands": _stands(application, at=at),
    }
    return _queue(application, wording="application_received", facts=facts, at=at)


def begun(application: Application, *, at: datetime) -> Letter:
    """Says that a case officer has taken the application in hand, and where it stands now."""
    facts = {"stands": _stands(application, at=at)}
    return _queue(
        application, template="begun", subject=_("We have begun to assess your application"), facts=facts, at=at
    )


def message_waits(application: Application, *, at: datetime) -> Letter:
    """Says that there is a message about the application, and not what it says: a mail box is read by more people."""
    return _queue(application, template="message", subject=_("There is a message about your application"), at=at)


def paid(payment: Payment, *, at: datetime) -> Letter:
    """The receipt: how much came, when and how, what for, and what is still to pay."""
    application = payment.application
    scheme, language = _judged_by(application), application.organisation.language
    facts = {
        "receipt": payment.reference,
        "amount": payment.amount,
        "received_on": payment.received_on,
        "by_card": payment.card_id is not None,
        "fee_kind": application.fee_kind,
        "payment_reference": application.payment_reference,
        "still_to_pay": application.still_to_pay or "",
        "overpaid": application.overpaid or "",
        "vat": said(scheme.payments.vat, language) if scheme.payments else "",
    }
    return _queue(application, template="paid", subject=_("Receipt for your payment"), facts=facts, at=at)


def demanded(demand: Demand, *, at: datetime) -> Letter:
    """Says what is to be paid besides the fee, why, by when and how (2009 Rules, r.6; BULL0625)."""
    application = demand.application
    scheme, language = _judged_by(application), application.organisation.language
    asked = scheme.payments and getattr(scheme.payments, demand.kind)
    facts = {
        "kind": demand.kind,
        "amount": demand.amount,
        "due_on": demand.due_on,
        "words": said(asked.words, language) if asked else "",
        "declared": demand.declared,
        "verified": demand.verified,
        "evidence": demand.evidence,
        "band": said(scheme.fee_band(demand.band).title, language),
        "payment_reference": application.payment_reference,
        "payment": said(scheme.fees.payment, language),
        "bank_account": settings.BANK_ACCOUNT,
    }
    return _queue(application, template="demanded", subject=DEMANDS[DemandKind(demand.kind)], facts=facts, at=at)


DEMANDS: dict[DemandKind, str | Promise] = {
    DemandKind.INSPECTION: _("Pay the charge for the inspection"),
    DemandKind.SHORTFALL: _("Pay the difference of the fee"),
}


def asked(request: InformationRequest, *, at: datetime) -> Letter:
    """Asks the applicant for what is missing, by a day (2009 Rules, r.3)."""
    stands = _stands(request.application, at=at)
    facts = {"question": request.question, "due_on": request.due_on, "stands": stands}
    return _queue(request.application, wording="request", facts=facts, at=at)


def withdrawn(application: Application, *, at: datetime) -> Letter:
    """Confirms that the application was taken back. The fee is kept (2009 Rules, r.6)."""
    return _queue(application, template="withdrawn", subject=_("Your application is withdrawn"), at=at)


def notified(decision: Decision, *, at: datetime) -> Letter:
    """Says what is proposed, on which grounds and evidence, and until when the subject may reply (conventions C91)."""
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
    return _queue(_subject(decision), wording="notice_of_proposal", facts=facts, at=at)


def dropped(decision: Decision, *, at: datetime) -> Letter:
    """Says that nothing comes of a proposal of which the subject had been notified."""
    facts = {"decision": decision.reference, "kind": decision.kind, "notified_at": decision.notified_at}
    subject = _("We have dropped our proposal")
    return _queue(_subject(decision), template="dropped", subject=subject, facts=facts, at=at)


def decided(decision: Decision, *, at: datetime) -> Letter:
    """Says what was decided, why, from when, under which law, and by when an appeal must arrive (Appeals Regulations 2006)."""
    subject = _subject(decision)
    if isinstance(subject, Application) and subject.alters is not None and decision.kind == DecisionKind.GRANT:
        return _altered(decision, subject, at=at)
    replies = [timezone.localdate(one.received_at) for one in decision.representations.order_by("received_at", "pk")]
    facts = {
        **_reasons(decision),
        **_dates(decision),
        "conditions": _conditions(decision),
        "replies": replies,
        "appeal_by": decision.appeal_by,
        "licence": _licence(subject),
    }
    if decision.condition is not None:
        facts["condition"] = _condition(decision.condition)
    if decision.transfer is not None:
        facts["to_name"] = decision.transfer.to_name
    kind = DecisionKind(decision.kind)
    if _in_our_words(decision, at=at):
        return _queue(subject, template="about_condition", subject=SUBJECTS[kind], facts=facts, at=at)
    return _queue(subject, wording=wording_of(decision), facts=facts, at=at)


def _altered(decision: Decision, application: Application, *, at: datetime) -> Letter:
    """Says that the licence goes on, altered as was applied for."""
    language = application.organisation.language
    facts = {
        **_reasons(decision),
        "title": said(_judged_by(application).change_kind(application.altering).title, language),
        "conditions": _conditions(decision),
        "appeal_by": decision.appeal_by,
        "licence": _licence(application),
    }
    # New conditions can be appealed against, in the words that the pack has for them.
    wording = "decision_grant_with_conditions" if facts["conditions"] else ""
    return _queue(application, template="altered", wording=wording, subject=ALTERED, facts=facts, at=at)


def told(change: Change, *, at: datetime) -> Letter:
    """Confirms what was told, to the address that is on the file before anything follows from it (trust.md T45)."""
    return _about_change(change, template="change_told", subject=_("We have what you told us"), at=at)


def change_accepted(change: Change, *, former: str, at: datetime) -> list[Letter]:
    """Says that file and register follow; to the former address too, if there is a new one: it may be somebody else's."""
    subject = _("We have accepted the change")
    own = _about_change(change, template="change_accepted", subject=subject, at=at)
    if not former or former == own.address:
        return [own]
    return [own, _about_change(change, template="change_accepted", subject=subject, to=former, at=at)]


def change_refused(change: Change, *, at: datetime) -> Letter:
    """Says why a change was not accepted: file and register stay as they are."""
    return _about_change(change, template="change_refused", subject=_("We have not accepted the change"), at=at)


def misuse_received(licence: Licence, *, at: datetime) -> Letter:
    """Confirms that the holder's suspicion has arrived; what it said is not repeated."""
    subject = _("We have your report that your licence may be misused")
    return _queue(licence, template="misuse_received", subject=subject, facts={"licence": _licence(licence)}, at=at)


def surrender_asked(decision: Decision, *, at: datetime) -> Letter:
    """Confirms that the holder has asked to give the licence up, and that nothing has been decided yet."""
    subject = _subject(decision)
    facts = {"licence": _licence(subject), "from_day": decision.takes_effect, "decision": decision.reference}
    heading = _("You have asked to give up your licence")
    return _queue(subject, template="surrender_asked", subject=heading, facts=facts, at=at)


def transfer_asked(transfer: Transfer, *, at: datetime) -> Letter:
    """Confirms that the holder has asked for a transfer, and that nothing has been decided yet."""
    subject = _("You have asked that your licence pass to another business")
    return _about_transfer(transfer, transfer.licence, template="transfer_asked", subject=subject, at=at)


def transfer_to_answer(transfer: Transfer, *, at: datetime) -> Letter:
    """Asks the other business whether it agrees to be licensed in the holder's place."""
    subject = _("Do you agree that a licence passes to you?")
    return _about_transfer(transfer, transfer.application, template="transfer_to_answer", subject=subject, at=at)


def transfer_declined(transfer: Transfer, *, at: datetime) -> Letter:
    """Says that the other business does not agree, so that the licence stays where it is."""
    subject = _("The other business does not agree to the transfer")
    return _about_transfer(transfer, transfer.licence, template="transfer_declined", subject=subject, at=at)


def transfer_granted(transfer: Transfer, *, at: datetime) -> Letter:
    """Tells the other business that it is licensed, from when, and on which conditions that came along."""
    assert transfer.application is not None and transfer.became is not None
    transfer.application.refresh_from_db()
    language = transfer.application.organisation.language
    scheme = _judged_by(transfer.became)
    facts = {
        "transfer": transfer.reference,
        "from_licence": transfer.licence.number,
        "licence": _licence(transfer.became),
        "conditions": [
            {
                "standard": _standard(scheme, one.standard, language),
                "requirement": one.requirement,
                "due_on": one.due_on,
            }
            for one in transfer.became.conditions.order_by("pk")
        ],
    }
    return _queue(transfer.application, wording="decision_grant", template="transfer_granted", facts=facts, at=at)


def _about_transfer(
    transfer: Transfer, about: Application | Licence | None, *, template: str, subject: Promise, at: datetime
) -> Letter:
    """What is asked for. The holder's reasons are its own: the other business does not read them."""
    assert about is not None
    facts = {
        "transfer": transfer.reference,
        "holder": transfer.organisation.legal_name,
        "to_name": transfer.to_name,
        "has_applied": transfer.application_id is not None,
        "from_day": transfer.from_day,
        "licence": _licence(transfer.licence),
    }
    return _queue(about, template=template, subject=subject, facts=facts, at=at)


def appeal_received(appeal: Appeal, *, at: datetime) -> Letter:
    """Confirms that an appeal has arrived, and says what holds until it is decided (Appeals Regulations 2006)."""
    return _about_appeal(appeal, subject=_("Your appeal has been received"), at=at)


def appeal_ended(appeal: Appeal, *, at: datetime) -> Letter:
    """Says how the appeal ended, what follows for the licence, and from which day."""
    return _about_appeal(appeal, subject=_("Your appeal has ended"), at=at)


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
    return letters.bundle(template, facts=facts, documents=documents, record=record, language=language, at=at)


def _about_appeal(appeal: Appeal, *, subject: Promise, at: datetime) -> Letter:
    about = _subject(appeal.decision)
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
        "licence": _licence(about),
    }
    return _queue(about, template="appeal", subject=subject, facts=facts, at=at)


def _about_change(change: Change, *, template: str, subject: Promise, to: str | None = None, at: datetime) -> Letter:
    licence = change.licence
    licence.organisation.refresh_from_db()
    kind = _judged_by(change).change_kind(change.kind)
    facts = {
        "change": change.reference,
        "title": said(kind.title, licence.organisation.language),
        "called": change.called,
        "happened_on": change.happened_on,
        "days_late": change.days_late,
        "holds": kind.at_once,
        "because": change.because,
    }
    return _queue(licence, template=template, subject=subject, facts=facts, to=to, at=at)


ALTERED = _("Your licence has been altered")
GOES_ON = _("The licence goes on under its number, altered as you applied. The register shows it from today.")


def ended(licence: Licence, *, at: datetime) -> Letter:
    """Tells the holder that the licence has ended with the change of its numbers (2009 Rules, r.5)."""
    facts = {"licence": _licence(licence), "from_day": licence.ended_from}
    return _queue(licence, wording="licence_ended", facts=facts, at=at)


def reminded(licence: Licence, *, at: datetime) -> list[Letter]:
    """Says until when the licence lasts and how to renew it, to the holder and to everyone who acts for it (BRIEF70)."""
    facts = {"licence": _licence(licence)}
    own = _queue(licence, wording="renewal_reminder", facts=facts, copied=False, at=at)
    acting = licence.organisation.memberships.acting(timezone.localdate(at)).values("user")
    others = User.objects.filter(pk__in=acting, is_active=True).exclude(email__iexact=own.address).order_by("pk")
    return [own, *(_queue(licence, wording="renewal_reminder", facts=facts, to=one, at=at) for one in others)]


def asked_of_agency(agency: Agency, checks: Sequence[Check], *, reminds: bool, at: datetime) -> Letter:
    """Asks another authority, or reminds it. A mailbox is read by more people: only by post does it say about whom."""
    scheme = checks[0].case.scheme
    facts = {
        "scheme": scheme,
        "reminds": reminds,
        "way": agency.way,
        "checks": [_asked(check, agency) for check in checks],
    }
    subject = REMINDS[len(checks) > 1] if reminds else ASKS[len(checks) > 1]
    return letters.queue(
        _template("check_requests"), to=agency, subject=subject, facts=facts, about=agency.reference, at=at
    )


ASKS = {False: _("A check waits for your reply"), True: _("Checks wait for your reply")}
REMINDS = {False: _("A check still waits for your reply"), True: _("Checks still wait for your reply")}


def _asked(check: Check, agency: Agency) -> dict[str, Any]:
    named = {"reference": check.reference, "due_on": check.due_on}
    if agency.way != Way.POST:
        return named
    language = agency.language
    with translation.override(language):
        subject = [{"key": row.key, "value": row.value} for row in queries.subject_of(check).rows]
        return {
            **named,
            "title": queries.title_of(check),
            "subject": subject,
            "words": queries.words_of(check, language),
            "questions": [one.text for one in queries.questions_of(check, language)],
        }


def part(one: Part, *, seed: str, at: datetime) -> Letter:
    """Asks a named person to fill in and sign their own part. The letter keeps the seed of the link, not the link."""
    subject = _("Fill in your part of an application")
    return _queue_part(one, "part", subject, {"seed": seed, "until": one.expires_at, "name": one.name}, at=at)


def part_pin(one: Part, *, pin: str, at: datetime) -> Letter:
    """The number that opens the link, to whom the link was sent."""
    return _queue_part(
        one, "part_pin", _("The number that opens your part"), {"pin": pin, "until": one.pin_until}, at=at
    )


def part_code(seed: str) -> str:
    """The code of a link, made of its seed and our key: whoever reads the letters without the key cannot use them."""
    drawn = bytes.fromhex(signing.keyed_digest(settings.SECRET_KEY, f"part {seed}"))
    return "-".join(make_code(drawn[place : place + 5]) for place in (0, 5, 10, 15))


def _queue_part(one: Part, template: str, subject: str | Promise, facts: Mapping[str, Any], *, at: datetime) -> Letter:
    with translation.override(one.language):
        return letters.queue(
            f"licensing/letters/{template}.html",
            to=one.address,
            subject=subject,
            facts={
                "scheme": one.application.scheme,
                "organisation": one.application.organisation.legal_name,
                **facts,
            },
            about=one.reference,
            at=at,
        )


def dates_missed(officer: User, missed: Sequence[Due], *, about: str, at: datetime) -> Letter:
    """What has become overdue since the last working day, to whoever sees to it."""
    with translation.override(officer.language):
        rows = [
            {"title": str(one.title), "about": one.about, "day": date_format(one.due_on, "j F Y"), "rule": one.rule}
            for one in missed
        ]
    return letters.queue(
        "licensing/letters/dates_missed.html",
        to=officer,
        subject=_("Dates that have passed"),
        facts={"dates": rows},
        about=about,
        at=at,
    )


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
    "surrender": "ended",
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
    if _in_our_words(decision, at=at):
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


def _in_our_words(decision: Decision, *, at: datetime) -> bool:
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


def _queue(
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
        return letters.queue(
            _template(template or TEMPLATES[wording]),
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


def _stands(application: Application, *, at: datetime) -> dict[str, Any]:
    """Whose turn it is, what happens next and when to expect a decision: what the page of the application says that day."""
    with translation.override(application.organisation.language):
        return queries.whereabouts(application, today=timezone.localdate(at)).as_facts()


def _template(name: str) -> str:
    return f"licensing/letters/{name}.html"


def _subject(decision: Decision) -> Application | Licence:
    """Read anew: the decision may remember its subject as it was before."""
    subject = decision.subject
    subject.refresh_from_db()
    return subject


def _judged_by(subject: Application | Change | Licence) -> Scheme:
    assert subject.version is not None
    return schemes.get(subject.scheme, subject.version)


def _reasons(decision: Decision) -> dict[str, Any]:
    """The reasons, each ground with its evidence, and what was weighed: nobody loses on what was not told."""
    subject = _subject(decision)
    scheme, language = _judged_by(subject), subject.organisation.language
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
    subject = _subject(decision)
    scheme, language = _judged_by(subject), subject.organisation.language
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
    }


def _conditions(decision: Decision) -> list[dict[str, Any]]:
    subject = _subject(decision)
    scheme, language = _judged_by(subject), subject.organisation.language
    return [
        {
            "standard": _standard(scheme, condition.standard, language),
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
        "standard": _standard(_judged_by(licence), condition.standard, licence.organisation.language),
        "requirement": condition.requirement,
        "due_on": condition.due_on,
    }


def _standard(scheme: Scheme, code: str, language: str) -> str:
    return f"{code} {said(scheme.standard(code).title, language)}"


def _sectors(scheme: Scheme, codes: Iterable[str], language: str) -> list[str]:
    return [said(scheme.sector(code).title, language) for code in codes]


def _licence(subject: Application | Licence) -> dict[str, Any]:
    licence = subject.licence if isinstance(subject, Application) else subject
    if licence is None:
        return {}
    return {
        "number": licence.number,
        "valid_from": licence.valid_from,
        "valid_until": licence.valid_until,
        "sectors": _sectors(_judged_by(licence), licence.sectors, licence.organisation.language),
    }


# --- samples: to read a version of a pack before it is in force ---

SAMPLE_NAME = "Sample Labour Ltd"
SAMPLE_OTHER = "Other Sample Ltd"
# Numbers are counted from 1: no licence bears this one.
SAMPLE_NUMBER = f"{draw_licence_prefix(SAMPLE_NAME)}0000"
SAMPLE_ADDRESS = {"line_1": "1 Market Place", "town": "Boston", "postcode": "PE21 6EH"}


WITH_CONDITIONS = frozenset({"decision_grant_with_conditions", "condition_added"})


def sample(scheme: Scheme, code: str, *, language: str) -> letters.Sample:
    """A letter of the pack to a holder who does not exist, dated on the first day of the version."""
    wording = scheme.letter(code)
    facts = {
        "scheme": scheme.name,
        "version": scheme.version,
        "issued_under": scheme.version,
        "wording": code,
        "receiver": {"name": SAMPLE_NAME, "address": list(SAMPLE_ADDRESS.values())},
        **_sample_of_application(scheme, language),
        **_sample_of_decision(scheme, language),
        "conditions": [_sample_condition(scheme, language)] if code in WITH_CONDITIONS else [],
        "appeal_by": scheme.version + timedelta(days=28) if wording.appeal else None,
    }
    template = _template(TEMPLATES[code]) if code in TEMPLATES else "registry/letters/letter.html"
    return letters.Sample(
        template, said(wording.title, language), language, signing.plain(facts), at=first_morning(scheme)
    )


def sample_holder(scheme: Scheme) -> letters.SampleEntry:
    """Whom the sample of a certificate is about."""
    return letters.SampleEntry(
        number=SAMPLE_NUMBER,
        name=SAMPLE_NAME,
        address=SAMPLE_ADDRESS,
        valid_from=scheme.version,
        valid_until=last_day_of_term(scheme.version, scheme.licence_months),
        sectors=(scheme.sectors[0].code,),
        supplies_to=tuple(nation.code for nation in scheme.nations),
    )


def first_morning(scheme: Scheme) -> datetime:
    """Ten o'clock in London on the first day of the version."""
    return timezone.make_aware(datetime.combine(scheme.version, time(10)))


def _sample_of_application(scheme: Scheme, language: str) -> dict[str, Any]:
    return {
        "fee": scheme.fee(scheme.fees.bands[-1].code),
        "payment_reference": "00000000",
        "payment": said(scheme.fees.payment, language),
        "payment_note": said(scheme.payment_note, language),
        "bank_account": settings.BANK_ACCOUNT,
        "signed_name": "Alex Sample",
        "sectors": _sectors(scheme, [scheme.sectors[0].code], language),
        "rules_of": scheme.version,
        "question": gettext("Send the payslips of the last three months."),
        "due_on": scheme.version + timedelta(days=14),
    }


def _sample_of_decision(scheme: Scheme, language: str) -> dict[str, Any]:
    ground = {
        "number": 1,
        "notice": 1,
        "standard": _standard(scheme, scheme.standards[0].code, language),
        "text": gettext("What was found stands here."),
        "exhibits": [{"source": "", "text": gettext("How we know it stands here.")}],
        "replied": True,
        "upheld": True,
        "concluded": gettext("What we make of the reply stands here."),
    }
    return {
        "decision": "D-0000-0000",
        "kind": DecisionKind.REVOKE,
        "because": gettext("The reasons for the decision stand here."),
        "grounds": [ground],
        "notice": 1,
        "points": scheme.standards[0].points,
        "fail_at": scheme.fail_at,
        "from_day": scheme.version,
        "until": scheme.version + timedelta(days=28),
        "reply_by": scheme.version + timedelta(days=14),
        "licence": {
            "number": SAMPLE_NUMBER,
            "valid_from": scheme.version,
            "valid_until": last_day_of_term(scheme.version, scheme.licence_months),
            "sectors": _sectors(scheme, [scheme.sectors[0].code], language),
        },
        "condition": {"reference": "C-0000-0000", **_sample_condition(scheme, language)},
        "to_name": SAMPLE_OTHER,
    }


def _sample_condition(scheme: Scheme, language: str) -> dict[str, Any]:
    return {
        "standard": _standard(scheme, scheme.standards[0].code, language),
        "requirement": gettext("What must be put right stands here."),
        "due_on": scheme.version + timedelta(days=56),
    }
