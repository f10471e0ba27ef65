"""Who plays the authority in a story, which part a firm has, and stories played in the order of time."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.demo.made_up import Firm
from registry.accounts.models import User

Story = Iterator[datetime]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays the authority, and under which scheme."""

    scheme: str
    case_officer: User
    second_case_officer: User
    decision_maker: User
    inspector: User
    quality: User
    partner: User | None = None


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One firm in the sample data: who acts for it, when it began, and how far its story goes."""

    firm: Firm
    user: User
    began: datetime
    ends: str


def play(stories: Iterable[Story], *, until: datetime) -> Iterator[datetime]:
    """Run the stories side by side up to an instant; yields the time of each step taken."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        at, number, story = heapq.heappop(waiting)
        if at > until:
            continue
        yield at
        if (later := next(story, None)) is not None:
            heapq.heappush(waiting, (later, number, story))
