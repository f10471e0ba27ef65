"""PDFs made for tests: plain ones, and each with one thing in it that acts."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

Change = Callable[[Any], None]


def a_pdf(change: Change | None = None, *, pages: int = 1, **saved: Any) -> bytes:
    """A PDF of blank pages, changed by `change` before it is saved."""
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        if change:
            change(pdf)
        out = io.BytesIO()
        # A bomb is saved as it is, not unpacked and packed anew.
        pdf.save(out, **(saved or {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}))
        return out.getvalue()


def action(kind: str, **more: Any) -> Any:
    return Dictionary(Type=Name.Action, S=Name(kind), **more)


SCRIPT = {"JS": String("app.alert('owned')")}


def with_open_action(kind: str, **more: Any) -> bytes:
    return a_pdf(lambda pdf: pdf.Root.__setattr__("OpenAction", action(kind, **more)))


def with_annotation(subtype: str, **more: Any) -> bytes:
    def add(pdf: Any) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array([0, 0, 9, 9]), **more)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])

    return a_pdf(add)


def with_script_of_document() -> bytes:
    def add(pdf: Any) -> None:
        names = Array([String("run"), pdf.make_indirect(action("/JavaScript", **SCRIPT))])
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))

    return a_pdf(add)


def with_script_in_a_stream() -> bytes:
    def add(pdf: Any) -> None:
        pdf.Root.OpenAction = action("/JavaScript", JS=Stream(pdf, b"app.alert('owned')"))

    return a_pdf(add)


def with_actions_of_page() -> bytes:
    def add(pdf: Any) -> None:
        pdf.pages[0].obj.AA = Dictionary(O=action("/JavaScript", **SCRIPT))

    return a_pdf(add)


def with_chain_of_actions() -> bytes:
    """Turning the page is harmless; what is to follow it is not."""

    def add(pdf: Any) -> None:
        following = action("/Launch", F=String("cmd.exe"))
        there = Array([pdf.pages[0].obj, Name.Fit])
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action("/GoTo", D=there, Next=following)
        )
        pdf.pages[0].obj.Annots = Array([link])

    return a_pdf(add)


def with_attachment(content: bytes = b"MZ\x90\x00 a program") -> bytes:
    def add(pdf: Any) -> None:
        pdf.attachments["invoice.exe"] = pikepdf.AttachedFileSpec(pdf, content, filename="invoice.exe")

    return a_pdf(add)


def with_xfa() -> bytes:
    def add(pdf: Any) -> None:
        form = Stream(pdf, b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>owned()</script></xdp:xdp>")
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_indirect(form))

    return a_pdf(add)


def with_field_that_calculates() -> bytes:
    def add(pdf: Any) -> None:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("sum"), V=String("kept as typed"),
                Rect=Array([0, 0, 9, 9]), AA=Dictionary(C=action("/JavaScript", **SCRIPT)),
            )
        )  # fmt: skip
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]))
        pdf.pages[0].obj.Annots = Array([field])

    return a_pdf(add)


def with_password(user: str) -> bytes:
    return a_pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def packed_zeroes(megabytes: int, *, before: bytes = b"") -> bytes:
    """One packed megabyte over and over: a bomb that costs nothing to make. Only the sum at its end is wrong."""
    packer = zlib.compressobj(9)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes + packer.flush()


def with_stream_of(megabytes: int) -> bytes:
    """Small to send, large to read: nothing but zeroes."""

    def add(pdf: Any) -> None:
        packed = packed_zeroes(megabytes)
        pdf.Root.Bomb = Stream(pdf, packed, Filter=Name.FlateDecode)

    return a_pdf(add)


def with_packed_twice(megabytes: int) -> bytes:
    def add(pdf: Any) -> None:
        packed = zlib.compress(packed_zeroes(megabytes), 9)
        pdf.Root.Bomb = Stream(pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))

    return a_pdf(add)


def by_hand(*objects: str, root: int = 1) -> bytes:
    """The objects as they stand, with a table that is right: what no library would write."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()


def with_pages_in_a_circle() -> bytes:
    return by_hand("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")


