"""What must be true before somebody who may be a victim is referred, named, or forgotten (Modern Slavery Act 2015, ss.49, 52)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.models.codes import BEFORE_SENT, ReferralConsent, ReferralKind, WhyAtOnce, WhyErased, YesNo
from compliance.safeguarding.models.referrals import Referral
from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes.safeguarding import Safeguarding

NO_CONSENT = Reason(
    "no_consent",
    _("An adult who has not consented is not identified: nothing that says who it is was kept."),
)
SWITCHED_OFF = Reason("switched_off", _("This authority makes no referral of this kind under this scheme."), "kind")
#: The duty to notify is about adults who do not consent to a referral (statutory guidance to the Modern Slavery Act 2015);
#: where an authority makes no referrals it may still notify. To be confirmed with the owner of the domain.
CHILD_IS_REFERRED = Reason(
    "child_is_referred",
    _("Refer a child without asking for consent. Notifications are for adults who do not consent."),
    "kind",
)
NOT_OPENED = Reason("not_opened", _("The seal does not open with the key of this service. Nothing was shown."))


def words_of(scheme: str, *, on: date) -> Safeguarding | None:
    """The words of the scheme; of one that has none, or where none is named, those of the first that has any."""
    every = (*schemes.all_in_force(on, named=scheme), *schemes.all_in_force(on))
    return next((one.safeguarding for one in every if one.safeguarding), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a person without saying who it is: codes of the pack, yes or no, and days."""

    is_child: bool
    consent: str
    gender: str
    age_band: str
    child_then: str
    slavery: bool
    trafficking: bool
    natures: Sequence[str]
    country: str
    region: str
    police_told: bool
    police_area: str
    nationality: str = ""
    sector: str = ""
    police_force: str = ""
    told_nrm: bool = False
    told_support: bool = False
    told_outcomes: bool = False
    told_sharing: bool = False
    in_own_language: bool = False
    consented_on: date | None = None

    def columns(self) -> dict[str, Any]:
        return {**asdict(self), "natures": sorted(self.natures)}

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> "Facts":
        """Of everything that was typed, the facts alone: whatever else is there is not even looked at."""
        return cls(**{one.name: typed[one.name] for one in fields(cls) if one.name in typed})


def prepare_blockers(
    kind: str, facts: Facts, words: Safeguarding, *, sectors: Sequence[str], today: date
) -> Iterator[Reason]:
    if words.referral(kind) is None:
        yield SWITCHED_OFF
    if kind == ReferralKind.NOTIFY and facts.is_child and words.referral(ReferralKind.NRM):
        yield CHILD_IS_REFERRED
    yield from _consent_blockers(kind, facts, today)
    yield from _code_blockers(facts, words, sectors)
    if not facts.slavery and not facts.trafficking:
        yield Reason("nothing_suspected", _("Say whether slavery, trafficking or both are suspected."), "slavery")
    if facts.police_told and not facts.police_force:
        yield Reason("no_force", _("Say which police force was told."), "police_force")


def _consent_blockers(kind: str, facts: Facts, today: date) -> Iterator[Reason]:
    if facts.is_child != (facts.consent == ReferralConsent.CHILD):
        yield Reason("consent_of_a_child", _("Only a child is referred without being asked for consent."), "consent")
    if facts.consent == ReferralConsent.WITHDRAWN:
        yield Reason("withdrawn", _("Choose whether the person consents."), "consent")
    if kind == ReferralKind.NRM and facts.consent == ReferralConsent.REFUSED:
        text = _("An adult is referred only with informed consent. Without it, notify: nothing of who it is is sent.")
        yield Reason("needs_consent", text, "kind")
    if facts.consent == ReferralConsent.GIVEN:
        yield from _informed_blockers(facts, today)


