"""Papers that a release issues, saved by that release itself: `python papers.py FOLDER`, in the folder of the release.

It runs with the code of any release, so it imports nothing of the product and asks for pages only.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.test import Client

HOLDER, OFFICER = "applicant", "case-officer"
SIGNATURES = (b"%PDF", b"{")


def main(folder: Path) -> None:
    sys.path.insert(0, os.getcwd())
    django.setup()
    for name, address, client in _papers():
        response: Any = client.get(address, follow=True)
        content = response.getvalue()
        if not content.startswith(SIGNATURES):
            raise SystemExit(f"{name} cannot be saved: {response.status_code} at {address}")
        (folder / name).write_bytes(content)


def _papers() -> Iterator[tuple[str, str, Client]]:
    holder, officer, public = _client(HOLDER), _client(OFFICER), _client()
    licences = apps.get_model("registry", "Licence").objects.filter(status="active").order_by("pk")
    own = licences.filter(organisation__memberships__user__email__startswith=f"{HOLDER}@")[0]
    letter = (
        apps.get_model("registry", "Letter").objects.filter(template="licensing/letters/granted.html").order_by("pk")[0]
    )
    proof = public.post(f"/check/{licences[0].number}/proof/")["Location"]
    yield "certificate.pdf", f"/licences/{own.number}/certificate/", holder
    yield "letter.pdf", f"/staff/letters/{letter.number}/pdf/", officer
    yield "proof.pdf", f"{proof}proof.pdf", public
    yield "proof.json", f"{proof}proof.json", public


def _client(person: str = "") -> Client:
    client = Client(SERVER_NAME="localhost")
    if person:
        client.post("/demo/", {"person": person})
    return client


if __name__ == "__main__":
    main(Path(sys.argv[1]))
