"""Every headline of a real edition is counted again from its ZIP alone, by the queries that docs/statistics.md shows."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from registry.editions.queries import published as queries
from registry.editions.queries.headlines import HEADLINES, headlines_of, queries_of
from tests.compliance.statistics.test_queries_counts import visited
from tests.conftest import NOW
from tests.public_lookup.statistics.test_views import recount
from tests.registry.editions.world import a_published_edition

pytestmark = pytest.mark.django_db
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "statistics.md"


def test_the_document_has_the_query_of_every_headline_and_no_other(client: Client) -> None:
    visited(3, unmet=["2.2"])
    edition = a_published_edition()
    shown = queries.published_edition(edition.code, NOW)
    assert shown is not None

    documented = re.findall(r"^\| (.+) \| `(SELECT .+;)` \|$", DOCUMENT.read_text(), re.MULTILINE)

    assert [(str(one.of), query) for one, query in zip(HEADLINES, queries_of(shown).splitlines(), strict=True)] == [
        (title, query.replace("2026-Q3", edition.code)) for title, query in documented
    ]
    content = client.get(f"/statistics/{edition.code}/all.zip").content
    assert recount(content) == [one.value for one in headlines_of(shown)]
    assert len(documented) == 6
