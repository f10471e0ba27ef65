"""A lifecycle is a table of moves and of waits: what may follow what, and who must act in each state.

Who may make a move, and what must be true for it, are asked elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason, Refused
from registry.waits import NoWait, Pending, Wait


@dataclass(frozen=True, slots=True)
class Move:
    name: str
    sources: frozenset[str]
    target: str
    sets: frozenset[str] = frozenset()


def move(name: str, sources: Iterable[str], target: str, *, sets: Iterable[str] = ()) -> Move:
    """One row of the table. `sets`: the fields of the thing that the move may write, besides its status."""
    return Move(name, frozenset(str(source) for source in sources), str(target), frozenset(sets))


class Lifecycle:
    def __init__(self, first: str, *moves: Move, waits: Iterable[Wait | NoWait] = ()) -> None:
        self.first = str(first)
        self.moves = moves
        self._after = {(source, m.name): m.target for m in moves for source in m.sources}
        self.wait_for(*waits)

    def wait_for(self, *waits: Wait | NoWait) -> "Lifecycle":
        """Say who must act in which state. Called beside the model where workers read the words of `states.py` in their
        languages, which the words of staff are not translated into.
        """
        self.waits = tuple(wait for wait in waits if isinstance(wait, Wait))
        self.no_waits = {str(wait.state): wait.because for wait in waits if isinstance(wait, NoWait)}
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.name for m in self.moves))

    @property
    def statuses(self) -> tuple[str, ...]:
        reached = [self.first, *(status for m in self.moves for status in (*sorted(m.sources), m.target))]
        return tuple(dict.fromkeys(reached))

    def allows(self, status: str, name: str) -> bool:
        return (str(status), name) in self._after

    def after(self, status: str, name: str) -> str:
        """The status after the move, or `Refused` when the table has no such move from here."""
        if not self.allows(status, name):
            raise Refused(self.blockers(status, name))
        return self._after[str(status), name]

    def sets(self, name: str) -> frozenset[str]:
        """The fields that this move may write, besides the status."""
        return frozenset().union(*(m.sets for m in self.moves if m.name == name))

    def blockers(self, status: str, name: str) -> Iterator[Reason]:
        """The same answer as a reason, for rules that say everything at once."""
        if not self.allows(status, name):
            yield Reason(
                "wrong_state", _("This step is not possible now: something else has happened in the meantime.")
            )

    def moves_from(self, status: str) -> tuple[str, ...]:
        return tuple(name for name in self.names if self.allows(status, name))

    def waits_in_words(self) -> list[str]:
        """One line for each state that waits, for docs/lifecycles.md."""
        lines = [
            f"| {', '.join(f'`{state}`' for state in sorted(wait.states))} | `{wait.code}` | {_for_whom(wait)} | {wait.todo} |"
            for wait in self.waits
        ]
        return [*lines, *(f"| `{state}` | | no one | {because} |" for state, because in self.no_waits.items())]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for docs/lifecycles.md."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first}"]
        for m in self.moves:
            lines += [f"    {source} --> {m.target}: {m.name}" for source in sorted(m.sources)]
        ends = [status for status in self.statuses if not self.moves_from(status)]
        return "\n".join([*lines, *(f"    {status} --> [*]" for status in ends)])


def _for_whom(wait: Wait) -> str:
    if wait.is_for_holder:
        return "the organisation"
    if wait.pending:
        return f"no one: the organisation reads “{Pending(wait.pending).label}”"
    if wait.agency:
        return "another authority"
    return f"`{wait.permission}`" + (f", {wait.owner or wait.first_owner}" if wait.owner or wait.first_owner else "")
