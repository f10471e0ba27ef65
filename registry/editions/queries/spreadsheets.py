"""An edition as one OpenDocument spreadsheet, laid out for screen readers: a sheet for each table, no merged or empty cells.

Written here, as no library that this project has writes the format: it is a ZIP of three small XML files (decision 131).
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.editions.queries.declaring import word
from registry.editions.queries.published import PublishedEdition
from registry.editions.rules.charts import in_figures
from registry.editions.rules.quarters import in_words
from registry.editions.tables import Cell, Mark, ReleaseTable

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_STYLES = (
    '<office:automatic-styles><style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="6cm"/></style:style>'
    '<style:style style:name="bold" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)
_MANIFEST = (
    f'{_HEAD}<manifest:manifest {_NAMES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
Row = tuple[str | Cell, ...]


def spreadsheet_of(shown: PublishedEdition) -> bytes:
    """In the language that is active."""
    title = _("Statistics: %(quarter)s") % {"quarter": in_words(shown.code)}
    sheets = "".join((_sheet(_("Contents"), _contents(shown, title)), *map(_sheet_of, shown.tables)))
    content = (
        f'{_HEAD}<office:document-content {_NAMES} office:version="1.3">{_STYLES}'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f'{_HEAD}<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{escape(title)}</dc:title><dc:language>{get_language()}</dc:language>"
        "</office:meta></office:document-meta>"
    )
    return _packed({"content.xml": content, "meta.xml": meta, "META-INF/manifest.xml": _MANIFEST}, shown)


def _packed(parts: dict[str, str], shown: PublishedEdition) -> bytes:
    made, at = BytesIO(), shown.published_at.timetuple()[:6]
    with ZipFile(made, "w") as archive:
        # First and not compressed: by it the format is recognised.
        archive.writestr(ZipInfo("mimetype", at), TYPE, compress_type=ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, at), text.encode(), compress_type=ZIP_DEFLATED)
    return made.getvalue()


def _contents(shown: PublishedEdition, title: str) -> Iterator[Row]:
    yield (title,)
    yield (settings.ORGANISATION_NAME,)
    if shown.version.corrects:
        yield (_("Corrected: %(because)s") % {"because": shown.version.corrects},)
    yield (_("[c] hidden, so that no person can be recognised"),)
    yield (_("[z] the figure cannot exist"),)
    yield (_("[x] the figure is not known"),)
    yield (_("Sheet"), _("Table"))
    for table in shown.tables:
        yield (table.code, word(table.title))


def _sheet_of(table: ReleaseTable) -> str:
    """Title, what is counted and the notes above the one table of the sheet, whose first row has the headings."""
    above: list[Row] = [(word(table.title),), (word(table.about),), *((word(note),) for note in table.notes)]
    headings: Row = (
        *(word(one.title) for one in table.dimensions),
        *(word(title) for title in table.measures.values()),
    )
    return _sheet(table.code, [*above, headings], body=_in_words(table), bold=len(above))


def _in_words(table: ReleaseTable) -> Iterator[Row]:
    keys = len(table.dimensions)
    for row in table.rows:
        named = (word(one.values[str(value)]) for one, value in zip(table.dimensions, row[:keys], strict=True))
        yield (*named, *row[keys:])


def _sheet(name: str, rows: Iterable[Row], *, body: Iterable[Row] = (), bold: int = 0) -> str:
    """The first row and the one of this number are bold."""
    lines = "".join(_row(row, is_bold=n in (0, bold)) for n, row in enumerate(rows))
    lines += "".join(map(_row, body))
    column = '<table:table-column table:style-name="wide" table:number-columns-repeated="12"/>'
    return f"<table:table table:name={quoteattr(name)}>{column}{lines}</table:table>"


def _row(row: Row, *, is_bold: bool = False) -> str:
    style = ' table:style-name="bold"' if is_bold else ""
    return f"<table:table-row>{''.join(_cell(value, style) for value in row)}</table:table-row>"


def _cell(value: str | Cell, style: str) -> str:
    if isinstance(value, int | float):
        return (
            f'<table:table-cell{style} office:value-type="float" office:value="{value}">'
            f"<text:p>{in_figures(value)}</text:p></table:table-cell>"
        )
    said = in_figures(value) if isinstance(value, Mark) else value
    return f'<table:table-cell{style} office:value-type="string"><text:p>{escape(said)}</text:p></table:table-cell>'
