"""What programs are told of the reasons to inspect before deciding: the same as the page of the case says."""

from dataclasses import asdict
from datetime import date
from typing import Any

from ninja import Field, Schema

from licensing.queries.triggers import TriggerRow


class BehindOut(Schema):
    """What a reason rests on: an application, a licence or a check; of another organisation, with who is in both."""

    kind: str
    reference: str
    title: str
    people: list[str]
    on: date | None


class TriggerOut(Schema):
    """A reason to inspect before deciding; `waived_because` when an officer has set it aside."""

    code: str
    reason: str
    because_of: list[str] = Field(description="What was answered")
    records: list[BehindOut] = Field(description="The newest 20 of each kind")
    more: int = Field(description="How many records there are beside those")
    waived_because: str


def trigger_out(one: TriggerRow) -> dict[str, Any]:
    return {
        "code": one.code,
        "reason": one.reason,
        "because_of": list(one.facts),
        "records": [asdict(record) for record in one.records],
        "more": one.more,
        "waived_because": one.waiver.because if one.waiver else "",
    }
