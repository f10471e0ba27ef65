"""documents.toml: the evidence that goes with an application, requirement by requirement."""

from typing import Annotated, Literal

from pydantic import Field

from registry.schemes.conditions import AnswerCondition
from registry.schemes.form import SLUG
from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen, Text


class Requirement(Sourced):
    """One thing to show by documents. `when` says to whose answers it belongs; without it, to all."""

    code: Annotated[str, Field(pattern=SLUG)]  # a part of its page's address
    title: Text
    hint: Text  # what to upload
    why: Text
    required: bool
    kinds: tuple[Literal["pdf", "picture"], ...] = Field(default=("pdf", "picture"), min_length=1)
    at_most: int = Field(default=10, ge=1, le=50)
    when: AnswerCondition | None = None


class Documents(Frozen):
    documents: tuple[Requirement, ...] = ()
