"""The buttons by which decisions are proposed, on the page of what they are about."""

from collections.abc import Iterable, Iterator

from django.utils.functional import Promise

from licensing.applications.models import Application
from licensing.decisions.rules.proposals import Readiness, begin_blockers
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import KINDS
from registry.errors import Reason
from registry.licences.models import Condition, Licence

#: Of a button: the name of its page, the permission, its words, the arguments of the address, its style, what is against it.
Move = tuple[str, str, str | Promise, tuple[str, ...], str, tuple[Reason, ...]]


def moves_to_propose(
    kinds: Iterable[DecisionKind],
    subject: Application | Licence,
    ready: Readiness,
    *,
    condition: Condition | None = None,
) -> Iterator[Move]:
    of = (subject.reference, condition.reference) if condition else (subject.reference,)
    for kind in kinds:
        row, blockers = KINDS[kind], begin_blockers(subject, kind=kind, ready=ready, condition=condition)
        yield f"propose_{kind}", "licensing.propose_decision", row.proposes, of, row.press_style, tuple(blockers)
