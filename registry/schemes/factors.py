"""factors.toml: what makes a failure worse or less bad, chosen by whoever proposes a decision. A version may do without it."""

from typing import Literal

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text


class Factor(Sourced):
    code: Code
    kind: Literal["aggravating", "mitigating"]
    title: Text


class Factors(Frozen):
    factors: tuple[Factor, ...] = ()
