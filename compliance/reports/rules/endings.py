"""What must be true of the words in which staff tell a reporter what became of a report."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason


def ending_blockers(told: str, *, about: Sequence[str], names_reporter: bool) -> Iterator[Reason]:
    """Of an outcome in words of its own: who sees it on the reporter's telephone must not learn what it is about."""
    said = " ".join(told.casefold().split())
    if names_reporter or any(
        one in said for one in (" ".join(each.casefold().split()) for each in about) if len(one) > 3
    ):
        because = _(
            "The outcome names a person, a business or a number. Take it out: others may see what the reporter reads."
        )
        yield Reason("names_someone", because, "outcome")
