"""Why materials cannot be ordered, sent or declined now."""

from collections.abc import Iterator, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.material_orders.models import MaterialOrder

#: The line of the table of retention (retention.toml).
RETAINED = "material_orders"
#: More than these are printed by a printer: the files are ready for one.
MOST_SHEETS = 500
MOST_LANGUAGES = 4


def order_blockers(sheets: int, languages: Sequence[str]) -> Iterator[Reason]:
    if not 1 <= sheets <= MOST_SHEETS:
        text = format_lazy(_("Enter a number of sheets from 1 to {most}."), most=MOST_SHEETS)
        yield Reason("sheets", text, "sheets")
    if not languages:
        yield Reason("no_language", _("Choose at least one language."), "languages")
    elif len(languages) > MOST_LANGUAGES:
        yield Reason("too_many_languages", _("Choose at most 4 languages."), "languages")


def handle_blockers(order: MaterialOrder, move: str, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not typed yet, or not asked for."""
    yield from order.lifecycle.blockers(order.status, move)
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Write why you decline the order."), "because")
