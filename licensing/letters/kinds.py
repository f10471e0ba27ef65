"""Every kind of letter that this service writes: what it is for, who gets it, and a sample of it by version and language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.letters import samples
from licensing.letters.sending import template_of
from licensing.letters.wording import TEMPLATES
from registry import letters, signing
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter. What the pack words has its title from there; ours has its own."""

    code: str
    to: str | Promise
    title: str | Promise = ""
    template: str = ""
    facts: Mapping[str, Any] | None = None

    @property
    def is_of_pack(self) -> bool:
        return not self.template

    def title_in(self, scheme: Scheme, language: str) -> str:
        return said(scheme.letter(self.code).title, language) if self.is_of_pack else str(self.title)


APPLICANT, HOLDER = _("The applicant"), _("The holder")
EITHER, BOTH = _("The applicant or holder"), _("The holder, and whoever acts for it")
AGENCY, NAMED = _("Another authority"), _("A person whom an application names")
OFFICER, ACCOUNT = _("The officer"), _("Whoever has the account")
USER = _("The labour user")
# To whom what the pack words goes.
TO: dict[str, str | Promise] = {
    "application_received": APPLICANT,
    "request": APPLICANT,
    "notice_of_proposal": EITHER,
    "decision_grant": APPLICANT,
    "decision_grant_with_conditions": APPLICANT,
    "decision_refuse": APPLICANT,
    "renewal_reminder": BOTH,
}


def _ours(code: str, to: str | Promise, title: str | Promise, **facts: Any) -> Kind:
    return Kind(code, to, title, template_of(facts.pop("template", code)), facts)


OURS: tuple[Kind, ...] = (
    _ours("altering", HOLDER, _("We have received your application to alter the licence")),
    _ours("begun", APPLICANT, _("We have begun to assess your application")),
    _ours("message", APPLICANT, _("There is a message about your application")),
    _ours("paid", APPLICANT, _("Receipt for your payment"), fee_kind="application", by_card=False),
    _ours("demanded", APPLICANT, _("Pay the charge for the inspection"), kind="inspection"),
    _ours("withdrawn", APPLICANT, _("Your application is withdrawn")),
    _ours("dropped", EITHER, _("We have dropped our proposal")),
    _ours("altered", HOLDER, _("Your licence has been altered"), grounds=[], conditions=[], kind="grant"),
    _ours("change_told", HOLDER, _("We have what you told us")),
    _ours("change_accepted", HOLDER, _("We have accepted the change")),
    _ours("change_refused", HOLDER, _("We have not accepted the change")),
    _ours("misuse_received", HOLDER, _("We have your report that your licence may be misused")),
    _ours("surrender_asked", HOLDER, _("You have asked to give up your licence")),
    _ours("transfer_asked", HOLDER, _("You have asked that your licence pass to another business"), has_applied=True),
    _ours("transfer_to_answer", APPLICANT, _("Do you agree that a licence passes to you?")),
    _ours("transfer_declined", HOLDER, _("The other business does not agree to the transfer")),
    _ours("appeal_received", EITHER, _("Your appeal has been received"), template="appeal", outcome=""),
    _ours("appeal_ended", EITHER, _("Your appeal has ended"), template="appeal", outcome="dismissed"),
    _ours("check_requests", AGENCY, _("A check waits for your reply"), reminds=False, way="screen"),
    _ours(
        "check_reminders",
        AGENCY,
        _("A check still waits for your reply"),
        template="check_requests",
        reminds=True,
        way="screen",
    ),
    _ours("part", NAMED, _("Fill in your part of an application")),
    _ours("part_pin", NAMED, _("The number that opens your part")),
    _ours("dates_missed", OFFICER, _("Dates that have passed")),
    Kind("key_taken", ACCOUNT, _("A key of yours was taken away"), "registry/letters/key_taken.html"),
    Kind("roles_changed", ACCOUNT, _("Your roles have changed"), "registry/letters/roles_changed.html"),
    Kind(
        "second_factor_reset", ACCOUNT, _("Your second factor was reset"), "registry/letters/second_factor_reset.html"
    ),
    Kind("check_made", HOLDER, _("A labour user has checked your licence"), "public_lookup/letters/check_made.html"),
    Kind("checked", USER, _("Your check"), "public_lookup/letters/checked.html"),
)


def kinds_of(scheme: Scheme) -> Iterator[Kind]:
    """Every kind that this version of the scheme can bring: what it words itself, then what is in our words."""
    for wording in scheme.letters:
        if wording.code in TEMPLATES:
            yield Kind(wording.code, TO.get(wording.code, HOLDER))
    yield from OURS


def kind(scheme: Scheme, code: str) -> Kind:
    """Raises LookupError where the version has no such letter."""
    for one in kinds_of(scheme):
        if one.code == code:
            return one
    raise LookupError(code)


def sample_of(scheme: Scheme, code: str, *, language: str) -> letters.Sample:
    """A letter of this kind to nobody, dated on the first day of the version."""
    one = kind(scheme, code)
    with translation.override(language):
        if one.is_of_pack:
            return samples.sample(scheme, code, language=language)
        facts = {**samples.facts_for(scheme, language), **_particulars(scheme, language), **(one.facts or {})}
        return letters.Sample(
            one.template, str(one.title), language, signing.plain(facts), at=samples.first_morning(scheme)
        )


def _particulars(scheme: Scheme, language: str) -> dict[str, Any]:
    """What our own frames say, of a holder and an applicant who do not exist."""
    day, week = scheme.version, scheme.version + timedelta(days=7)
    return {
        "wording": "",
        "stands": _stands(week),
        "receipt": "T-0000-0000",
        "amount": scheme.fee(scheme.fees.bands[-1].code),
        "received_on": day,
        "still_to_pay": "",
        "overpaid": "",
        "vat": said(scheme.payments.vat, language) if scheme.payments else "",
        "words": "",
        "declared": "",
        "verified": "",
        "evidence": "",
        "band": said(scheme.fees.bands[-1].title, language),
        "notified_at": samples.first_morning(scheme),
        "title": said(scheme.holding.change_kinds[0].title, language) if scheme.holding.change_kinds else "",
        "change": "N-0000-0000",
        "called": "",
        "happened_on": day,
        "days_late": 0,
        "holds": False,
        "transfer": "T-0000-0000",
        "holder": samples.SAMPLE_NAME,
        "from_licence": samples.SAMPLE_NUMBER,
        "appeal": "P-0000-0000",
        "number": "",
        "decide_by": None,
        "ended_on": day,
        "effect_on": day,
        "meanwhile": gettext("What was decided holds while the appeal is heard."),
        "follows": gettext("What was decided stays as it is."),
        "checks": [{"reference": "K-0000-0000", "due_on": scheme.version + timedelta(days=28)}],
        "organisation": samples.SAMPLE_NAME,
        "name": "Alex Sample",
        "seed": "00" * 16,
        "until": samples.first_morning(scheme) + timedelta(days=14),
        "pin": "000000",
        "dates": [{"title": gettext("Answer of the applicant"), "about": samples.SAMPLE_NAME, "day": "", "rule": ""}],
        "key": "Sample",
        "roles": ["Sample"],
        "business": samples.SAMPLE_OTHER,
        "telephone": "01632 960123",
        "address": "1 Market Place, Boston",
        "told_until": scheme.version + timedelta(days=365),
    }


def _stands(due: Any) -> dict[str, Any]:
    return {
        "turns": [gettext("Us")],
        "waits": [{"text": gettext("We check what you have told us."), "due": due}],
        "then": gettext("We decide, and write to you."),
        "expected": gettext("We cannot say yet."),
    }
