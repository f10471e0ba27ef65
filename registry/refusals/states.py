"""That the person who proposed something says that they have read why it was refused: declared once for each thing."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise

from registry.lifecycle import Move, move
from registry.waits import Wait, staff_wait


@dataclass(frozen=True, slots=True)
class ReasonReading:
    """One move, one wait and one step of a thing that can be refused; its model is a `CanBeRefused`.

    `name` is that of all three, `todo` heads the task and the page, `status` is that of what was refused. `because`, `read_at` and
    `proposer` are fields of the thing.
    """

    name: str
    todo: str | Promise
    status: str
    permission: str
    because: str
    read_at: str
    proposer: str = "proposed_by"

    @property
    def move(self) -> Move:
        return move(self.name, {self.status}, self.status, sets=(self.read_at,))

    def wait(self, **how: Any) -> Wait:
        """For who proposed it until the task is given to another; `owner` keeps it with one person."""
        of = {} if "owner" in how else {"first_owner": self.proposer}
        return staff_wait(
            self.name, {self.status}, self.todo, self.permission, when="has_unread_reason", **{**of, **how}
        )


class CanBeRefused:
    """A model of things that are refused with a reason, which the person who proposed it reads."""

    reason_reading: ClassVar[ReasonReading]

    @property
    def has_unread_reason(self) -> bool:
        """Whether it was refused, and no one has said yet that they read why."""
        reading = self.reason_reading
        return bool(getattr(self, reading.because)) and getattr(self, reading.read_at) is None
