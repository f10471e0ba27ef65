"""A snapshot of the companies register for the made-up firms: two editions in the official layout, read by the real command.

The register agrees with most of them. Of some it says another name or another place, and of a few that may have something
adverse said of them, that they are being struck off, are wound up, or are not in it any more.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import cycle
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from config.demo import words
from config.demo.answers import ADDRESS, PLAIN
from config.demo.people import DOMAIN
from licensing.applications.models import Application
from licensing.applications.queries import applications
from registry.companies.rules import PERSON_COLUMNS
from registry.organisations.models import Organisation

#: Of what the official file is made, in its order.
COLUMNS = (
    "CompanyName",
    "CompanyNumber",
    "RegAddress.CareOf",
    "RegAddress.POBox",
    "RegAddress.AddressLine1",
    "RegAddress.AddressLine2",
    "RegAddress.PostTown",
    "RegAddress.County",
    "RegAddress.Country",
    "RegAddress.PostCode",
    "CompanyCategory",
    "CompanyStatus",
    "CountryOfOrigin",
    "DissolutionDate",
    "IncorporationDate",
    "Accounts.AccountRefDay",
    "Accounts.AccountRefMonth",
    "Accounts.NextDueDate",
    "Accounts.LastMadeUpDate",
    "Accounts.AccountCategory",
    "Returns.NextDueDate",
    "Returns.LastMadeUpDate",
    "Mortgages.NumMortCharges",
    "Mortgages.NumMortOutstanding",
    "Mortgages.NumMortPartSatisfied",
    "Mortgages.NumMortSatisfied",
    *(f"SICCode.SicText_{n}" for n in range(1, 5)),
    "LimitedPartnerships.NumGenPartners",
    "LimitedPartnerships.NumLimPartners",
    "URI",
    *(f"PreviousName_{n}.{what}" for n in range(1, 11) for what in ("CONDATE", "CompanyName")),
    "ConfStmtNextDueDate",
    "ConfStmtLastMadeUpDate",
)
LICENCE = "Made up for the demonstration"
COUNTRIES = {"england": "ENGLAND", "scotland": "SCOTLAND", "wales": "WALES", "northern_ireland": "NORTHERN IRELAND"}
TRADE = "78200 - Temporary employment agency activities"
RENAMED_ON = "14/06/2024"
# What the register says otherwise, and of how many in twenty; of the rest it says what they say.
HARMLESS = ("renamed", "former_name", "office", "incorporated")
ADVERSE = ("struck_off", "wound_up", "gone")
AGREE, IN_ALL = 16, 20
ACCOUNTANT = {
    "RegAddress.CareOf": "PUGH & PARTNERS ACCOUNTANTS",
    "RegAddress.AddressLine1": "SECOND FLOOR",
    "RegAddress.AddressLine2": "7 EXCHANGE ROW",
    "RegAddress.PostTown": "CARDIFF",
    "RegAddress.County": "",
    "RegAddress.Country": "WALES",
    "RegAddress.PostCode": "CF10 1AA",
}


# Companies of nobody, to apply with: number, name, how the register differs from what anybody would expect.
TO_TRY = (
    ("95000001", "Aldermoss Harvest Hands Limited", ""),
    ("95000002", "Brankholt Packing Limited", "struck_off"),
    ("95000003", "Caldreth Picking Limited", "gone"),
)

# Their officers and owners: role, name and days as the register publishes them. One has left, one is a company.
PEOPLE_TO_TRY = (
    ("95000001", "director", "HOLLINWELL, Megan Ruth", "2015-03-27", ""),
    ("95000001", "director", "BRACKENRIDGE, Tomos", "2019-06-01", ""),
    ("95000001", "director", "FENWARDINE, Alice", "2015-03-27", "2020-01-31"),
    ("95000001", "corporate-secretary", "QUILLHAM SECRETARIES LIMITED", "2015-03-27", ""),
    ("95000001", "individual-person-with-significant-control", "Mrs Megan Ruth Hollinwell", "2016-04-06", ""),
    ("95000002", "director", "OSTERLEA, Robert John", "2018-02-01", ""),
)


@dataclass(frozen=True, slots=True)
class CompanyStatement:
    """What a firm has said of itself, and how the register differs."""

    number: str
    name: str
    former_names: tuple[str, ...]
    address: Mapping[str, str]
    differs: str

    @property
    def row(self) -> dict[str, str]:
        agreeing = {
            "CompanyName": self.name.upper(),
            "CompanyNumber": self.number,
            "RegAddress.AddressLine1": self.address.get("line_1", "").upper(),
            "RegAddress.AddressLine2": self.address.get("line_2", "").upper(),
            "RegAddress.PostTown": self.address.get("town", "").upper(),
            "RegAddress.County": self.address.get("county", "").upper(),
            "RegAddress.Country": COUNTRIES.get(self.address.get("country", ""), "UNITED KINGDOM"),
            "RegAddress.PostCode": self.address.get("postcode", ""),
            "CompanyCategory": "Private Limited Company",
            "CompanyStatus": "Active",
            "CountryOfOrigin": "United Kingdom",
            "IncorporationDate": date.fromisoformat(PLAIN["date"]).strftime("%d/%m/%Y"),
            "Accounts.AccountCategory": "MICRO ENTITY",
            "SICCode.SicText_1": TRADE,
            "URI": f"http://business.data.gov.uk/id/company/{self.number}",
            **_former(self.former_names),
        }
        return agreeing | self._otherwise()

    def _otherwise(self) -> dict[str, str]:
        first = self.name.split()[0]
        return {
            "renamed": {"CompanyName": f"{first} GROUP LIMITED".upper(), **_former((self.name, *self.former_names))},
            "former_name": _former((f"{first} Gangs Limited", *self.former_names)),
            "office": ACCOUNTANT,
            "incorporated": {"IncorporationDate": "03/03/2020"},
            "struck_off": {"CompanyStatus": "Active - Proposal to Strike off"},
            "wound_up": {"CompanyStatus": "Liquidation"},
        }.get(self.differs, {})


def snapshot(at: datetime) -> Iterator[object]:
    """The edition of last month and that of this month, written to a file each and read in. Some are only in the first."""
    of_nobody = [CompanyStatement(number, name, (), ADDRESS, differs) for number, name, differs in TO_TRY]
    firms = [*of_nobody, *stated(at)]
    newest = timezone.localdate(at).replace(day=1)
    for edition, named in (
        ((newest - timedelta(days=1)).replace(day=1), firms),
        (newest, [firm for firm in firms if firm.differs != "gone"]),
    ):
        file = write(settings.VAR_DIR / "companies" / f"BasicCompanyDataAsOneFile-{edition}.csv", named)
        call_command("import_companies", str(file), licence=LICENCE, stdout=StringIO())
        yield file
    people = write_people(settings.VAR_DIR / "companies" / f"people-{newest}.csv")
    call_command("import_company_people", str(people), edition=newest, licence=LICENCE, stdout=StringIO())
    yield people


def write_people(file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([PERSON_COLUMNS, *PEOPLE_TO_TRY])
    return file


def write(file: Path, firms: list[CompanyStatement]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(", ".join(COLUMNS) + "\r\n")
        csv.DictWriter(text, COLUMNS, restval="").writerows(firm.row for firm in firms)
    return file


def stated(at: datetime) -> Iterator[CompanyStatement]:
    """Every firm with a company number: as its file has it, or as its first application has it, which has not been handed in."""
    sample = _differences_of_samples()
    for one in Organisation.objects.exclude(company_number="").order_by("pk"):
        differs = sample.get(one.pk) or difference(one.company_number, one.legal_name)
        yield CompanyStatement(one.company_number, one.legal_name, tuple(one.former_names), one.address, differs)
    unfiled = Application.objects.filter(status="draft", organisation__company_number="")
    for draft in unfiled.select_related("organisation").order_by("pk"):
        facts = applications.form_of(draft, today=timezone.localdate(at)).facts
        if number := facts.get("company_number"):
            name = facts.get("legal_name") or draft.organisation.legal_name
            differs = sample.get(draft.organisation_id) or difference(number, name)
            yield CompanyStatement(
                number, name, tuple(facts.get("former_names") or ()), facts.get("address") or {}, differs
            )


def _differences_of_samples() -> dict[int, str]:
    """The firms of the sample employers each show another difference: those are the pages that are opened first."""
    firms = Organisation.objects.filter(memberships__user__email__endswith=f"@{DOMAIN}").distinct().order_by("pk")
    harmless, adverse = cycle(HARMLESS[:3]), cycle(("office", "struck_off"))
    return {firm.pk: next(adverse if may_be_adverse(firm.legal_name) else harmless) for firm in firms}


def difference(number: str, name: str) -> str:
    """The same for the same firm."""
    drawn = crc32(number.encode())
    if drawn % IN_ALL < AGREE:
        return ""
    kinds = HARMLESS + ADVERSE if may_be_adverse(name) else HARMLESS
    return kinds[drawn // IN_ALL % len(kinds)]


def may_be_adverse(name: str) -> bool:
    return name.startswith(words.INVENTED_PLACES)


def _former(names: tuple[str, ...]) -> dict[str, str]:
    return {
        f"PreviousName_{nth}.{what}": said
        for nth, name in enumerate(names[:10], 1)
        for what, said in (("CONDATE", RENAMED_ON), ("CompanyName", name.upper()))
    }
