"""Who saw something, read off the trail: whoever opened it, to whom it was passed on, who took a list away that it may stand on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.inspections.models import Inspection
from compliance.intelligence.models import Dissemination, Intelligence, Source
from compliance.reports.models.reports import Report
from compliance.safeguarding.models.referrals import Referral
from registry.agencies.models import Agency
from registry.trail.models.events import Event

#: What each verb says of who was shown something: opened it, learnt who told it, was given it, wrote it down or worked on it.
SAW: dict[str, str | Promise] = {
    "read": _("Read"),
    "reach": _("Contact details opened"),
    "look": _("Identity opened"),
    "accept_conditions": _("Opened by another authority"),
    "open": _("Opened by another authority"),
    "pass_on": _("Passed on to another authority"),
    "receive": _("Written down"),
    "record": _("Recorded"),
    "keep": _("Source kept"),
    "hand_over_intelligence": _("Handed over to those who act on it"),
    "hand_over": _("Handed over to another handler"),
    "prepare": _("Prepared"),
    "identify": _("Who it was, written down"),
    "second_read": _("Read by a second person"),
    "send": _("Sent"),
    "export": _("Taken away as a file"),
    "take_list": _("List taken away"),
    "keep_interview": _("Interview saved"),
    "read_interviews": _("Interviews read"),
    "take_along": _("Taken along on a device"),
    "read_dossier": _("Dossier read"),
    "print_dossier": _("Dossier printed"),
}
DOSSIER = ("read_dossier", "print_dossier")
LISTS = {
    Inspection: "inspections",
    Report: "staff_reports",
    Intelligence: "intelligence_list",
    Referral: "referrals",
    HandOver: "hand_overs",
}
Restricted = Report | Intelligence | Source | Referral | Inspection | HandOver


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody was shown something: what, when, who, and the reason they gave."""

    what: str | Promise
    at: datetime
    by: str
    reference: str
    because: str


def who_saw(reference: str) -> list[Sight] | None:
    """Everybody who was shown the report, piece of intelligence, source, referral, hand-over or what workers said on the inspection
    of this reference, in order; None if there is none."""
    for model in (Report, Intelligence, Source, Referral, Inspection, HandOver):
        thing = model._default_manager.filter(reference=reference).first()
        if thing is not None:
            events = Event.objects.filter(_shown(thing), verb__in=SAW).order_by("number")
            return list(_sights(events.exclude(verb="receive", by="")))
    return None


def _shown(thing: Restricted) -> Q:
    wanted = Q(kind=thing._meta.model_name, reference=thing.reference)
    if isinstance(thing, Intelligence):
        passed = Dissemination.objects.filter(intelligence=thing).values_list("reference", flat=True)
        wanted |= Q(kind="dissemination", reference__in=list(passed))
    wanted |= _in_dossiers(thing)
    if not isinstance(thing, Source):
        came = _came(thing)
        wanted |= Q(verb="take_list", facts__list=LISTS[type(thing)], at__gte=came)
    return wanted


def _in_dossiers(thing: Restricted) -> Q:
    """Those who read a dossier that shows it, or for a report the text that was cleared of it."""
    if isinstance(thing, Report):
        made = thing.hand_overs.values_list("reference", flat=True)
        return Q(kind="handover", verb__in=DOSSIER, reference__in=list(made))
    # Text within the list, on both databases: the quotation marks keep a reference from being found in a longer one.
    shown = Q(kind="handover", verb__in=DOSSIER, facts__shown__icontains=f'"{thing.reference}"')
    if isinstance(thing, Intelligence):
        made = thing.hand_overs.values_list("reference", flat=True)
        shown |= Q(kind="handover", verb__in=DOSSIER, reference__in=list(made))
    return shown


def _came(thing: Report | Intelligence | Referral | Inspection | HandOver) -> datetime:
    if isinstance(thing, Report):
        return thing.received_at
    if isinstance(thing, HandOver):
        return thing.handed_at
    if isinstance(thing, Inspection):
        return thing.commissioned_at
    return thing.recorded_at if isinstance(thing, Intelligence) else thing.prepared_at


def _sights(events: "QuerySet[Event]") -> Iterator[Sight]:
    names = dict(Agency.objects.values_list("reference", "name"))
    for event in events:
        agency = event.facts.get("agency", "") if event.verb == "pass_on" else ""
        agency = names.get(agency, agency)
        yield Sight(SAW[event.verb], event.at, event.by_name, event.by, event.because or agency)
