"""Places, and what a list of them says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from registry import search as index
from registry.accounts.models import User
from registry.filtersets import beginning
from registry.imports.models import Import
from registry.imports.queries import newest_edition
from registry.organisations.models import Organisation
from registry.organisations.queries import ADDRESS
from registry.premises.filters import PremisesFilter
from registry.premises.models import PlaceOfSupply, Premises, postcode_key
from registry.trail.models.events import Event
from registry.trail.queries.history import EVENTS_IN_A_FILE, TimelineEvent, history_of, in_words
from registry.trail.queries.summaries import SummaryRow


def premises(params: Mapping[str, str], *, by: User) -> PremisesFilter:
    """The premises that this person may see, by name."""
    return PremisesFilter(params, queryset=Premises.objects.visible_to(by))


def premises_like(typed: str, *, most: int = 20) -> list[Premises]:
    """The listed premises that a part of a name, an approval number or a postcode finds, best first. For anybody."""
    rows = Premises.objects.listed().select_related("last_listed")
    key = postcode_key(typed)
    if any(c.isdigit() for c in key) and (
        here := list(rows.filter(beginning("postcode", key)).order_by("name")[:most])
    ):
        return here
    found = list(dict.fromkeys(one.subject for one in index.find(typed, Premises.SPACE)))
    by_pk = rows.in_bulk(found)
    return [by_pk[pk] for pk in found if pk in by_pk][:most]


def listed_at(postcode: str, *, most: int = 20) -> list[Premises]:
    """The listed premises with exactly this postcode, by name. For anybody."""
    key = postcode_key(postcode)
    return list(Premises.objects.listed().filter(postcode=key).order_by("name")[:most]) if key else []


def listed_premises(references: Iterable[str]) -> dict[str, Premises]:
    """The listed premises that bear these references."""
    return {one.reference: one for one in Premises.objects.listed().filter(reference__in=list(references))}


def no_longer_listed(edition: Import) -> int:
    """How many premises of the list this edition of it does not name."""
    return Premises.objects.filter(source=edition.source).exclude(last_listed=edition).count()


@dataclass(frozen=True, slots=True)
class PremisesFile:
    """All that the registry holds of one place."""

    premises: Premises
    edition: Import | None
    named_by: int
    supplied_by: list[PlaceOfSupply]
    events: list[TimelineEvent]

    @property
    def is_still_listed(self) -> bool:
        return self.edition is not None and self.premises.last_listed_id == self.edition.pk

    @property
    def particulars(self) -> list[SummaryRow]:
        place = self.premises
        said = {
            _("Approval number"): [place.approval_number],
            _("Address"): [place.address.get(line, "") for line in ADDRESS],
            _("Nation"): [place.get_nation_display()],
            _("Local authority"): [place.local_authority],
            _("What is done there"): place.activities,
        }
        return [SummaryRow(key, "\n".join(filter(None, lines))) for key, lines in said.items()]


def premises_file(premises: Premises, *, by: User) -> PremisesFile:
    """The page of a place: who is named as supplying workers there only as far as this person sees their files."""
    named = premises.supplied_by.select_related("organisation").order_by(
        F("until").desc(nulls_first=True), "organisation__legal_name", "pk"
    )
    visible = Organisation.objects.visible_to(by)
    return PremisesFile(
        premises=premises,
        edition=newest_edition(premises.source) if premises.source else None,
        named_by=premises.supplied_by.filter(until=None).values("organisation").distinct().count(),
        supplied_by=list(named.filter(organisation__in=visible)),
        events=[_change(event) for event in history_of(("premises", premises.reference))[:EVENTS_IN_A_FILE]],
    )


def _change(event: Event) -> TimelineEvent:
    """What an edition of a list changed: each thing as it was and as it is."""
    (happening,) = in_words([event], about=event.reference)
    changes = ((key, change) for key, change in event.facts.items() if isinstance(change, dict))
    said = [f"{_named(key)}: {_as_read(change['from'])} → {_as_read(change['to'])}" for key, change in changes]
    return replace(happening, text="\n".join(said))


def _named(key: str) -> str:
    return {
        "address": _("Address"),
        "local_authority": _("Local authority"),
        "activities": _("What is done there"),
    }.get(key, key)


def _as_read(value: Any) -> str:
    values = [value.get(line, "") for line in ADDRESS] if isinstance(value, dict) else value
    return ", ".join(filter(None, values)) if isinstance(values, list) else str(values)
