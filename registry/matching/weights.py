"""What each thing that two files have in common is worth, in points. Chosen on made-up data; docs/measured.md says how well.

A point is no probability. The figures are set against each other so that no name alone, and nothing that many share,
comes to what an officer is shown (`SHOWN`): chosen together, they are measured again together
(`python -m tests.benchmarks.look_alikes`).
"""

from math import log2

from registry.matching.models import TraitKind

#: From here on a pair is shown to an officer; from here on it is strong, and no licence is granted before somebody has judged it.
SHOWN = 60
STRONG = 80

POINTS: dict[TraitKind, int] = {
    TraitKind.COMPANY: 100,
    TraitKind.UTR: 100,
    TraitKind.VAT: 90,
    TraitKind.PAYE: 60,
    TraitKind.BANK: 60,
    TraitKind.VEHICLE: 35,
    TraitKind.EMAIL: 50,
    TraitKind.TELEPHONE: 40,
    TraitKind.HOST: 45,
    TraitKind.ADDRESS: 25,
    TraitKind.NAME: 25,
    TraitKind.NINO: 70,
    TraitKind.BORN: 60,
}
#: Names of organisations that are not the same, but nearly.
NEARLY_NAMED = 12
LEAST_NEARLY = 88.0
#: The same day of birth, and a name that sounds otherwise but is written nearly alike.
NEARLY_CALLED = 45
LEAST_CALLED = 82.0
#: The same name, and a day of birth with one slip in it.
SLIP = 45
#: The same day of birth and one of the names.
ONE_NAME = 15
#: The same name, where one of the files has no day of birth.
NO_BIRTHDAY = 15
#: What somebody counts who in one of the files runs nothing.
MINOR_ROLE = 0.75

#: So many others share it, and it is worth nothing: each doubling takes the same part away.
COMMON = 64
#: The same for the name of a person with a day of birth beside it: two who bear it are seldom born on one day.
COMMON_NAME = 10_000_000

#: How much at least is left of what firms give together with something that many give.
LEAST_TOGETHER = 0.5

#: What is of one sort is seldom independent: the best counts in full, the next half, and so on.
SORTS: dict[TraitKind, str] = {
    TraitKind.COMPANY: "number",
    TraitKind.UTR: "number",
    TraitKind.VAT: "number",
    TraitKind.PAYE: "number",
    TraitKind.BANK: "belongings",
    TraitKind.VEHICLE: "belongings",
    TraitKind.EMAIL: "reached",
    TraitKind.TELEPHONE: "reached",
    TraitKind.HOST: "reached",
    TraitKind.ADDRESS: "reached",
    TraitKind.NAME: "name",
    TraitKind.NINO: "person",
    TraitKind.BORN: "person",
}


def share(others: int, *, common: int = COMMON) -> float:
    """How much is left of a thing that so many others have too, from 1 down to 0."""
    return 1.0 if others < 1 else max(0.0, 1.0 - log2(others + 1) / log2(common + 1))
