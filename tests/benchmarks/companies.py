"""Made-up snapshots of the companies register, of any size: `python -m tests.benchmarks.companies ROWS FILE`."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from config.demo.companies import COLUMNS

WORDS = ("Amber", "Beacon", "Cedar", "Dale", "Elm", "Fern", "Granite", "Harbour", "Ivy", "Juniper", "Kestrel", "Lark")
TOWNS = (("BOSTON", "PE21 8AA"), ("EVESHAM", "WR11 4AA"), ("WISBECH", "PE13 1AA"), ("ABERYSTWYTH", "SY23 2AA"))
TRADES = (
    "78200 - Temporary employment agency activities",
    "81300 - Landscape service activities",
    "01130 - Growing of vegetables",
)


def row(number: int, chance: Random) -> dict[str, str]:
    """One company, with what about one in five has: a former name."""
    town, postcode = chance.choice(TOWNS)
    made = {
        "CompanyName": f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number} LIMITED".upper(),
        "CompanyNumber": f"{number:08}",
        "RegAddress.AddressLine1": f"{chance.randint(1, 200)} HIGH STREET",
        "RegAddress.PostTown": town,
        "RegAddress.Country": "UNITED KINGDOM",
        "RegAddress.PostCode": postcode,
        "CompanyCategory": "Private Limited Company",
        "CompanyStatus": "Active" if chance.random() < 0.95 else "Liquidation",
        "CountryOfOrigin": "United Kingdom",
        "IncorporationDate": f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1950, 2026)}",
        "Accounts.AccountCategory": "MICRO ENTITY",
        "SICCode.SicText_1": chance.choice(TRADES),
        "URI": f"http://business.data.gov.uk/id/company/{number:08}",
    }
    if chance.random() < 0.2:
        made |= {"PreviousName_1.CONDATE": "01/02/2019", "PreviousName_1.CompanyName": f"OLD {number} LTD"}
    return made


def rows(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Distinct numbers in no order, as the real file is ordered by name."""
    chance = Random(seed)
    for place in range(count):
        yield row(1 + (place * 7_368_787) % 99_999_989, chance)


def write(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, restval="")
        text.write(", ".join(COLUMNS) + "\r\n")
        writer.writerows(rows(count))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
