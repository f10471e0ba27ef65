"""What has happened to a draft while somebody had a page of it open."""

from dataclasses import dataclass
from datetime import datetime

from licensing.models import Answer, Application
from registry.accounts.models import User
from registry.trail.models.events import Event


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Who saved or removed an answer, and when; what it is now, and None when it was removed."""

    who: str
    at: datetime
    answer: Answer | None

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0


def meanwhile(application: Application, *, page: str, item: str, opened: int, by: User) -> Meanwhile | None:
    """What somebody else has done to an answer since this user opened it in that version; None when nobody has."""
    found = application.answers.select_related("saved_by").filter(page=page, item=item).first()
    if found is not None:
        is_news = found.is_news_to(by, opened=opened)
        return Meanwhile(found.saver, found.saved_at, found) if is_news else None
    event = _removal(application, page=page, item=item) if opened else None
    return Meanwhile(event.by_name, event.at, None) if event else None


def _removal(application: Application, *, page: str, item: str) -> Event | None:
    done = Event.objects.of([("application", application.reference)])
    return done.filter(verb="remove_item", facts__page=page, facts__item=item).first()
