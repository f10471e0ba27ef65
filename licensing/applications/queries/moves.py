"""What the page of one application, decision or licence shows."""

from dataclasses import dataclass

from django.utils.functional import Promise

from registry.errors import Reason


@dataclass(frozen=True, slots=True)
class ApplicationMove:
    """Something that this person may do, on which page, and why not now."""

    name: str
    title: str | Promise
    href: str
    style: str
    blockers: tuple[Reason, ...]

    @property
    def why(self) -> tuple[Reason, ...]:
        """The reasons that help: that it does not fit the state of the thing is said only where nothing else is."""
        return tuple(reason for reason in self.blockers if reason.code != "wrong_state") or self.blockers
