"""Workbooks written part by part, honest ones and hostile ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet(rows: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def links(**targets: str) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind.split(" ")[0]}" Target="{kind.split(" ")[1]}"/>'
        for name, kind in targets.items()
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def parts(rows: str, shared: Sequence[str] = ()) -> dict[str, str]:
    """The parts of a workbook with one sheet, as Excel writes them."""
    texts = "".join(f"<si>{text}</si>" for text in shared)
    return {
        "_rels/.rels": links(rId1="officeDocument xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Lookups" sheetId="2" state="hidden" r:id="rId9"/><sheet name="Providers" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links(
            rId1="worksheet worksheets/sheet1.xml",
            rId2="sharedStrings sharedStrings.xml",
            rId9="worksheet worksheets/sheet2.xml",
        ),
        "xl/worksheets/sheet2.xml": sheet("<row/>"),
        "xl/worksheets/sheet1.xml": sheet(rows),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }


def packed(written: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in written.items():
            file.writestr(name, text)
    return content.getvalue()


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook whose cells hold these texts."""
    body = "".join(f"<row>{_cells(row)}</row>" for row in rows)
    return packed(parts(body))


def _cells(row: Sequence[str]) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
