"""What published periods are called: a quarter, or a longer one where a quarter has too few people."""

from django.utils.translation import gettext as _

from compliance.statistics.queries.quarters import Quarter
from registry.disclosure.rules.windows import Window


def title_of(window: Window) -> str:
    """What a published period is called."""
    year, place = divmod(window.first, 4)
    match window.quarters:
        case 1:
            return str(Quarter(window.first))
        case 2:
            return (
                _("January to June %(year)s") % {"year": year}
                if place == 0
                else _("July to December %(year)s") % {"year": year}
            )
        case 4:
            return str(year)
    return _("%(first)s and %(second)s") % {"first": year, "second": year + 1}
