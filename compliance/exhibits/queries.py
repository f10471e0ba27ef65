"""The register of exhibits as it is read."""

from dataclasses import dataclass

from django.db.models import Prefetch

from compliance.exhibits.models import Custody, EvidenceItem
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import sections_of


@dataclass(frozen=True, slots=True)
class ShownExhibit:
    """An exhibit with its way from hand to hand."""

    item: EvidenceItem
    steps: tuple[Custody, ...]

    @property
    def last(self) -> Custody:
        return self.steps[-1]


def exhibits_of(inspection: Inspection) -> tuple[ShownExhibit, ...]:
    """Every exhibit in the order of the register, with where each is now: two queries."""
    steps = Prefetch("custody", Custody.objects.select_related("recorded_by").order_by("number"))
    items = inspection.exhibits.in_order().prefetch_related(steps)
    return tuple(ShownExhibit(item, tuple(item.custody.all())) for item in items)


def shown_exhibit(item: EvidenceItem) -> ShownExhibit:
    return ShownExhibit(item, tuple(item.custody.select_related("recorded_by").order_by("number")))


def standards_to_bear_out(inspection: Inspection) -> list[tuple[str, str]]:
    """The standards of an inspection with their words, to be chosen from."""
    return [(one.code, f"{one.code} {one.title}") for section in sections_of(inspection) for one in section.tested]
