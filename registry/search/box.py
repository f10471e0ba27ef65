"""The one box in which a list is searched."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from registry.search.finding import LONGEST

#: What it is called, and what it takes.
SEARCH = _("Search")
SEARCHED = _("A number or reference, a name, a person, a postcode or a telephone number")


def search_box(**options: Any) -> django_filters.CharFilter:
    """What is typed goes to `named` of the FilterSet."""
    said = {"label": SEARCH, "help_text": SEARCHED, "method": "named", "max_length": LONGEST}
    return django_filters.CharFilter(**{**said, **options})
