"""The tables about people in an edition of the public statistics: each scheme's referrals, and reports once for all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from compliance.statistics.queries.people import former_of, people_tables
from compliance.statistics.queries.quarters import quarters_over
from compliance.statistics.queries.tables import Former
from compliance.statistics.queries.tabulations import counted_schemes
from registry.editions.models import EditionVersion
from registry.editions.rules.content import table_of
from registry.editions.tables import CountedThing, ReleaseTable
from registry.schemes import Scheme, Text, said

#: Between the code of a table and the scheme whose people are in it.
OF = "-of-"


def tables(last_day: date) -> Iterator[ReleaseTable]:
    """All of them. What an earlier edition published of a period is not changed, so that no difference tells of anyone."""
    on = last_day + timedelta(days=1)
    published = list(_published_before(last_day))
    for number, scheme in enumerate(counted_schemes(last_day)):
        for table in people_tables(scheme, quarters_over(on), on=on, former=_former(published, scheme)):
            if table.counts == CountedThing.PEOPLE:
                yield _of_scheme(table, scheme)
            elif not number:  # reports are of all schemes
                yield table


def _published_before(last_day: date) -> Iterator[ReleaseTable]:
    """The tables of the newest version that two people have signed: of this quarter, where it is corrected, or of an earlier one."""
    signed = EditionVersion.objects.exclude(countersigned_at=None).filter(edition__last_day__lte=last_day)
    version = signed.order_by("-edition__last_day", "-number").first()
    if version is not None:
        yield from (table_of(one.content) for one in version.tables.all())


def _former(published: list[ReleaseTable], scheme: Scheme) -> Former:
    of_people = [one for one in published if one.counts in (CountedThing.PEOPLE, CountedThing.REPORTS)]
    own = [replace(one, code=one.code.removesuffix(OF + scheme.name)) for one in of_people if _is_of(one, scheme)]
    return former_of(own)


def _is_of(table: ReleaseTable, scheme: Scheme) -> bool:
    return table.counts == CountedThing.REPORTS or table.code.endswith(OF + scheme.name)


def _of_scheme(table: ReleaseTable, scheme: Scheme) -> ReleaseTable:
    titles = {code: f"{title} ({_title(scheme.title, code)})" for code, title in table.title.items()}
    return replace(table, code=f"{table.code}{OF}{scheme.name}", title=titles)


def _title(title: Text, language: str) -> str:
    return said(title, language)
