"""How other authorities are asked: what each may be told of the subject, and what it is asked."""

from typing import Literal

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text

# Besides the name and the address, which are always told.
Told = Literal["former_names", "date_of_birth", "company_number", "utr", "vat", "paye"]
OF_PERSON: frozenset[Told] = frozenset({"former_names", "date_of_birth"})
OF_ORGANISATION: frozenset[Told] = frozenset({"former_names", "company_number", "utr", "vat", "paye"})
# What identifies a subject at all, where the pack says nothing of a check.
LEAST: dict[str, tuple[Told, ...]] = {
    "person": ("former_names", "date_of_birth"),
    "organisation": ("former_names", "company_number"),
}


class RequestQuestion(Frozen):
    """One thing that an authority is asked, by a code that its reply can name."""

    code: Code
    text: Text


class Request(Sourced):
    """How one check is put: no more is told than it needs."""

    code: Code  # of the check
    tells: tuple[Told, ...] = ()
    words: Text
    asks: tuple[RequestQuestion, ...] = ()


class Requests(Frozen):
    requests: tuple[Request, ...] = ()