def _informed_blockers(facts: Facts, today: date) -> Iterator[Reason]:
    """Consent counts only if the adult knew what to (Modern Slavery Act 2015, statutory guidance)."""
    told = (facts.told_nrm, facts.told_support, facts.told_outcomes, facts.told_sharing)
    if not all(told):
        yield Reason("not_informed", _("Consent counts only once each of the four has been explained."), "told")
    if not facts.in_own_language:
        text = _("Consent counts only if it was explained in a language that the person understands.")
        yield Reason("not_understood", text, "in_own_language")
    if facts.consented_on is None:
        yield Reason("no_day", _("Enter the day on which the person consented."), "consented_on")
    elif facts.consented_on > today:
        yield Reason("wrong_day", _("Enter a day that is not in the future."), "consented_on")


def _code_blockers(facts: Facts, words: Safeguarding, sectors: Sequence[str]) -> Iterator[Reason]:
    lists: dict[str, set[str]] = {
        "gender": {one.code for one in words.genders},
        "age_band": {one.code for one in words.age_bands if one.child == facts.is_child},
        "region": {one.code for one in words.regions},
        "police_area": set(words.police),
        "police_force": {"", *words.police},
        "country": set(words.countries),
        "nationality": {"", *words.countries},
        "sector": {"", *sectors},
    }
    for name, known in lists.items():
        if getattr(facts, name) not in known:
            yield Reason("unknown_code", _("Choose from the list."), name)
    if not facts.natures or set(facts.natures) - {one.code for one in words.natures}:
        yield Reason("no_nature", _("Choose what it was, one or more."), "natures")


def theirs_blockers(referral: Referral, *, by: User) -> Iterator[Reason]:
    """Need to know (docs/rules.md): the two who have to do with it, and nobody with a conflict of interest."""
    if referral.prepared_by_id != by.pk and not by.has_perm("compliance.read_referrals"):
        yield Reason("not_theirs", _("Only the person who prepared it and safeguarding leads can do this."))
    if referral.organisation is not None:
        yield from permissions.conflict_blockers(by, referral.organisation)


def identify_blockers(referral: Referral, identity: Mapping[str, str] | None = None) -> Iterator[Reason]:
    """Of `identity`, None is not typed yet."""
    if not referral.may_be_named:
        yield NO_CONSENT
    if referral.status not in BEFORE_SENT:
        yield Reason("sent_already", _("It has been sent: what was sent does not change."))
    if identity is not None and not identity.get("name", "").strip():
        yield Reason("no_name", _("Enter the name of the person."), "name")


def look_blockers(referral: Referral, *, has_person: bool, by: User, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet."""
    yield from theirs_blockers(referral, by=by)
    if not has_person:
        yield Reason("nobody_there", _("Who it is is not written down here."))
    yield from reason_blockers(because)


def unsaid_blockers(because: str, identity: Mapping[str, str]) -> Iterator[Reason]:
    """A reason is kept when the identity is erased, so it may not say who it is."""
    named = _spoken(identity.get("name", ""), longer_than=1)
    known = {word for value in identity.values() for word in _spoken(value, longer_than=3)} - ORDINARY
    if _spoken(because, longer_than=1) & (named | known):
        yield Reason("names_somebody", _("Say the reason without the name or anything else that is sealed."), "because")


#: Words that stand in what is sealed and in a reason alike without saying who it is.
ORDINARY = {
    "about",
    "answer",
    "before",
    "from",
    "have",
    "into",
    "police",
    "that",
    "they",
    "this",
    "which",
    "with",
    "work",
}


def _spoken(text: str, *, longer_than: int) -> set[str]:
    """The words of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    without = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return {word for word in re.findall(r"[^\W_]+", without) if len(word) > longer_than}


def second_read_blockers(referral: Referral, *, has_person: bool, by: User) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "second_read")
    if referral.prepared_by_id == by.pk:
        yield Reason("own_referral", _("You prepared it, so someone else must read it."))
    yield from sendable_blockers(referral, has_person=has_person)


