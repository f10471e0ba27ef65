"""transfers.toml: what a holder is told who wishes its licence to pass to another business. A version may do without it."""

from pydantic import Field

from registry.schemes.letters import LetterWording
from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen, Text


class TransferTerms(Sourced):
    """What passing a licence on means, said before it is asked for."""

    about: tuple[Text, ...] = Field(min_length=1)


class Transfers(Frozen):
    """The letters say what is decided; they join those of letters.toml, which released versions have without them."""

    transferring: TransferTerms
    letters: tuple[LetterWording, ...] = Field(min_length=1)
