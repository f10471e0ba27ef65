"""parts.toml: what a person named in an application is told who fills in and signs their own part, and who must."""

from pydantic import Field

from registry.schemes.form import Role
from registry.schemes.terms import Sourced
from registry.schemes.texts import Text


class Parts(Sourced):
    """Whoever applies may send each named person a link, by which that person answers what is asked about them alone."""

    link_days: int = Field(ge=1, le=366)  # how long a link can be used
    becomes: tuple[Text, ...] = Field(min_length=1)  # what becomes of the answers, said before the first question
    declaration: Text  # what the person signs
    shown: tuple[str, ...] = ()  # the answers that whoever applies may read; all others go to the authority alone
    must_sign: tuple[Role, ...] = ()  # who cannot be answered for: without their signature nothing is handed in
