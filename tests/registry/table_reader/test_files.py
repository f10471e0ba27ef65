"""Reading a list: whatever the delimiter, the encoding or the program it comes from; and refusing what would do harm."""

import time
import tracemalloc

import pytest

from registry import table_reader as files
from registry.errors import Refused
from registry.table_reader import parts as judging
from tests.registry.table_reader.workbooks import links, packed, parts, sheet, workbook

NAMES = [["Name", "Postcode"], ["Zażółć Ltd", "HR1 1AA"], ["Smith, Jones & Co", "PE1 2BB"]]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_is_read_whatever_cuts_and_encodes_it(delimiter: str, encoding: str) -> None:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in NAMES]

    assert files.read_file("\r\n".join(lines).encode(encoding)).rows == NAMES


def test_what_old_programs_write_is_read() -> None:
    assert files.read_file("Name;Postcode\nCafé Ltd – “A”;HR1 1AA\n".encode("cp1252")).rows == [
        ["Name", "Postcode"],
        ["Café Ltd – “A”", "HR1 1AA"],
    ]


def test_what_excel_says_of_its_delimiter_is_believed() -> None:
    assert files.read_file(b"sep=;\nA, B Ltd;HR1 1AA\nC Ltd;PE1 2BB\n").rows == [
        ["A, B Ltd", "HR1 1AA"],
        ["C Ltd", "PE1 2BB"],
    ]


def test_commas_in_some_names_do_not_cut_a_list_of_names() -> None:
    pasted = "Harvest Hands Ltd\nSmith, Jones and Sons\n\n  Meadow Crew  \nField Force\nOrchard Crew\n"

    assert files.rows_of_text(pasted) == [
        ["Harvest Hands Ltd"], ["Smith, Jones and Sons"], ["Meadow Crew"], ["Field Force"], ["Orchard Crew"],
    ]  # fmt: skip


def test_a_quotation_mark_that_does_not_close_swallows_no_lines_of_a_list() -> None:
    assert files.rows_of_text('"Best Hands\nMeadow Crew\n') == [['"Best Hands'], ["Meadow Crew"]]


