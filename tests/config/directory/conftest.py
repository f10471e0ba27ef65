"""The directory of an authority for tests: a provider that runs, and browsers that sign in with it."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
import requests
from allauth.core.internal import jwkkit
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from registry.directory_service.tokens import LOG_OUT
from tests.architecture.source import ROOT

SECRET = "a secret of tests"
CALLBACK = "http://testserver/account/{}/signed-in/"


class RunningProvider:
    """What a test changes of it is in a file that it reads at each request."""

    def __init__(self, folder: Path, port: str) -> None:
        self.folder, self.issuer = folder, f"http://127.0.0.1:{port}"
        self.key = (folder / "key.pem").read_text()

    def says(self, **people: dict[str, Any]) -> None:
        """Change what is said of these people; other facts of them stay."""
        said = self._said()
        for name, facts in people.items():
            said["people"][name] = {**said["people"][name], **facts}
        self._write(said)

    def put(self, **facts: Any) -> None:
        self._write({**self._said(), **facts})

    def signed(self, *, key: str = "", algorithm: str = "RS256", kid: str = "", **claims: Any) -> str:
        """A token with the signature of the provider, or as an attacker would make one."""
        own, private = jwkkit.load_jwk_from_pem(self.key)
        headers = {"kid": kid or own["kid"]}
        content = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(
            content, key if algorithm in ("none", "HS256") else private, algorithm=algorithm, headers=headers
        )

    def log_out_token(self, **claims: Any) -> str:
        said = {
            "iss": self.issuer,
            "aud": "registry",
            "iat": int(time.time()),
            "jti": str(time.perf_counter()),
            "events": {LOG_OUT: {}},
        }
        return self.signed(**{**said, **claims})

    def _said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "people.json").read_text())
        return found

    def _write(self, said: dict[str, Any]) -> None:
        part = self.folder / "people.part"
        part.write_text(json.dumps(said))
        part.replace(self.folder / "people.json")


def _of(name: str, *groups: str) -> dict[str, Any]:
    return {
        "name": name,
        "email": f"{name.split()[0].lower()}@authority.example",
        "email_verified": True,
        "groups": list(groups),
    }


PEOPLE = {
    "mair": _of("Mair Officer", "officers"),
    "dewi": _of("Dewi Decider", "deciders"),
    "rhys": _of("Rhys Citizen"),
}


@pytest.fixture(scope="session")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    folder = tmp_path_factory.mktemp("provider")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "people.json").write_text(json.dumps({"people": PEOPLE}))
    clients = [
        {"id": client, "secret": SECRET, "redirect_uri": CALLBACK.format(kind)}
        for client, kind in (("registry", "directory"), ("citizens", "citizens"))
    ]
    (folder / "clients.json").write_text(json.dumps(clients))
    command = [sys.executable, "-m", "tests.config.directory.provider", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        port = started.stdout.readline().strip()
        assert port, "the provider did not start"
        yield RunningProvider(folder, port)
        started.terminate()


@pytest.fixture
def provider(process: RunningProvider, settings: Settings) -> RunningProvider:
    """The directory of this installation is the running provider."""
    process._write({"people": PEOPLE})
    cache.clear()
    settings.DIRECTORY = {
        "directory": {
            "name": "Authority directory",
            "issuer": process.issuer,
            "client_id": "registry",
            "groups": {
                "officers": ["case_officer"],
                "deciders": ["decision_maker"],
                "inspectors": ["inspector"],
                "administrators": ["people_administrator"],
            },
            "second_factor": {"amr": ["mfa"]},
            "break_glass": ["emergency@authority.example"],
        },
        "citizens": {"name": "Citizen account", "issuer": process.issuer, "client_id": "citizens"},
    }
    settings.DIRECTORY_SECRET = settings.CITIZENS_SECRET = SECRET
    return process


def begin(browser: Client, kind: str = "directory", following: str = "", address: str = "") -> str:
    """Press the button; returns the address of the provider to which it leads."""
    answer = browser.post(address or f"/account/{kind}/sign-in/", {"next": following})
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def at_provider(address: str, name: str) -> str:
    """What a browser does at the provider, as this person; returns the address by which it sends them back."""
    browser = requests.Session()
    browser.cookies.set("as", name)
    while not address.startswith("http://testserver/"):
        answer = browser.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        address = requests.compat.urljoin(address, answer.headers["Location"])  # type: ignore[attr-defined]
    return address


def back(browser: Client, address: str) -> Any:
    parts = urlsplit(address)
    return browser.get(parts.path, dict(parse_qsl(parts.query)))


def sign_in(browser: Client, name: str, kind: str = "directory", **options: str) -> Any:
    """The whole way to the provider and back."""
    return back(browser, at_provider(begin(browser, kind, **options), name))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
