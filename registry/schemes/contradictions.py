"""contradictions.toml: what in the report of a visit contradicts itself, so that its reviewer asks before confirming it.

A version may do without it, and then nothing is compared.
"""

from typing import Literal

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Text

#: What the product compares, on the server and on the device of the inspector.
ContradictionKind = Literal[
    "sign_without_reason",
    "exhibit_without_reason",
    "interview_disagrees",
    "critical_without_evidence",
    "sample_not_interviewed",
    "no_sample",
    "off_plan",
    "no_signature",
]
FindingCode = Literal["met", "not_met", "not_applicable", "not_tested"]


class ContradictionRule(Sourced):
    """One thing that is compared. `must_answer`: the report is not confirmed before it has been answered.

    `findings` are those that are compared, of kinds about a standard; `days` is by how many days a visit may differ from
    its plan, and `percent` how many of the workers selected at random are interviewed at least.
    """

    code: Code
    kind: ContradictionKind
    severity: Literal["must_answer", "look_at"]
    says: Text
    findings: tuple[FindingCode, ...] = ("met",)
    days: int = Field(default=0, ge=0)
    percent: int = Field(default=100, ge=1, le=100)


class SpeaksAgainst(Sourced):
    """Which standards are doubtful once a sign of forced labour is seen, or a worker gives this answer to a question."""

    sign: str = Field(default="", pattern=r"^([0-9]{1,2})?$")
    question: str = ""
    answer: Literal["yes", "no", ""] = ""
    standards: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_sign_or_an_answer(self) -> "SpeaksAgainst":
        if bool(self.sign) == bool(self.question) or bool(self.question) != bool(self.answer):
            raise ValueError("is about a sign, or about a question and an answer to it")
        return self


class ContradictionTerms(Sourced):
    """The rules; how many words an answer has at least, and how many days an inspector usually has to give one."""

    least_words: int = Field(default=5, ge=1)
    usual_days: int = Field(default=5, ge=1)
    contradictions: tuple[ContradictionRule, ...] = ()
    speaks_against: tuple[SpeaksAgainst, ...] = ()
