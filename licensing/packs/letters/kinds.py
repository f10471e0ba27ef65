"""Every kind of letter that this service writes: what it is for, who gets it and when, and a sample by version and language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.advice.letters import SUBJECT as ADVICE
from compliance.follow_ups.letters import FOLLOW_UP_SUBJECTS
from licensing.letters.letters import ELSEWHERE, TEMPLATES
from licensing.letters.rules import template_of
from licensing.packs.letters import particulars, sample_holder, samples, whens
from licensing.packs.letters import sample_facts as made
from licensing.packs.letters.kind import LetterKind
from licensing.requests.letters import REQUEST_SUBJECTS
from registry import signing
from registry.papers import words
from registry.schemes import Scheme

APPLICANT, HOLDER = _("The applicant"), _("The holder")
EITHER, BOTH = _("The applicant or holder"), _("The holder, and the people who act for it")
AGENCY, NAMED = _("Another authority"), _("A person named in an application")
OFFICER, ACCOUNT = _("The person who handles it"), _("The owner of the account")
USER, BUSINESS = _("The labour user"), _("The business that is inspected")
OFFENDER, FOLLOWER = _("People who supply or use workers without a licence"), _("People who follow the register")
SUPPLIER = _("A labour provider that a labour user asks about its sub-suppliers")
READER, COMPLAINANT = _("People who asked when a release is out"), _("The person who complained about our service")
ORDERED, PASSERS_ON = _("The person who ordered posters or cards"), _("People who pass on what is new to workers")
ONCE_OUT = _("Automatically, within a minute of publication, and then never again")
ACTS = _("The person, and the people who answer for the organisation")


# To whom what the pack words goes.
TO: dict[str, str | Promise] = {
    "application_received": APPLICANT,
    "request": APPLICANT,
    "notice_of_proposal": EITHER,
    "decision_grant": APPLICANT,
    "decision_grant_with_conditions": APPLICANT,
    "decision_refuse": APPLICANT,
    "renewal_reminder": BOTH,
    **dict.fromkeys(ELSEWHERE, OFFENDER),
}


def _ours(code: str, to: str | Promise, title: str | Promise, **facts: Any) -> LetterKind:
    return LetterKind(code, to, title, template_of(facts.pop("template", code)), facts)


def _of_visit(
    code: str, title: str | Promise, *, template: str = "", when: str | Promise = whens.AT_ONCE, **facts: Any
) -> LetterKind:
    return LetterKind(code, BUSINESS, title, f"compliance/letters/{template or code}.html", facts, when)


def _of_account(
    code: str, title: str | Promise, *, to: str | Promise = ACCOUNT, template: str = "", **facts: Any
) -> LetterKind:
    return LetterKind(code, to, title, f"registry/letters/{template or code}.html", facts)


def _acting(what: str, title: str | Promise) -> LetterKind:
    agent = {"what": what, "kind": _("Agent")}
    return _of_account(f"acting_{what}", title, to=ACTS, template="acting", **agent)


def _of_look_up(code: str, to: str | Promise, title: str | Promise, when: str | Promise = whens.AT_ONCE) -> LetterKind:
    return LetterKind(code, to, title, f"public_lookup/letters/{code}.html", None, when)


OURS: tuple[LetterKind, ...] = (
    _ours("altering", HOLDER, _("We have received your application to alter the licence")),
    _ours("begun", APPLICANT, _("We have begun to assess your application")),
    _ours("message", APPLICANT, _("There is a message about your application")),
    _ours(
        "answer",
        EITHER,
        _("Our answer to your email"),
        asked=_("This is where the subject of the email goes."),
        answer=_("This is where the answer goes."),
    ),
    *(
        replace(
            _ours(f"request_{occasion}", APPLICANT, title, template="about_request", occasion=occasion, because=""),
            when={"reminder": whens.DAYS_BEFORE, "lapsed": whens.LAPSED}.get(occasion, whens.AT_ONCE),
        )
        for occasion, title in REQUEST_SUBJECTS.items()
    ),
    _ours("paid", APPLICANT, _("Receipt for your payment"), fee_kind="application", by_card=False),
    _ours("demanded", APPLICANT, _("Pay the charge for the inspection"), kind="inspection"),
    _ours(
        "shortfall",
        APPLICANT,
        _("Pay the difference of the fee"),
        template="demanded",
        kind="shortfall",
        declared="100000",
        verified="1500000",
        evidence=_("This is where the evidence goes."),
    ),
    _ours("withdrawn", APPLICANT, _("Your application is withdrawn")),
    _ours("dropped", EITHER, _("We have dropped our proposal")),
    _ours("more_time", EITHER, _("You have more time to reply to our notice"), because=""),
    _ours("file_rejected", EITHER, made.FILE_REJECTED, place="application", **made.REJECTED),
    _ours("altered", HOLDER, _("Your licence has been altered"), grounds=[], conditions=[], kind="grant"),
    _ours("change_told", HOLDER, _("We have what you told us")),
    _ours("change_accepted", HOLDER, _("We have accepted the change")),
    _ours("change_refused", HOLDER, _("We have not accepted the change")),
    _ours("insurance_refused", HOLDER, _("We have not accepted your proof of insurance"), **made.A_PROOF),
    _ours("misuse_received", HOLDER, _("We have your report that your licence may be misused")),
    _ours("surrender_asked", HOLDER, _("You have asked to give up your licence")),
    _ours("surrender_dropped", HOLDER, _("Your licence is not given up")),
    _ours("surrender_taken_back", HOLDER, _("You keep your licence")),
    _ours("transfer_asked", HOLDER, _("You have asked that your licence pass to another business"), has_applied=True),
    _ours("transfer_to_answer", APPLICANT, _("Do you agree that a licence passes to you?")),
    _ours("transfer_declined", HOLDER, _("The other business does not agree to the transfer")),
    _ours("transfer_granted", APPLICANT, "", wording="decision_grant", conditions=[]),
    _ours("appeal_received", EITHER, _("Your appeal has been received"), template="appeal", outcome=""),
    _ours("appeal_ended", EITHER, _("Your appeal has ended"), template="appeal", outcome="dismissed"),
    replace(
        _ours("check_requests", AGENCY, _("A check waits for your reply"), reminds=False, way="screen"),
        when=whens.ASKS_ITSELF,
    ),
    LetterKind(
        "check_reminders",
        AGENCY,
        _("A check still waits for your reply"),
        template_of("check_requests"),
        {"reminds": True, "way": "screen"},
        whens.REMINDS_AGENCY,
    ),
    _ours("reply_overridden", AGENCY, _("We have overridden your reply to a check"), way="screen", check="K-0000-0000"),
    _ours("part", NAMED, _("Fill in your part of an application")),
    _ours("part_pin", NAMED, _("The number that opens your part")),
    _ours("part_refused", APPLICANT, _("A person you named does not answer"), name="Gethin Parry"),
    replace(_ours("dates_missed", OFFICER, _("Dates that have passed")), when=whens.MISSED),
    LetterKind(
        "report_overdue",
        _("The person who handles the report"),
        _("A report is overdue"),
        "compliance/letters/report_overdue.html",
        {"title": _("Deciding what to do with a report"), "reference": "P-0000-0000", "due": None, "is_day": True},
        _(
            "Automatically, within minutes of its day or hour passing: to the person who began, or to "
            "everyone who handles reports"
        ),
    ),
    _of_visit("visit_announced", _("We will visit you")),
    _of_visit(
        "advice",
        ADVICE,
        advice=_("Show each worker the rate and the hours on one page."),
        visited_on=date(2026, 10, 12),
    ),
    _of_visit("visit_called_off", _("We will not visit you")),
    _of_visit("report_sent", _("The report of our inspection")),
    *(
        _of_visit(
            f"follow_up_{occasion}",
            title,
            template="follow_up",
            when={"reminder": whens.WEEK_BEFORE, "missed": whens.DAY_AFTER}.get(occasion, whens.AT_ONCE),
            occasion=occasion,
            because="",
        )
        for occasion, title in FOLLOW_UP_SUBJECTS.items()
    ),
    _of_visit(
        "file_rejected_after_answer",
        made.FILE_REJECTED,
        template="file_rejected",
        place="follow-up",
        **made.REJECTED,
    ),
    _acting("invited", _("You are asked to act for an organisation")),
    _acting("withdrawn", _("An invitation to you has been taken back")),
    _acting("declined", _("An invitation was declined")),
    _acting("joined", _("A new person acts for your organisation")),
    _acting("changed", _("Who acts for an organisation has changed")),
    _acting("removed", _("A person no longer acts for an organisation")),
    _acting("left", _("A person no longer acts for an organisation")),
    _acting("consented", _("Consent for an agent has been recorded")),
    _acting("consent_withdrawn", _("The consent for an agent has been withdrawn")),
    _of_account("invitation", _("You have been given access")),
    _of_account("roles_changed", _("Your roles have changed")),
    _of_account("second_factor_reset", _("Your second factor was reset")),
    _of_account("access_refused", _("A change of access was not approved"), person="Alex Sample", because="–"),
    _of_account("break_glass", _("Someone signed in with an emergency account"), account="emergency@authority.example"),
    _of_account("key_taken", _("A key of yours has been revoked")),
    LetterKind("alert", ACCOUNT, _("Danger: respond now"), "registry/letters/alert.html", made.A_DANGER),
    LetterKind(
        "morning",
        ACCOUNT,
        _("Your tasks that are due today"),
        "registry/letters/morning.html",
        made.A_MORNING,
        whens.EACH_MORNING,
    ),
    LetterKind(
        "duties",
        ACTS,
        _("What your business must do"),
        template_of("duties"),
        {"duties": [made.A_DUTY]},
        whens.NEAR_ITS_DAY,
    ),
    _of_look_up("checked", HOLDER, _("A labour user has checked you on the register")),
    _of_look_up("check_made", USER, _("Your formal check")),
    _of_look_up("supplier_asked", SUPPLIER, _("A labour user asks which businesses you supply workers through")),
    _of_look_up("confirm", FOLLOWER, _("Confirm that you want to be told")),
    _of_look_up("changed", FOLLOWER, _("Something changed on the register"), whens.FOLLOWS),
    _of_look_up("release_confirm", READER, _("Confirm that you want to be told")),
    _of_look_up("release_out", READER, _("The statistics are out"), ONCE_OUT),
    _of_account("complaint_received", _("We have your complaint"), to=COMPLAINANT, day=date(2026, 11, 30)),
    _of_account("complaint_answered", _("Our answer to your complaint"), to=COMPLAINANT),
    _of_account("materials_ordered", _("We have your order"), to=ORDERED, **made.AN_ORDER),
    _of_account("materials_sent", _("Your posters and cards are on their way"), to=ORDERED, **made.AN_ORDER),
    _of_account("materials_declined", _("We cannot send what you ordered"), to=ORDERED, because="–", **made.AN_ORDER),
    _of_look_up("news_confirm", PASSERS_ON, _("Confirm that you want these emails")),
    _of_look_up("news_digest", PASSERS_ON, _("What is new to pass on to workers"), whens.ONCE_A_WEEK),
    _of_look_up("webhook_paused", FOLLOWER, _("We have stopped posting to your web address"), whens.STOPPED),
)


def kinds_of(scheme: Scheme) -> Iterator[LetterKind]:
    """Every kind that this version of the scheme can bring: what it words itself, then what is in our words."""
    for wording in (*scheme.letters, *scheme.letters_of_enforcement):
        if wording.code in TEMPLATES or wording.code in ELSEWHERE:
            when = _reminds(scheme) if wording.code == "renewal_reminder" else whens.AT_ONCE
            yield LetterKind(wording.code, TO.get(wording.code, HOLDER), when=when)
    yield from OURS


def _said(kind: LetterKind) -> dict[str, Any]:
    """The facts of a kind, its words in the language that is spoken now."""
    return {key: made.spoken(fact) for key, fact in (kind.facts or {}).items()}


def _reminds(scheme: Scheme) -> Promise:
    weeks = ", ".join(str(one) for one in scheme.renewal.reminders_weeks)
    text = _(
        "Automatically, in these weeks before the licence ends: {weeks}. To the holder, and the people who act for it"
    )
    return format_lazy(text, weeks=weeks)


def kind(scheme: Scheme, code: str) -> LetterKind:
    """Raises LookupError where the version has no such letter."""
    for one in kinds_of(scheme):
        if one.code == code:
            return one
    raise LookupError(code)


def sample_of(scheme: Scheme, code: str, *, language: str) -> words.SampleLetter:
    """A letter of this kind to nobody, dated on the first day of the version."""
    one = kind(scheme, code)
    with translation.override(language):
        if one.is_of_pack:
            return samples.sample(scheme, code, language=language)
        facts = {**samples.facts_for(scheme, language), **particulars.particulars(scheme, code, language), **_said(one)}
        if one.template.startswith("registry/"):  # from whoever runs the service, whatever the scheme
            del facts["scheme"], facts["version"], facts["issued_under"]
        title, first = one.title_in(scheme, language), sample_holder.first_morning(scheme)
        return words.SampleLetter(
            one.template, title, language, signing.plain(facts), at=first, address="sample@example.org"
        )
