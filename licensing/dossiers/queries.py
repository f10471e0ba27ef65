"""What is known about an organisation that a report is about, for the one who acts on it: each part as far as they may see it."""

from dataclasses import dataclass

from django.db.models import Q

from compliance.follow_ups.models import FollowUp
from compliance.hand_overs.models import HandOver
from compliance.inspections.models import Inspection, of_visible
from compliance.inspections.queries import findings
from compliance.intelligence.models import Intelligence, IntelligenceSubject
from compliance.intelligence.queries import intelligence
from licensing.decisions.models.decisions import Decision, DecisionQuerySet
from licensing.decisions.states import OPEN_DECISIONS
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation
from registry.organisations.queries import OrganisationFile, organisation_file

#: As many of the newest of each part.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class DossierVisit:
    """One inspection; what it found, once a second person has confirmed it."""

    inspection: Inspection
    unmet: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All parts; `None` where this person may not see a part, or no organisation is known."""

    file: OrganisationFile | None = None
    intelligence: tuple[Intelligence, ...] | None = None
    intelligence_held_back: int = 0
    visits: tuple[DossierVisit, ...] | None = None
    look_alikes: tuple[LookAlike, ...] | None = None


def dossier_of(hand_over: HandOver, *, by: User) -> Dossier:
    organisation = hand_over.organisation
    if organisation is None:
        return Dossier()
    cleared, held_back = _cleared(organisation, by)
    look_alikes = LookAlike.objects.visible_to(by).filter(organisation=organisation).select_related("other")
    return Dossier(
        file=organisation_file(organisation) if by.has_perm("registry.view_organisations") else None,
        intelligence=cleared,
        intelligence_held_back=held_back,
        visits=_visits(organisation, by) if by.has_perm("compliance.view_inspections") else None,
        look_alikes=tuple(look_alikes.newest_first()[:SHOWN]) if by.has_perm("licensing.view_look_alikes") else None,
    )


def _cleared(organisation: Organisation, by: User) -> tuple[tuple[Intelligence, ...], int]:
    """The pieces whose handling code lets them be shared without conditions; and how many others there are.

    Those are read on their own page, by those who work with intelligence and say why. Only the sanitised text is shown.
    """
    barred = IntelligenceSubject.objects.filter(organisation__in=Conflict.objects.organisations_of(by))
    known = Intelligence.objects.filter(subjects__organisation=organisation).exclude(
        pk__in=barred.values("intelligence")
    )
    rows = list(known.defer("source_text").order_by("-recorded_at", "-pk")[:SHOWN])
    cleared = tuple(one for one in rows if intelligence.is_shared_freely(one))
    return cleared, known.count() - len(cleared)


def _visits(organisation: Organisation, by: User) -> tuple[DossierVisit, ...]:
    seen = findings.inspections_for(organisation).visible_to(by)[:SHOWN]
    return tuple(
        DossierVisit(
            one,
            findings.unmet([one]) if one.confirmed_at else (),
            tuple(FollowUp.objects.filter(of_visible(by), inspection=one).order_by("pk")),
        )
        for one in seen
    )


def proposals_for(hand_over: HandOver) -> DecisionQuerySet:
    """Proposals about its organisation that no one has decided or dropped, the newest first."""
    about = Q(licence__organisation=hand_over.organisation) | Q(application__organisation=hand_over.organisation)
    return Decision.objects.filter(about, status__in=OPEN_DECISIONS).order_by("-proposed_at", "-pk")
