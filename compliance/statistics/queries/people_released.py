"""The tables about people in an edition of the public statistics: each scheme's referrals, and reports once for all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from compliance.statistics.queries.people import former_of, people_tables
from compliance.statistics.queries.quarters import quarters_over
from compliance.statistics.queries.tables import Former
from registry import schemes
from registry.disclosure.rules.classes import OF_PEOPLE
from registry.editions.models import EditionTable
from registry.editions.rules.content import table_of
from registry.editions.tables import CountedThing, ReleaseTable
from registry.schemes import Scheme, Text, said

#: Between the code of a table and the scheme whose people are in it.
OF = "-of-"


def tables(last_day: date) -> Iterator[ReleaseTable]:
    """All of them. What an earlier edition published of a period is not changed, so that no difference tells of anyone."""
    on = last_day + timedelta(days=1)
    published = _published_before()
    for number, scheme in enumerate(schemes.all_in_force(last_day)):
        for table in people_tables(scheme, quarters_over(on), on=on, former=_former(published, scheme)):
            if table.counts == CountedThing.PEOPLE:
                yield _of_scheme(table, scheme)
            elif not number:  # reports are of all schemes
                yield table


def _published_before() -> list[ReleaseTable]:
    """Every table about people that was made for any edition and not refused, the newest first.

    Of all editions, as one can be made after that of a later quarter, and as an older one has periods that the newest shows no more.
    """
    made = EditionTable.objects.filter(version__refused_at=None, content__counts__in=list(OF_PEOPLE))
    return [table_of(one.content) for one in made.order_by("-version", "place")]


def _former(published: list[ReleaseTable], scheme: Scheme) -> Former:
    """What was first published of each period comes last, and so holds."""
    return former_of(
        replace(one, code=one.code.removesuffix(OF + scheme.name)) for one in published if _is_of(one, scheme)
    )


def _is_of(table: ReleaseTable, scheme: Scheme) -> bool:
    return table.counts == CountedThing.REPORTS or table.code.endswith(OF + scheme.name)


def _of_scheme(table: ReleaseTable, scheme: Scheme) -> ReleaseTable:
    titles = {code: f"{title} ({_title(scheme.title, code)})" for code, title in table.title.items()}
    return replace(table, code=f"{table.code}{OF}{scheme.name}", title=titles)


def _title(title: Text, language: str) -> str:
    return said(title, language)
