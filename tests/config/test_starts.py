"""Every page that begins something new is declared as a start, and names the page that it leads back to."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.config.whose import MAY
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def starts(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from starts(pattern.url_patterns)
        elif pattern.callback.__qualname__.startswith("Start."):
            yield str(pattern.name)


STARTS = list(starts(get_resolver().url_patterns))


@pytest.mark.parametrize("name", STARTS)
def test_a_start_names_the_page_that_it_leads_back_to(name: str) -> None:
    browser = signed_in(person(sorted(MAY[name])[0]))
    page = browser.get(reverse(name)).content.decode()
    found = re.search(r'<a href="([^"]+)" class="govuk-back-link">([^<]+)</a>', page)
    assert found is not None
    assert f'<h1 class="govuk-heading-l">{found[2]}</h1>' in browser.get(found[1]).content.decode()


def test_there_are_starts() -> None:
    assert len(STARTS) >= 11
