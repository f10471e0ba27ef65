"""The files of an edition: each table as CSV, all of them in a ZIP, and what the columns hold for programs.

They follow from the frozen tables alone, so that the same version always gives the same bytes.
"""

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from registry.editions.queries.headlines import queries_of
from registry.editions.queries.published import PublishedEdition
from registry.editions.rules.charts import in_figures
from registry.editions.tables import Cell, Mark, ReleaseTable

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
MARKS = [f"[{mark.value}]" for mark in Mark]
README = """{title}

One CSV file for each table. Each row has the code of each dimension, its words in English and Welsh, and the figures.

[c]  hidden, so that no person can be recognised
[z]  the figure cannot exist
[x]  the figure is not known
0    a real nought

queries.sql has the query of each headline figure, for SQLite or DuckDB with each file loaded as a table of its name.
datapackage.json and csv-metadata.json describe the columns.
Digest of the tables: {digest}
Licence: {licence}
"""


def languages() -> list[str]:
    return [code.split("-")[0] for code in settings.SITE_LANGUAGES]


def columns_of(table: ReleaseTable) -> Iterator[tuple[str, str, str]]:
    """The name of each column of the CSV, what it holds, and its type."""
    for dimension in table.dimensions:
        yield dimension.code, dimension.title["en"], "string"
        for language in languages():
            yield f"{dimension.code}_{language}", f"{dimension.title['en']}, in words ({language})", "string"
    for measure, title in table.measures.items():
        yield measure, f"{title['en']} ({table.units.get(measure, '')})", _type_of(table, measure)


def _type_of(table: ReleaseTable, measure: str) -> str:
    place = len(table.dimensions) + list(table.measures).index(measure)
    return "number" if any(isinstance(row[place], float) for row in table.rows) else "integer"


def csv_of(table: ReleaseTable) -> str:
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([name for name, _says, _type in columns_of(table)])
    keys = len(table.dimensions)
    for row in table.rows:
        named = [
            text
            for dimension, value in zip(table.dimensions, row[:keys], strict=True)
            for text in (value, *(dimension.values[str(value)].get(code, "") for code in languages()))
        ]
        writer.writerow([*named, *(_written(cell) for cell in row[keys:])])
    return lines.getvalue()


def _written(cell: str | Cell) -> str | int | float:
    return in_figures(cell) if isinstance(cell, Mark) else cell


def data_package(shown: PublishedEdition) -> dict[str, Any]:
    """Frictionless Data."""
    return {
        "name": f"statistics-{shown.address.lower()}",
        "title": f"{settings.SERVICE_NAME}: {shown.code}",
        "version": str(shown.version.number),
        "created": shown.published_at.isoformat(),
        "licenses": [{"name": "OGL-UK-3.0", "path": LICENCE}],
        "resources": [
            {
                "name": table.code,
                "path": f"{table.code}.csv",
                "title": table.title["en"],
                "description": table.about["en"],
                "format": "csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "type": kind, "description": says} for name, says, kind in columns_of(table)
                    ],
                    "primaryKey": [one.code for one in table.dimensions],
                    "missingValues": MARKS,
                },
            }
            for table in shown.tables
        ],
    }


def csv_metadata(shown: PublishedEdition) -> dict[str, Any]:
    """The W3C's CSV on the Web."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": f"{settings.SERVICE_NAME}: {shown.code}",
        "dc:publisher": settings.ORGANISATION_NAME,
        "dc:license": {"@id": LICENCE},
        "tables": [
            {
                "url": f"{table.code}.csv",
                "dc:title": table.title["en"],
                "dc:description": table.about["en"],
                "tableSchema": {
                    "columns": [
                        {"name": name, "titles": name, "datatype": kind, "null": MARKS, "dc:description": says}
                        for name, says, kind in columns_of(table)
                    ],
                    "primaryKey": [one.code for one in table.dimensions],
                },
            }
            for table in shown.tables
        ],
    }


def zip_of(shown: PublishedEdition) -> bytes:
    """Everything in one file."""
    readme = README.format(title=f"{settings.SERVICE_NAME}: {shown.code}", digest=shown.version.digest, licence=LICENCE)
    parts = {
        "README.txt": readme,
        "queries.sql": queries_of(shown),
        "datapackage.json": json.dumps(data_package(shown), indent=1, ensure_ascii=False),
        "csv-metadata.json": json.dumps(csv_metadata(shown), indent=1, ensure_ascii=False),
        **{f"{table.code}.csv": csv_of(table) for table in shown.tables},
    }
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # With the time of publication, so that the bytes are always the same.
            info = ZipInfo(name, date_time=shown.published_at.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return content.getvalue()