def sendable_blockers(referral: Referral, *, has_person: bool) -> Iterator[Reason]:
    if referral.kind == ReferralKind.NRM and not referral.may_be_named:
        yield Reason("needs_consent", _("The consent was withdrawn: drop this, and prepare a notification instead."))
    elif referral.kind == ReferralKind.NRM and not has_person:
        yield Reason("no_identity", _("Write down first who the person is: a referral names them."))


def give_back_blockers(referral: Referral, *, by: User) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "give_back")
    if referral.prepared_by_id == by.pk:
        yield Reason("own_referral", _("You prepared it, so someone else must read it."))


def prepare_again_blockers(referral: Referral, *, by: User) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "prepare_again")
    if referral.prepared_by_id != by.pk:
        yield Reason("not_theirs", _("Only the person who prepared it can correct it."))


def correct_blockers(referral: Referral, facts: Facts, *, has_person: bool) -> Iterator[Reason]:
    """What is known of the consent now, against what was known before."""
    if referral.consent == ReferralConsent.WITHDRAWN:
        yield Reason("withdrawn", _("What was withdrawn stays so: drop this, and prepare another."), "consent")
    if facts.is_child != referral.is_child:
        text = _("Whether it is a child cannot be corrected here: drop this, and prepare another.")
        yield Reason("child_or_adult", text, "consent")
    if has_person and facts.consent == ReferralConsent.REFUSED:
        yield Reason("erase_first", _("Who it is was written down: erase that first."), "consent")


def send_blockers(referral: Referral, *, has_person: bool) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "send")
    yield from sendable_blockers(referral, has_person=has_person)


def send_at_once_blockers(referral: Referral, *, has_person: bool, why: str | None = None) -> Iterator[Reason]:
    """Before a second person has read it. A reason of None is not asked yet."""
    yield from referral.lifecycle.blockers(referral.status, "send_at_once")
    if referral.kind == ReferralKind.NOTIFY:
        yield Reason("no_emergency", _("A notification names no one and can wait for a second person."))
    yield from sendable_blockers(referral, has_person=has_person)
    if why == WhyAtOnce.CHILD and not referral.is_child:
        yield Reason("not_a_child", _("This is an adult: choose another reason."), "why")


def read_after_blockers(referral: Referral, *, by: User) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "read_after")
    if by.pk in (referral.prepared_by_id, referral.sent_by_id):
        yield Reason("own_referral", _("You prepared or sent it, so someone else must read it."))


def answer_blockers(referral: Referral, *, on: date | None = None, today: date | None = None) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "decide_reasonable_grounds")
    if referral.kind != ReferralKind.NRM:
        yield Reason("not_answered", _("A notification is not answered: nothing more is awaited."))
    yield from _day_blockers(on, referral.sent_at.date() if referral.sent_at else None, today)


def conclude_blockers(referral: Referral, *, on: date | None = None, today: date | None = None) -> Iterator[Reason]:
    yield from referral.lifecycle.blockers(referral.status, "conclude")
    if referral.reasonable == YesNo.NO:
        yield Reason("no_reasonable_grounds", _("Without reasonable grounds there is no further decision."))
    yield from _day_blockers(on, referral.reasonable_on, today)


def _day_blockers(on: date | None, since: date | None, today: date | None) -> Iterator[Reason]:
    if on is None:
        return
    if (today and on > today) or (since and on < since):
        yield Reason("wrong_day", _("Enter a day that is not in the future, nor before the step before it."), "on")


def withdraw_blockers(referral: Referral, *, why: str | None = None) -> Iterator[Reason]:
    if not referral.may_be_named:
        yield Reason("not_named", _("No one is identified here."))
    if why == WhyErased.ADULT and not referral.is_child:
        yield Reason("not_a_child", _("This is an adult: choose why the identity may not be kept."), "why")


def support_blockers(service: str, words: Safeguarding, *, offered_on: date, today: date) -> Iterator[Reason]:
    if service not in {one.code for one in words.services}:
        yield Reason("unknown_code", _("Choose from the list."), "service")
    yield from (Reason("wrong_day", reason.text, "offered_on") for reason in _day_blockers(offered_on, None, today))
