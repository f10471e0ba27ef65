"""statistics.toml: how small numbers are left out of what is published. A version may do without it."""

from typing import Literal

from registry.schemes.terms import Sourced


class Statistics(Sourced):
    """Numbers from 1 to 9 are always left out; whether zero is too is for the owner of the statistics to say."""

    zero: Literal["left_out", "printed"] = "left_out"

    @property
    def prints_zero(self) -> bool:
        return self.zero == "printed"