def test_what_cannot_be_seen_is_left_out_and_long_cells_are_cut() -> None:
    ((name, long),) = files.rows_of_text("Har\x00vest\u202e Hands\t" + "x" * 5_000)

    assert name == "Har vest Hands"
    assert len(long) == files.LONGEST_CELL


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list_empty"),
        (b"\n , \n", "list_empty"),
        (b"%PDF-1.4\x00\x00\x01", "not_a_table"),
        (b"\xd0\xcf\x11\xe0 an old or a locked workbook", "not_a_table"),
        (b"PK\x03\x04 half a workbook", "not_a_table"),
        (b"x" * (files.MOST_BYTES + 1), "file_too_big"),
        (b"name\n" * (files.MOST_ROWS + 2), "too_many_rows"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        files.read_file(content)

    assert codes(refused) == [code]


def test_ten_thousand_rows_and_their_headings_are_not_too_many() -> None:
    assert len(files.rows_of_text("name\n" * (files.MOST_ROWS + 1))) == files.MOST_ROWS + 1


# Workbooks


def test_a_workbook_is_read_as_excel_writes_it() -> None:
    """Shared texts, rich ones and ones with reading aids; numbers, sums with a text, cells left out, a hidden first sheet."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Remark</t></is></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>4.41632960123E11</v></c><c r="C3"><v>1234567.0</v></c>'
        '<c r="D3" t="str"><f>A1&amp;B1</f><v>summed</v></c></row>'
        '<row r="4"><c t="s"><v>3</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row>'
    )
    shared = [
        "<t>Name</t>",
        "<t>Telephone</t>",
        '<r><t xml:space="preserve">Harvest </t></r><r><rPr><b/></rPr><t>Hands</t></r>',
        "<t>Meadow Crew</t><rPh sb='0' eb='1'><t>MIDOU</t></rPh>",
    ]

    assert files.read_file(packed(parts(rows, shared))).rows == [
        ["Name", "Telephone", "", "Remark"],
        ["Harvest Hands", "441632960123", "1234567", "summed"],
        ["Meadow Crew", "", "1", ""],
    ]


def test_a_cell_far_out_makes_no_table_of_millions() -> None:
    """It is refused: calamine would make room for every cell up to it, 17 thousand million."""
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c><c r="A1048576" t="inlineStr"><is><t>near</t></is></c></row>'

    began = time.process_time()

    with pytest.raises(Refused) as refused:
        files.read_file(packed(parts(far)))

    assert codes(refused) == ["not_a_table"]
    assert time.process_time() - began < 2


def test_a_remark_below_and_beside_a_long_list_is_read() -> None:
    out = '<row r="9000"><c r="A9000" t="inlineStr"><is><t>near</t></is></c><c r="CV9000" t="inlineStr"><is><t>far</t></is></c></row>'

    assert files.read_file(packed(parts(out))).rows == [["near"]]


def test_a_zip_with_two_directories_shows_no_reader_something_else() -> None:
    """What is read is what was judged: a second workbook that hangs behind the first is not opened."""
    first = packed(parts('<row><c t="inlineStr"><is><t>first</t></is></c></row>'))
    last = packed(parts('<row><c t="inlineStr"><is><t>last</t></is></c></row>'))

    assert files.read_file(first + last).rows == [["last"]]


@pytest.mark.parametrize("name", ["xl/Workbook.xml", "xl/worksheets/SHEET1.xml"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        files.read_file(packed(parts("<row/>") | {name: sheet("<row/>")}))


def test_no_other_format_is_read() -> None:
    """calamine would read ODS and the binary formats of Excel too, whose cells nothing here has judged."""
    table = "<office:document-content xmlns:office='urn:o'><office:body/></office:document-content>"

    for parts_of in (
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": table},
        {"xl/workbook.bin": b"x"},
    ):
        with pytest.raises(Refused):
            files.read_file(packed(parts_of))


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "changed",
    [
        {"xl/worksheets/sheet1.xml": BOMB + sheet("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>")[38:]},
        {"xl/sharedStrings.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>'},
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"},
        {"xl/worksheets/sheet1.xml": sheet('<row><c r="1A" t="s"><v>0</v></c></row>')},
        {"xl/worksheets/sheet1.xml": sheet('<row><c r="A1" t="s"><v>none</v></c></row>')},
        {"_rels/.rels": links(rId1="officeDocument ../../../etc/passwd")},
        {"xl/workbook.xml": "<workbook><sheets/></workbook>"},
        {f"xl/media/{number}.png": "" for number in range(judging.MOST_PARTS)},
    ],
    ids=["entities", "document type", "torn", "no address", "no number", "other places", "no sheets", "many parts"],
)
def test_a_hostile_or_torn_workbook_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        files.read_file(packed(parts("<row/>") | changed))

    assert codes(refused) == ["not_a_table"]


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(parts("<row/>") | {"xl/sharedStrings.xml": bytes(judging.MOST_UNPACKED)})
    assert len(bomb) < 100_000
    tracemalloc.start()
    began = time.process_time()

    with pytest.raises(Refused):
        files.read_file(bomb)

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000
    assert time.process_time() - began < 2


def test_empty_elements_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_ELEMENTS", 1_000)

    with pytest.raises(Refused):
        files.read_file(packed(parts("<row/>" * 2_000)))


# What a stranger's workbook may cost: seconds of processor here are some times what was measured, as machines differ


def _spent_on(content: bytes) -> tuple[float, list[str]]:
    """The seconds of processor that a file costs that is refused, and why it is."""
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        files.read_file(content)
    return time.process_time() - began, codes(refused)


def _tag(attributes: int) -> str:
    return "<c " + " ".join(f"a{number}=''" for number in range(attributes)) + "/>"


EMPTY = "<a/>"


def test_parts_that_the_workbook_does_not_name_are_not_opened() -> None:
    beside = {f"xl/p{number}.xml": f"<r>{EMPTY * 1_000_000}</r>" for number in range(7)}
    content = packed(parts('<row><c t="inlineStr"><is><t>Harvest Hands</t></is></c></row>') | beside)

    began = time.process_time()

    assert files.read_file(content).rows == [["Harvest Hands"]]
    assert time.process_time() - began < 0.1


def test_all_parts_that_are_read_count_together() -> None:
    half = judging.MOST_ELEMENTS * 2 // 3
    texts, styles = f"<sst>{EMPTY * half}</sst>", f"<styleSheet>{EMPTY * half}</styleSheet>"

    alone = packed(parts("<row/>") | {"xl/sharedStrings.xml": texts})
    both = packed(parts("<row/>") | {"xl/sharedStrings.xml": texts, "xl/styles.xml": styles})

    assert _spent_on(alone)[1] == ["list_empty"]
    assert _spent_on(both)[1] == ["not_a_table"]


@pytest.mark.parametrize(
    ("sheet_xml", "code"),
    [
        (sheet(EMPTY * 1_990_000), "not_a_table"),
        ("<c>" * 8_000_000, "not_a_table"),
        ("<c>" * 200_000 + "</c>" * 200_000, "not_a_table"),
        (_tag(1_400_000), "not_a_table"),
        (sheet(_tag(1_000) * 1_900), "not_a_table"),
        (sheet("<row>" + "<c/>" * 20_000 + "</row>" + "<row><c><v>1</v></c></row>" * 20_000), "not_a_table"),
        (sheet("<row><c><v>1</v></c></row>" * 400_000), "too_many_rows"),
        (sheet('<row><c t="inlineStr"><is><t>Harvest Hands</t></is></c></row>' * 30_000), "too_many_rows"),
    ],
    ids=[
        "empty elements",
        "never closed",
        "deep",
        "one endless tag",
        "attributes",
        "cells without a place make a huge table",
        "400,000 rows",
        "30,000 rows",
    ],
)
def test_a_workbook_that_costs_much_is_refused_at_little_cost(sheet_xml: str, code: str) -> None:
    content = packed(parts("") | {"xl/worksheets/sheet1.xml": sheet_xml})

    spent, told = _spent_on(content)

    assert told == [code]
    assert spent < 0.4


def test_one_long_text_that_many_cells_share_is_counted_for_each() -> None:
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>") * 1_000

    spent, told = _spent_on(packed(parts(rows, [f"<t>{'x' * 1_000}</t>"])))

    assert told == ["not_a_table"] and spent < 0.4
    assert len(files.read_file(packed(parts(rows, [f"<t>{'x' * 100}</t>"]))).rows) == 1_000


def test_a_zip_of_many_names_is_refused_before_they_are_read() -> None:
    content = packed(parts("<row/>") | {f"a{number}": "" for number in range(20_000)})

    spent, told = _spent_on(content)

    assert told == ["not_a_table"] and spent < 0.1


def test_a_part_is_found_from_the_top_of_the_workbook_too() -> None:
    """As openpyxl writes it."""
    written = parts('<row><c t="inlineStr"><is><t>Harvest Hands</t></is></c></row>')
    written["xl/_rels/workbook.xml.rels"] = links(
        rId1="worksheet /xl/worksheets/sheet1.xml", rId9="worksheet /xl/worksheets/sheet2.xml"
    )

    assert files.read_file(packed(written)).rows == [["Harvest Hands"]]


def test_the_largest_list_that_is_taken_is_read_within_a_second() -> None:
    content = workbook([["Harvest Hands Ltd"] * 15] * 10_000)
    began = time.process_time()

    rows = files.read_file(content).rows

    assert len(rows) == 10_000
    assert time.process_time() - began < 2.5


def test_a_large_workbook_is_read_as_a_stream() -> None:
    content = workbook([[f"Provider number {number}", "HR1 1AA"] for number in range(10_000)])
    tracemalloc.start()

    rows = files.read_file(content).rows

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows[-1] == ["Provider number 9999", "HR1 1AA"]
    assert most < 12_000_000


def test_rows_that_a_spreadsheet_saves_with_nothing_in_them_are_not_counted() -> None:
    """By the million, when a whole column has a format."""
    lines = ["Name,Number", "", "Harvest Hands,1", *[","] * 1_000_000, "Best Hands,2", ""]
    began = time.process_time()

    assert files.read_file("\r\n".join(lines).encode()).rows == [
        ["Name", "Number"],
        ["Harvest Hands", "1"],
        ["Best Hands", "2"],
    ]
    assert time.process_time() - began < 0.3
