"""statistics.toml: how small numbers are left out of what is published. A version may do without it."""

from typing import Literal

from registry.schemes.terms import Sourced


class Statistics(Sourced):
    """Numbers of people from 1 to 9 are always left out; whether zero is too is for the owner of the statistics to say.

    `businesses` is the least number of businesses, visits or cases that is shown; 0 shows all.
    """

    zero: Literal["left_out", "printed"] = "left_out"
    businesses: Literal[0, 3] = 0

    @property
    def prints_zero(self) -> bool:
        return self.zero == "printed"
