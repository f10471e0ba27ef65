#!/usr/bin/env python3
"""A stand-in for the companies register: the shape of the Companies House API, over HTTP, from two files.

    script/stand_ins/companies_register.py --port 8110 --key KEY --folder var/companies

It answers `GET /company/NUMBER`, `/company/NUMBER/officers` and `/company/NUMBER/persons-with-significant-control` from the
newest snapshot (`BasicCompanyData*.csv`) and the newest list of people (`people-*.csv`) in the folder. The files are read for
each question, so they may come later. `GET /stand-in/silent` makes it answer nothing but errors until `/stand-in/speaking`.
"""

import argparse
import csv
import json
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

OWNER = "individual-person-with-significant-control"
OFFICERS, OWNERS = "officers", "persons-with-significant-control"


def rows_of(folder: Path, pattern: str) -> Iterator[dict[str, str]]:
    newest = max(folder.glob(pattern), key=lambda file: file.name, default=None)
    if newest is None:
        return
    with newest.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text, restval=""):
            yield {column.strip(): value for column, value in row.items()}


def profile(row: dict[str, str]) -> dict[str, Any]:
    """A company of the snapshot as the API writes it."""
    day, month, year = [*row["IncorporationDate"].split("/"), "", ""][:3]
    address = {part: row[f"RegAddress.{column}"] for part, column in ADDRESS.items() if row[f"RegAddress.{column}"]}
    former = [row[f"PreviousName_{n}.CompanyName"] for n in range(1, 11)]
    return {
        "company_name": row["CompanyName"],
        "company_number": row["CompanyNumber"],
        "company_status": "active" if row["CompanyStatus"].startswith("Active") else "liquidation",
        "company_status_detail": row["CompanyStatus"].lower().replace(" - ", "-").replace(" ", "-"),
        "type": "ltd",
        "date_of_creation": f"{year}-{month}-{day}" if year else "",
        "registered_office_address": address,
        "previous_company_names": [{"name": name, "ceased_on": "2024-06-14"} for name in former if name],
        "sic_codes": [row["SICCode.SicText_1"].split(" ")[0]],
    }


ADDRESS = {
    "address_line_1": "AddressLine1",
    "address_line_2": "AddressLine2",
    "locality": "PostTown",
    "region": "County",
    "country": "Country",
    "postal_code": "PostCode",
}


def person(row: dict[str, str]) -> dict[str, str]:
    role, since, until = ROLE[row["role"] == OWNER]
    said = {role: row["role"], "name": row["name"], since: row["appointed_on"], until: row["resigned_on"]}
    return {key: value for key, value in said.items() if value}


ROLE = {True: ("kind", "notified_on", "ceased_on"), False: ("officer_role", "appointed_on", "resigned_on")}


class Handler(BaseHTTPRequestHandler):
    folder: Path
    key: str
    state: dict[str, Any]

    def do_GET(self) -> None:
        _root, first, *rest = self.path.split("?")[0].split("/")
        if first == "stand-in":
            self.state["silent"] = rest == ["silent"]
            return self._answer(200, {})
        if self.state.get("silent"):
            return self._answer(503, {})
        if self.headers.get("Authorization") != f"Basic {b64encode(f'{self.key}:'.encode()).decode()}":
            return self._answer(401, {"error": "Invalid Authorization"})
        self.state["asked"] = self.state.get("asked", 0) + 1
        found = self._found(*rest) if first == "company" and 1 <= len(rest) <= 2 else None
        self._answer(200 if found else 404, found or {"errors": [{"error": "company-profile-not-found"}]})

    def _found(self, number: str, what: str = "") -> dict[str, Any] | None:
        if what in {OFFICERS, OWNERS}:
            rows = [row for row in rows_of(self.folder, "people-*.csv") if row["company_number"] == number]
            people = [person(row) for row in rows if (row["role"] == OWNER) == (what == OWNERS)]
            return {"items": people} if people else None
        rows = [row for row in rows_of(self.folder, "BasicCompanyData*.csv") if row["CompanyNumber"] == number]
        return profile(rows[0]) if rows and not what else None

    def _answer(self, code: int, said: dict[str, Any]) -> None:
        content = json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """The numbers that are asked about are nobody's business."""


def serve(*, port: int, key: str, folder: Path, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """The server, listening and not yet answering: `serve_forever` is the caller's. Port 0 takes one that is free."""
    own = type("OwnHandler", (Handler,), {"folder": folder, "key": key, "state": {}})
    return ThreadingHTTPServer((host, port), own)


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for the companies register.")
    parser.add_argument("--port", type=int, default=8110)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--key", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    serve(**vars(parser.parse_args())).serve_forever()


if __name__ == "__main__":
    main()
