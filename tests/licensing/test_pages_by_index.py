"""A page about one thing looks up what belongs to it: it reads through no table that grows with the years."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.compliance.stories import an_inspection_confirmed
from tests.licensing.stories import a_licence, a_suspension_proposed
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.stories import an_application_being_assessed

pytestmark = pytest.mark.django_db

#: These stay as short as an authority is small: its roles, those that it asks, its days off, what it has read in.
SHORT = {
    "auth_group",
    "auth_permission",
    "django_content_type",
    "registry_agency",
    "registry_holiday",
    "registry_import",
}


def read_through(page: str) -> Iterator[str]:
    """What a page reads from end to end, of which table and by which query."""
    client = signed_in(person("case_officer"))
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    for query in [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query.replace('%', '%%')}")
            steps = [str(row[-1]) for row in cursor.fetchall()]
        called = {alias: table for table, alias in re.findall(r'"(\w+)" ([A-Z]+\d+)\b', query)}
        for step in steps:
            if (found := re.match(r"SCAN (\w+)", step)) and called.get(found[1], found[1]) not in SHORT:
                yield f"{step} of {called.get(found[1])}: {query}"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL reads so small a table as a whole")
def test_a_page_about_one_thing_reads_no_table_through() -> None:
    case = an_application_being_assessed()
    licence = a_licence(legal_name="Licensed Ltd")
    a_condition(licence)
    decision = a_suspension_proposed(licence)
    visit = an_inspection_confirmed(organisation=licence.organisation)

    for page in (
        f"applications/{case.reference}",
        f"licences/{licence.number}",
        f"decisions/{decision.reference}",
        f"organisations/{licence.organisation.reference}",
        f"inspections/{visit.reference}",
    ):
        assert list(read_through(f"/staff/{page}/")) == [], page
