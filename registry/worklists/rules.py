"""How many views of lists a person keeps, and how they are called."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.worklists.models import SavedView, every_list

MOST_VIEWS = 20


def keep_view_blockers(by: User, *, of_list: str, name: str, query: str) -> Iterator[Reason]:
    """A view is worth keeping when it is narrowed or ordered; so many are kept of one list, and no more."""
    if of_list not in dict(every_list()):
        yield Reason("unknown_list", _("There is no such list."))
    if not query:
        yield Reason("nothing_chosen", _("Choose a filter or an order first: the whole list needs no name."))
    if len(query) > LONGEST_QUERY:
        yield Reason("too_much_chosen", _("This view is narrowed by too much to be kept."))
    if by.saved_views.filter(of_list=of_list).count() >= MOST_VIEWS:
        text = _("You keep {most} views of this list already. Remove one first.")
        yield Reason("too_many_views", format_lazy(text, most=MOST_VIEWS))
    yield from name_view_blockers(by, of_list=of_list, name=name)


LONGEST_QUERY = 1000


def name_view_blockers(by: User, *, of_list: str, name: str, but: SavedView | None = None) -> Iterator[Reason]:
    others = by.saved_views.exclude(pk=but.pk) if but else by.saved_views
    taken = others.filter(of_list=of_list, name=name.strip())
    if not name.strip():
        yield Reason("no_name", _("Enter a name for the view."), "name")
    elif taken.exists():
        yield Reason("name_taken", _("You have a view of this list by that name. Choose another."), "name")
