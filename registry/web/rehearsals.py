"""Reading the letters that an act would bring before it is done."""

from collections.abc import Callable

from django.http import HttpRequest

from registry import letters

ASKS = "preview"


def asks_first(request: HttpRequest) -> bool:
    """Whether the person wants to read the letters first, and nothing to be done yet."""
    return ASKS in request.POST


def letters_first(request: HttpRequest, act: Callable[[], object]) -> list[letters.Foreseen] | None:
    """The letters that the act would bring, if the person asked to read them first; else the act is done, and None.

    Raises what the act raises, either way: what would be refused is refused before it is read, too.
    """
    if asks_first(request):
        return letters.rehearse(act)
    act()
    return None
