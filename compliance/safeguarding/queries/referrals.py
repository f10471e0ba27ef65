"""Referrals of people who may be victims, in the words of the pack; who it is is asked of the vault alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from compliance import vault
from compliance.inspections.queries.inspections import EVENTS_ON_A_PAGE, InspectionEvent
from compliance.safeguarding.filters import ReferralFilter
from compliance.safeguarding.models.people import Support
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import follow_ups as aftercare
from compliance.safeguarding.queries.follow_ups import FollowUpLine
from compliance.safeguarding.states import READS
from registry import schemes
from registry.accounts.models import User
from registry.schemes import Scheme, said
from registry.schemes.safeguarding import Named, Safeguarding
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.trail.queries.history import Words, title

Choices = list[tuple[str, str]]


def referrals(params: Mapping[str, Any], *, by: User) -> ReferralFilter:
    """Those that this person has to do with, the newest first."""
    rows = Referral.objects.visible_to(by)
    return ReferralFilter(params, referrals=rows, by=by)


def may_read_after(referral: Referral, *, sent_by: User) -> bool:
    """Whether there is a person left who could read it afterwards, if this one sends it at once."""
    left = User.objects.who_may(READS).exclude(pk__in=(sent_by.pk, referral.prepared_by_id))
    return left.exists()


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One line of the page: what it is, and what is said of it."""

    key: str | Promise
    value: str | Promise


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """All that the page of one referral shows; not who it is."""

    rows: tuple[ReferralRow, ...]
    has_person: bool
    support: tuple[tuple[str, Support], ...]
    follow_ups: list[FollowUpLine]
    waits: list[Task]
    events: tuple[InspectionEvent, ...]


def referral_file(referral: Referral) -> ReferralFile:
    words = words_of(referral)
    services = dict(_titled(words.services))
    return ReferralFile(
        rows=tuple(ReferralRow(key, value) for _name, key, value in facts_in_words(referral)),
        has_person=vault.has_person(referral),
        support=tuple(
            (services.get(one.service, one.service), one)
            for one in referral.support.select_related("by").order_by("offered_on", "pk")
        ),
        follow_ups=aftercare.lines_of(referral),
        waits=list(Task.objects.open().filter(kind__startswith="referral.", subject_pk=referral.pk).first_due()),
        events=tuple(_events(referral)),
    )


def words_of(referral: Referral) -> Safeguarding:
    """The words in which it was prepared."""
    words = schemes.get(referral.scheme, referral.version).safeguarding
    assert words is not None
    return words


WORDS: Words = {
    "referral": {"prepare": _("Prepared")},
    "safeguardingconcern": {
        "raise_concern": _("Sign of forced labour"),
        "answer_with_referral": _("A referral was prepared"),
    },
}


def _events(referral: Referral) -> Iterator[InspectionEvent]:
    for event in Event.objects.of([("referral", referral.reference)])[:EVENTS_ON_A_PAGE]:
        yield InspectionEvent(title(event.kind, event.verb), event.at, event.by_name, event.because)


# --- what the forms offer, and what is exported ---


#: Where the pack has it: a child, or somebody who may be one, of whom no more is known.
CHILD_NOT_KNOWN = "child_not_known"


def _titled(rows: Sequence[Named]) -> Choices:
    return [(one.code, said(one.title, get_language())) for one in rows]


def offered(scheme: Scheme, *, is_child: bool | None = None) -> dict[str, Choices]:
    """The choices of each field of the form; of a child or of an adult, where that is known.

    A child is referred, where the scheme refers anybody: notifications are for adults who do not consent.
    """
    words = scheme.safeguarding
    assert words is not None
    countries = sorted(words.countries.items(), key=lambda one: one[1])
    police = sorted(words.police.items(), key=lambda one: one[1])
    unknown = (("", gettext("Not known")),)
    only_referred = is_child and words.referral("nrm") is not None
    kinds = [one for one in words.referrals if one.code == "nrm" or not only_referred]
    return {
        "kind": [(one.code, said(one.title, get_language())) for one in kinds],
        "gender": _titled(words.genders),
        "age_band": _titled([one for one in words.age_bands if is_child is None or one.child == is_child]),
        "natures": _titled(words.natures),
        "region": [("", gettext("Choose a region")), *_titled(words.regions)],
        "told": [(one.code, said(one.title, get_language())) for one in words.explained],
        "country": [("", gettext("Choose a country")), *countries],
        "nationality": [*unknown, *countries],
        "police_area": [("", gettext("Choose a police area")), *police],
        "police_force": [("", gettext("None")), *police],
        "sector": [*unknown, *((one.code, said(one.title, get_language())) for one in scheme.sectors)],
    }


def services(referral: Referral) -> Choices:
    return _titled(words_of(referral).services)


def facts_in_words(referral: Referral) -> Iterator[tuple[str, str | Promise, str | Promise]]:
    """Each field that the regulations always ask for: its name, what it is called, and what is said."""
    scheme = schemes.get(referral.scheme, referral.version)
    titles = {name: dict(rows) for name, rows in offered(scheme).items()}

    def of(name: str) -> str:
        code: str = getattr(referral, name)
        return titles[name].get(code, code)

    yield "notifying_authority", _("Authority"), said(scheme.authority.name, get_language())
    yield "gender", _("Gender"), of("gender")
    yield "nationality", _("Nationality"), of("nationality")
    yield "under_18_when_it_began", _("Under 18 when it began"), referral.get_child_then_display()
    yield "age_band", _("Age"), of("age_band")
    yield "suspected", _("Suspected"), _suspected(referral)
    yield "nature", _("What it was"), "; ".join(titles["natures"].get(code, code) for code in referral.natures)
    yield "country", _("Where it happened"), of("country")
    yield "region", _("Region"), of("region")
    yield "sector", _("Sector"), of("sector")
    yield "referred_to_police", _("Police told"), of("police_force") if referral.police_told else gettext("No")
    yield "police_area_where_found", _("Police area where the person was found"), of("police_area")


def _suspected(referral: Referral) -> str:
    found = [(referral.slavery, gettext("Slavery or forced labour")), (referral.trafficking, gettext("Trafficking"))]
    return "; ".join(words for is_so, words in found if is_so)


#: What is exported of who it is, where it may be at all (Modern Slavery Act 2015, s.52: under 18, or with consent).
IDENTITY = (
    ("name", "name"),
    ("date_of_birth", "date_of_birth"),
    ("suspected_perpetrators", "suspects"),
    ("other_victims", "others"),
)


def exported(referral: Referral, identity: Mapping[str, str]) -> dict[str, str]:
    """The fields of the regulations in their order. Without leave there are no fields of identity at all, not even empty ones."""
    fields = {name: str(value) for name, _title, value in facts_in_words(referral)}
    head = {"reference": referral.reference, "kind": referral.kind, "consent": referral.consent}
    named = {name: identity.get(key, "") for name, key in IDENTITY} if referral.may_be_named else {}
    return {**head, **fields, **named}
