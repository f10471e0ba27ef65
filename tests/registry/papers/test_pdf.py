"""PDFs: letters and the licence certificate, judged by tools that others wrote."""

import io
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from django.conf import settings
from pytest_django import Settings

from registry import errors, schemes, signing
from registry.errors import Refused
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.papers import pdf
from registry.papers import printed as paper_printed
from registry.register.models import Entry
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]

SCHEME = "gla-food"
TODAY = NOW.date()
# Every alphabet of the fonts that we ship, beside each other in one name.
NAME = "Ŵyl Żniwa & Søns Жито Çiftlik Việt Ελιά"


@pytest.fixture(autouse=True)
def var_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    settings.SITE_ADDRESS = "https://register.example"
    return tmp_path


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool of the machine; where it is missing the check was not run, and says so."""
    if not shutil.which(name):
        pytest.skip(f"not run: {name} is not installed")
    return subprocess.run([name, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def organisation() -> Organisation:
    return organisations.open_file(legal_name=NAME, by=person("applicant"), at=NOW)


@pytest.fixture
def licence(organisation: Organisation) -> Licence:
    return licences.issue(
        organisation,
        scheme=schemes.in_force(SCHEME, TODAY),
        sectors=[schemes.in_force(SCHEME, TODAY).sectors[0].code],
        countries_supplied=["wales"],
        starts=TODAY,
        until=TODAY + timedelta(days=364),
        by=person("decision_maker"),
        at=NOW,
    )


def entry_of(licence: Licence) -> Entry:
    return Entry.objects.get(listing=licence.listing, shown_until=None)


def certificate(licence: Licence, *, language: str = "en-gb") -> bytes:
    return paper_printed.certificate(entry_of(licence), language=language, at=NOW)


@pytest.fixture
def letter(organisation: Organisation) -> Letter:
    facts = {"scheme": SCHEME, "wording": "revocation", "day": TODAY}
    return sending.queue(
        "registry/letters/letter.html", to=organisation, subject="Revoked", facts=facts, about="ABCD0001", at=NOW
    )


@pytest.fixture(params=["letter", "letter in Welsh", "certificate", "certificate in Welsh"])
def printed(request: pytest.FixtureRequest, organisation: Organisation, tmp_path: Path) -> Iterator[Path]:
    language = "cy" if "Welsh" in request.param else "en-gb"
    organisations.update(organisation, changes={"language": language}, by=None, at=NOW)
    if request.param.startswith("letter"):
        content = paper_printed.printed(request.getfixturevalue("letter"))
    else:
        content = certificate(request.getfixturevalue("licence"), language=language)
    path = tmp_path / "printed.pdf"
    path.write_bytes(content)
    yield path


# --- what every PDF keeps ---


def test_pdfua_has_no_complaint(printed: Path) -> None:
    report = pdfua.validate(str(printed))

    assert [f"{finding.rule_id}: {finding.message}" for finding in report.findings] == []


def test_qpdf_has_no_complaint(printed: Path) -> None:
    checked = tool("qpdf", "--check", printed)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_it_claims_pdf_a_3a_and_pdf_ua_1_and_describes_the_foreign_property(printed: Path) -> None:
    with pikepdf.open(printed) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert b"PDF/UA identification schema" in document.Root.Metadata.read_bytes()


def test_it_is_tagged_titled_and_says_its_language(printed: Path) -> None:
    with pikepdf.open(printed) as document, document.open_metadata() as metadata:
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.Root.Lang) in {"cy", "en-gb"}
        assert metadata["dc:title"] == str(document.docinfo["/Title"]) != ""
        assert document.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1


def test_every_font_is_embedded_and_none_is_the_machines(printed: Path) -> None:
    with pikepdf.open(printed) as document:
        descriptors = [thing for thing in dictionaries(document) if thing.get("/Type") == pikepdf.Name.FontDescriptor]

        assert descriptors
        assert all("/FontFile2" in font or "/FontFile3" in font for font in descriptors)
        assert all("+Noto-" in str(font.FontName) for font in descriptors)


def test_it_has_no_script_and_no_action(printed: Path) -> None:
    with pikepdf.open(printed) as document:
        kinds = {str(thing.get("/S")) for thing in dictionaries(document)}

        assert not kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/URI"}
        assert "/OpenAction" not in document.Root
        assert "/JavaScript" not in document.Root.get("/Names", {})


def test_headings_are_in_order_and_have_words(printed: Path) -> None:
    with pikepdf.open(printed) as document:
        headings = [thing for thing in elements(document) if str(thing.S) in {"/H1", "/H2", "/H3"}]

        levels = [int(str(heading.S)[2]) for heading in headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert all(marks_content(heading) for heading in headings)


def test_table_headers_say_what_they_head(printed: Path) -> None:
    with pikepdf.open(printed) as document:
        headers = [thing for thing in elements(document) if thing.S == pikepdf.Name.TH]

        assert headers
        assert {str(header.A.Scope) for header in headers} == {"/Row"}
        assert len(document.Root.StructTreeRoot.IDTree.Names) == 2 * len(headers)


def test_names_in_every_alphabet_are_printed_as_they_are(printed: Path) -> None:
    words = tool("pdftotext", printed, "-").stdout

    # Spaces are poppler's guess where a name goes from one font file into the next.
    assert NAME.replace(" ", "") in words.replace(" ", "")


def test_the_record_is_attached_as_canonical_json(printed: Path) -> None:
    record = attached(printed.read_bytes())

    assert signing.canonical(json.loads(record)) == record
    assert record_in(printed.read_bytes())["trail"] == {"number": trail.head()[0], "hash": trail.head()[1]}
    with pikepdf.open(printed) as document:
        [file] = [thing for thing in dictionaries(document) if thing.get("/Type") == pikepdf.Name.Filespec]
        assert file.AFRelationship == pikepdf.Name.Data
        assert str(file.EF.F.Params.CreationDate).startswith("D:20261102100000")


def test_the_head_of_the_trail_is_read_back_from_the_page(printed: Path) -> None:
    words = "".join(tool("pdftotext", printed, "-").stdout.split())

    assert trail.head()[1] in words


# --- printing again ---


def test_the_same_letter_is_the_same_file_again(letter: Letter, var_dir: Path) -> None:
    first = paper_printed.printed(letter)
    shutil.rmtree(var_dir / "pdf")

    assert paper_printed.printed(letter) == first


def test_a_printed_letter_is_kept_for_its_readers_only(letter: Letter, var_dir: Path) -> None:
    first = paper_printed.printed(letter)

    [kept] = (var_dir / "pdf").iterdir()
    assert kept.read_bytes() == first
    assert (kept.stat().st_mode & 0o077, kept.parent.stat().st_mode & 0o077) == (0, 0)


def test_a_kept_letter_is_not_printed_anew(letter: Letter, var_dir: Path) -> None:
    paper_printed.printed(letter)
    [kept] = (var_dir / "pdf").iterdir()
    kept.write_bytes(b"as it was kept")

    assert paper_printed.printed(letter) == b"as it was kept"


def test_a_letter_with_other_facts_is_another_file(letter: Letter) -> None:
    first = paper_printed.printed(letter)
    letter.facts["receiver"]["name"] = "Somebody else"

    assert paper_printed.printed(letter) != first


def test_a_full_disk_costs_time_and_not_the_letter(letter: Letter, var_dir: Path, settings: Settings) -> None:
    (var_dir / "a-file").touch()
    settings.VAR_DIR = var_dir / "a-file"

    assert paper_printed.printed(letter).startswith(b"%PDF-1.7")


# --- nothing from outside (docs/rules.md T31) ---

HOSTILE = """{% extends layout %}{% block sheet %}
<link rel="attachment" href="file://SECRET"><link rel="stylesheet" href="file://SECRET">
<style>@import url("file://SECRET"); p { background: url("http://127.0.0.1:9/x") }</style>
<p><img src="file://SECRET" alt="a"><img src="http://127.0.0.1:9/y" alt="b"><img src="data:image/svg+xml,x" alt="c">
<object data="file://SECRET"></object></p>{% endblock %}"""


def test_the_renderer_reads_nothing_but_packaged_assets(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of this machine")
    (tmp_path / "hostile.html").write_text(HOSTILE.replace("SECRET", str(secret)))
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]

    made = pdf.pdf("hostile.html", facts={}, record={}, language="en-gb", at=NOW)

    with pikepdf.open(io.BytesIO(made)) as document:
        streams = [thing.read_bytes() for thing in document.objects if isinstance(thing, pikepdf.Stream)]
        assert not any(b"the secret of this machine" in stream for stream in streams)
        assert list(document.attachments) == ["record.json"]


# --- the certificate ---


def test_the_qr_code_is_read_back_from_the_printed_page(licence: Licence, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate(licence))

    assert tool("pdftoppm", "-r", "150", "-png", "-singlefile", path, tmp_path / "page").returncode == 0
    read = tool("zbarimg", "--quiet", "--raw", tmp_path / "page.png")

    address, _hash, mark = read.stdout.strip().partition("#")
    assert address == f"https://register.example/c/{licence.listing.code}/"
    said, _point, signature = mark.rpartition(".")
    assert said.startswith(f"L1.{licence.number}.20261102.20271101.{entry_of(licence).entry_number}.")
    assert signing.verify(signing.public_key(settings.SIGNING_KEY), said.encode(), signature)
    assert len(read.stdout.strip()) <= 240


def test_the_certificate_says_who_what_until_when_and_how_to_check(licence: Licence, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate(licence))

    words = " ".join(tool("pdftotext", "-layout", path, "-").stdout.split())

    for said in (
        licence.number,
        "2 November 2026",
        "1 November 2027",
        schemes.in_force(SCHEME, TODAY).authority.name["en"],
        "valid only if the register says so",
        "register.example/check/",
        licence.listing.code,
        f"from entry {entry_of(licence).entry_number} of the register",
    ):
        assert said in words


def test_the_certificate_is_one_page(licence: Licence) -> None:
    with pikepdf.open(io.BytesIO(certificate(licence))) as document:
        assert len(document.pages) == 1


def test_the_certificate_tells_programs_the_same(licence: Licence) -> None:
    record = record_in(certificate(licence))

    assert record["certificate_of"] == licence.number
    assert record["valid_until"] == (TODAY + timedelta(days=364)).isoformat()
    assert record["entry"] == {"number": entry_of(licence).entry_number, "hash": entry_of(licence).hash}


def test_the_certificate_of_a_licence_that_is_given_up_names_no_later_day(licence: Licence, tmp_path: Path) -> None:
    """Neither the paper nor the mark in its square code, which is read without a connection."""
    by = person("decision_maker")
    licences.surrender(licence, takes_effect=date(2026, 11, 22), because="I retire.", by=by, at=NOW)
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate(licence))

    words = " ".join(tool("pdftotext", "-layout", path, "-").stdout.split())
    assert "21 November 2026" in words and "1 November 2027" not in words
    assert record_in(path.read_bytes())["surrendered_from"] == "2026-11-22"

    assert tool("pdftoppm", "-r", "150", "-png", "-singlefile", path, tmp_path / "page").returncode == 0
    mark = tool("zbarimg", "--quiet", "--raw", tmp_path / "page.png").stdout.strip().partition("#")[2]
    assert mark.startswith(f"L1.{licence.number}.20261102.20261121.")


def test_who_asks_twice_within_a_minute_is_given_the_same_paper(licence: Licence, var_dir: Path) -> None:
    entry = entry_of(licence)

    for seconds in (0, 59, 60):
        paper_printed.certificate(entry, language="en-gb", at=NOW + timedelta(seconds=seconds))

    assert len(list((var_dir / "pdf").iterdir())) == 2


def test_there_is_no_certificate_of_a_revoked_licence(licence: Licence) -> None:
    licences.revoke(licence, takes_effect=TODAY, because="Debt bondage", by=person("decision_maker"), at=NOW)

    with pytest.raises(Refused) as refused:
        certificate(licence)

    assert [reason.code for reason in refused.value.reasons] == ["not_licensed"]


def test_a_certificate_before_a_revocation_to_come_says_so(licence: Licence, tmp_path: Path) -> None:
    licences.revoke(
        licence, takes_effect=date(2026, 12, 24), because="Debt bondage", by=person("decision_maker"), at=NOW
    )
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate(licence))

    words = " ".join(tool("pdftotext", "-layout", path, "-").stdout.split())

    assert "Revoked from 24 December 2026" in words


# --- without Pango ---


def test_without_pango_the_reason_is_a_sentence() -> None:
    assert str(errors.PdfUnavailable()) == (
        "PDFs cannot be made on this machine: the Pango library is not installed. The page shows the same."
    )


WITHOUT_PANGO = """
import cffi, django
cffi.FFI.dlopen = lambda *names, **flags: (_ for _ in ()).throw(OSError("no such library"))
django.setup()
from datetime import UTC, datetime
from registry.errors import PdfUnavailable
from registry.papers import pdf
try:
    pdf.pdf("registry/letters/bare.html", facts={}, record={}, language="en-gb", at=datetime.now(UTC))
except PdfUnavailable:
    print("unavailable")
"""


def test_without_pango_only_the_pdf_is_missing(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "VAR_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO], env=environment, capture_output=True, text=True, check=False
    )

    assert ran.stdout.splitlines()[-1:] == ["unavailable"], ran.stderr


# --- reading PDFs ---


def dictionaries(document: pikepdf.Pdf) -> list[Any]:
    return [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]


def elements(document: pikepdf.Pdf) -> list[Any]:
    """The structure elements in the order in which they are read out."""

    def below(element: Any) -> Iterator[Any]:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    return list(below(document.Root.StructTreeRoot))


def marks_content(element: Any) -> bool:
    """Whether there is something on the page below this element: a number in the tree is a piece of a page."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary) or marks_content(kid):
            return True
    return False


def record_in(content: bytes) -> Any:
    return json.loads(attached(content))["record"]


def attached(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as document:
        return document.attachments["record.json"].get_file().read_bytes()
