"""targets.toml: within how many working days the authority means to do its part. No law sets them; a version may do without."""

from typing import Literal

from pydantic import Field

from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen

#: From handing in to the decision; from handing in until somebody took it in hand.
Aim = Literal["decide", "begin"]


class Target(Sourced):
    code: Aim
    working_days: int = Field(ge=1)


class Targets(Frozen):
    targets: tuple[Target, ...] = ()
