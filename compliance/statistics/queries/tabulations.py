"""What was counted last: it takes seconds, so that it is done once a day and when somebody asks for it."""

from collections.abc import Iterable
from datetime import date

from compliance.statistics.models import StatisticsSubject, Tabulation
from registry.filtersets import midnight
from registry.schemes import Scheme


def is_counted(what: StatisticsSubject, counted: Iterable[Scheme], *, on: date) -> bool:
    """Whether all these schemes have been counted on this day or later."""
    made = Tabulation.objects.filter(what=what, counted_at__gte=midnight(on)).values_list("scheme", flat=True)
    return set(made) >= {one.name for one in counted}


def tabulated(what: StatisticsSubject, scheme: str = "") -> list[Tabulation]:
    """What was counted last: of one scheme, or of all in the order of their names."""
    made = Tabulation.objects.filter(what=what).order_by("scheme")
    return list(made.filter(scheme=scheme) if scheme else made)
