"""Which numbers are hidden by what they count: firms and visits are public business, people are not."""

from registry.disclosure.rules.suppression import SMALLEST
from registry.editions.tables import CountedThing

#: Counts of people, and of reports, which people make.
OF_PEOPLE = frozenset({CountedThing.PEOPLE, CountedThing.REPORTS})


def smallest_of(counts: CountedThing, *, businesses: int) -> int:
    """The least number that is shown; 0: every number is. `businesses` is the threshold of the scheme for public business."""
    return SMALLEST if counts in OF_PEOPLE else businesses