def with_escaped_names() -> bytes:
    """`/J#61vaScript` is the same name, and a search for it in the bytes finds nothing."""
    return by_hand(
        "<< /Type /Catalog /Pages 2 0 R /Open#41ction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )


def with_object_stream_of(megabytes: int) -> bytes:
    """Objects are packed in a stream, which is a bomb; the table is packed too."""
    packed = packed_zeroes(megabytes, before=b"4 0 5 2 1 [")
    out, places = b"%PDF-1.7\n", {}
    for number, text in (
        (1, b"<< /Type /Catalog /Pages 2 0 R /Extra 5 0 R >>"),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        (3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"),
        (
            6,
            b"<< /Type /ObjStm /N 2 /First 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (len(packed), packed),
        ),
    ):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    places[7] = len(out)
    rows = {0: (0, 0, 255), **{number: (1, place, 0) for number, place in places.items()}, 4: (2, 6, 0), 5: (2, 6, 1)}
    table = b"".join(
        bytes([rows[number][0]]) + rows[number][1].to_bytes(4, "big") + bytes([rows[number][2]]) for number in range(8)
    )
    out += b"7 0 obj\n<< /Type /XRef /Size 8 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        len(table),
        table,
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % places[7]


def with_content_elsewhere() -> bytes:
    """The content of the page is not in the file: a reader fetches it from an address."""
    return by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        "<< /Length 0 /F << /FS /URL /F (http://evil.example/a) >> /FFilter /FlateDecode /FDecodeParms << >> >>\n"
        "stream\n\nendstream",
    )


def with_content_in_a_file() -> bytes:
    """The same by a path, which may lead to another machine."""
    return by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        "<< /Length 0 /F (//evil.example/share/a) >>\nstream\n\nendstream",
    )


def with_page_of_another() -> bytes:
    """A reference XObject: the page of another document, at an address, is shown in place of the form."""

    def add(pdf: Any) -> None:
        there = Dictionary(FS=Name.URL, F=String("http://evil.example/x.pdf"))
        form = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Ref = Dictionary(F=there, Page=0)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Fm0=pdf.make_indirect(form)))

    return a_pdf(add)


def with_picture_elsewhere() -> bytes:
    """A picture of low quality, with the name of the true one for a printer to fetch (OPI)."""

    def add(pdf: Any) -> None:
        true = Dictionary({"/2.0": Dictionary(Type=Name.OPI, F=String("http://evil.example/x.tiff"))})
        form = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), OPI=true)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Fm0=pdf.make_indirect(form)))

    return a_pdf(add)


def with_spider() -> bytes:
    """What a program that collects pages wrote down, with the addresses that a reader may fetch again."""

    def add(pdf: Any) -> None:
        command = pdf.make_indirect(Dictionary(URL=String("http://evil.example/x"), S=Dictionary()))
        pdf.Root.SpiderInfo = Dictionary(V=1.0, C=Array([command]))

    return a_pdf(add)


def with_address_for_a_file() -> bytes:
    """A file specification that is an address, wherever in the document it stands."""

    def add(pdf: Any) -> None:
        there = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("http://evil.example/x"))
        pdf.Root.PieceInfo = Dictionary(Sample=Dictionary(Private=pdf.make_indirect(there)))

    return a_pdf(add)


def with_small_streams(size: int) -> bytes:
    """Nothing but tiny packed streams, so many that the file has this size."""
    one = b"stream\n" + zlib.compress(b"")
    return b"%PDF-1.7\n" + one * (size // len(one)) + a_pdf()


def with_streams_in_each_other(starts: int, size: int) -> bytes:
    """Each start is of a packed stream that goes on to the end of the file, and unpacks to almost nothing."""
    block = b"\0\0\0\xff\xff"  # stored, of no length, not the last
    inner = b"stream\n\x78\x9c"
    stored = b"\0" + struct.pack("<HH", len(inner), len(inner) ^ 0xFFFF) + inner
    return b"%PDF-1.7\nstream\n\x78\x9c" + stored * starts + block * (size // len(block)) + a_pdf()
