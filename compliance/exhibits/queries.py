"""The register of exhibits as it is read."""

from dataclasses import dataclass

from django.db.models import Prefetch

from compliance.exhibits import rules
from compliance.exhibits.models import Custody, EvidenceItem
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import sections_of
from registry.accounts.models import User
from registry.errors import Reason


@dataclass(frozen=True, slots=True)
class ShownExhibit:
    """An exhibit with its way from hand to hand."""

    item: EvidenceItem
    steps: tuple[Custody, ...]

    @property
    def last(self) -> Custody:
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """All that the page of one exhibit shows."""

    shown: ShownExhibit
    register_blockers: tuple[Reason, ...]
    hand_on_blockers: tuple[Reason, ...]


def exhibits_of(inspection: Inspection) -> tuple[ShownExhibit, ...]:
    """Every exhibit in the order of the register, with where each is now: two queries."""
    steps = Prefetch("custody", Custody.objects.select_related("recorded_by").order_by("number"))
    items = inspection.exhibits.in_order().prefetch_related(steps)
    return tuple(ShownExhibit(item, tuple(item.custody.all())) for item in items)


def exhibit_file(item: EvidenceItem, *, by: User) -> ExhibitFile:
    shown = ShownExhibit(item, tuple(item.custody.select_related("recorded_by").order_by("number")))
    return ExhibitFile(
        shown=shown,
        register_blockers=tuple(rules.strike_out_blockers(item, by=by)),
        hand_on_blockers=tuple(rules.hand_on_blockers(item, shown.last, by=by)),
    )


def standards_to_bear_out(inspection: Inspection) -> list[tuple[str, str]]:
    """The standards of an inspection with their words, to be chosen from."""
    return [(one.code, f"{one.code} {one.title}") for section in sections_of(inspection) for one in section.tested]
