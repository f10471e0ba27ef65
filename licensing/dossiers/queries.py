"""What is known about an organisation that a report is about, for the one who acts on it: each part as far as they may see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from compliance.follow_ups.models import FollowUp
from compliance.hand_overs.models import HandOver
from compliance.inspections.models import Inspection, of_visible
from compliance.inspections.queries import findings
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.queries.cleared import SHOWN, cleared_about, cleared_links
from compliance.intelligence.queries.ties import TieRow
from compliance.interviews.queries import WorkersInNumbers, in_numbers
from licensing.decisions.models.decisions import Decision, DecisionQuerySet
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.organisations.queries import OrganisationFile, organisation_file
from registry.trail.models.events import Event

#: For so long the page shows a dossier that was opened.
READ_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DossierVisit:
    """One inspection; what it found and what workers said, once a second person has confirmed it."""

    inspection: Inspection
    unmet: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]
    workers: WorkersInNumbers


@dataclass(frozen=True, slots=True)
class Dossier:
    """All parts; `None` where this person may not see a part, or no organisation is known."""

    file: OrganisationFile | None = None
    intelligence: tuple[Intelligence, ...] | None = None
    intelligence_held_back: int = 0
    links: tuple[TieRow, ...] = ()
    links_held_back: int = 0
    visits: tuple[DossierVisit, ...] | None = None
    look_alikes: tuple[LookAlike, ...] | None = None

    @property
    def restricted(self) -> tuple[str, ...]:
        """The references of what is restricted and shown here: intelligence, and inspections by what workers said on them."""
        links = (row.intelligence.reference for row in self.links)
        pieces = (one.reference for one in self.intelligence or ())
        visits = (one.inspection.reference for one in self.visits or () if one.workers.held)
        return tuple(sorted({*pieces, *links, *visits}))


def dossier_of(hand_over: HandOver, *, by: User) -> Dossier:
    organisation = hand_over.organisation
    if organisation is None:
        return Dossier()
    cleared, held_back = cleared_about(organisation, by=by)
    links, links_held_back = cleared_links(organisation, by=by)
    look_alikes = LookAlike.objects.visible_to(by).filter(organisation=organisation).select_related("other")
    return Dossier(
        file=organisation_file(organisation) if by.has_perm("registry.view_organisations") else None,
        intelligence=cleared,
        intelligence_held_back=held_back,
        links=links,
        links_held_back=links_held_back,
        visits=_visits(organisation, by) if by.has_perm("compliance.view_inspections") else None,
        look_alikes=tuple(look_alikes.newest_first()[:SHOWN]) if by.has_perm("licensing.view_look_alikes") else None,
    )


def _visits(organisation: Organisation, by: User) -> tuple[DossierVisit, ...]:
    seen = findings.inspections_for(organisation).visible_to(by)[:SHOWN]
    return tuple(
        DossierVisit(
            one,
            findings.unmet([one]) if one.confirmed_at else (),
            tuple(FollowUp.objects.filter(of_visible(by), inspection=one).order_by("pk")),
            in_numbers(one) if one.confirmed_at else WorkersInNumbers(),
        )
        for one in seen
    )


def is_noted(hand_over: HandOver, dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether the trail says already that this person has read all of this within the hour."""
    events = Event.objects.of([("handover", hand_over.reference)]).filter(verb="read_dossier", by=by.reference)
    noted = {shown for event in events.filter(at__gt=at - READ_FOR) for shown in ("", *event.facts["shown"])}
    return {"", *dossier.restricted} <= noted


def proposals_for(hand_over: HandOver) -> DecisionQuerySet:
    """Proposals about its organisation that no one has decided or dropped, the newest first."""
    about = Q(licence__organisation=hand_over.organisation) | Q(application__organisation=hand_over.organisation)
    return Decision.objects.filter(about, status__in=OPEN_DECISIONS).order_by("-proposed_at", "-pk")
