"""tasks.toml: within how many working days a task is done that no law and no other clock sets a day for, and how staff are trained."""

from pydantic import Field

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text


class TaskTerm(Sourced):
    """How long one kind of task may wait. `code` is the model of the thing and the code of the wait (docs/lifecycles.md)."""

    code: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    working_days: int = Field(ge=0)


class AlarmTerms(Sourced):
    """Within how many minutes each person who is alerted of a danger acknowledges it, and an officer is missed."""

    acknowledge_minutes: int = Field(default=10, ge=1, le=240)
    #: How long after the time that an officer expected to leave a visit the alarm is raised.
    check_out_minutes: int = Field(default=15, ge=0, le=240)


class TrainingKind(Sourced):
    """A training of staff, and for how many months it is valid."""

    code: Code
    title: Text
    months: int = Field(ge=1, le=120)


class TasksFile(Frozen):
    """`usual_working_days` counts for the kinds that are not named."""

    usual_working_days: int = Field(default=5, ge=0)
    tasks: tuple[TaskTerm, ...] = ()
    alarm: AlarmTerms = AlarmTerms()
    training: tuple[TrainingKind, ...] = ()

    def working_days(self, code: str) -> int:
        return next((term.working_days for term in self.tasks if term.code == code), self.usual_working_days)
