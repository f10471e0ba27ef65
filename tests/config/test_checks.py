"""What `check --deploy` refuses."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import checks
from django.test import Client
from pytest_django import Settings

from registry import signing
from registry.directory_service.faults import faults
from registry.schemes import contact
from tests.conftest import NOW

FINE = {
    "DEMO": False,
    "SECRET_KEY": "k" * 50 + "7aZ_",
    "NAMES_KEY": "n" * 50 + "7aZ_",
    "SIGNING_KEY": signing.new_private_key(),
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "CLAMD_ADDRESS": "scanner.internal:3310",
    "SITE_ADDRESS": "https://register.authority.test",
    "ALLOWED_HOSTS": [".authority.test"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "DATABASE_URL": "postgresql://registry_web:x@database/registry?sslmode=verify-full",
    "REGISTER_DATABASE_URL": "postgresql://registry_web:x@127.0.0.1/registry",
    "CONTACT_EMAIL": "licensing@authority.test",
    "DEFAULT_FROM_EMAIL": "Licensing <licensing@authority.test>",
    "SECURITY_CONTACT": "mailto:security@authority.test",
    "SAFEGUARDING_TELEPHONE": "0345 161 6000",
}


@pytest.fixture
def production(settings: Settings, tmp_path: Path) -> Settings:
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    for name, value in FINE.items():
        setattr(settings, name, value)
    return settings


def ours() -> set[str]:
    return {
        str(found.id)
        for found in checks.run_checks(include_deployment_checks=True)
        if str(found.id).startswith("config.")
    }


def test_the_checks_are_there_without_a_test_that_imports_them() -> None:
    """The line that imports them was lost once, and no test saw it: others imported them."""
    listed = "import django; django.setup(); from django.core.checks.registry import registry; " + (
        "print(*(one.__module__ for one in registry.get_checks(include_deployment_checks=True)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", listed], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert {"config.checks.keys", "registry.checks"} <= set(told.stdout.split())


@pytest.mark.usefixtures("production")
def test_a_proper_installation_passes() -> None:
    assert ours() == set()


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("DEMO", True, {"config.E001"}),
        ("SECRET_KEY", "short", {"config.E002"}),
        ("SECRET_KEY", "django-insecure-" + "k" * 60, {"config.E002"}),
        ("NAMES_KEY", "changeme" * 10, {"config.E002"}),
        ("NAMES_KEY", FINE["SECRET_KEY"], {"config.W002"}),
        ("SEALING_KEYS", ["s" * 60 + "7aZ_", "short"], {"config.E002"}),
        ("SEALING_KEYS", ["s" * 60 + "7aZ_"] * 2, {"config.E041"}),
        ("SEALING_KEYS", [FINE["NAMES_KEY"]], {"config.E041"}),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", {"config.W001"}),
        ("SITE_ADDRESS", "http://register.authority.test", {"config.W003"}),
        ("CLAMD_ADDRESS", "none", {"config.E006"}),
        ("CLAMD_ADDRESS", "", {"config.W006"}),
        ("SIGNING_KEY", signing.private_key_from(str(FINE["SECRET_KEY"])), {"config.W004"}),
        ("SIGNING_KEY", "not a key", {"config.E005"}),
        ("FORMER_PUBLIC_KEYS", ["not a key"], {"config.E005"}),
        ("MIDDLEWARE", [], {"config.E004"}),
        ("CARD_PAYMENTS_URL", "https://cards.example", {"config.E007"}),
        ("DATABASE_URL", "", {"config.E010"}),
        ("OWNER_DATABASE_URL", "postgresql://registry_web:x@localhost/registry", {"config.E011"}),
        ("DATABASE_URL", "postgresql://registry_web:x@database/registry", {"config.E030"}),
        ("REGISTER_DATABASE_URL", "postgresql://x:x@database/registry?sslmode=require", {"config.E030"}),
        ("VAR_DIR", Path("/etc/hostname/registry"), {"config.E012"}),
        ("STATIC_ROOT", Path("/etc/hostname/registry"), {"config.E012"}),
        ("TRAIL_HEAD_FILE", "/etc/hostname/registry/head.json", {"config.E012"}),
        ("VAR_DIR", settings.BASE_DIR / "config", {"config.W012"}),
        ("CLAMD_ADDRESS", "/run/no-such/clamd.ctl", {"config.E013"}),
        ("CLAMD_ADDRESS", "scanner.internal", {"config.E013"}),
        ("SITE_ADDRESS", "https://register.authority.test/", {"config.E014"}),
        ("SITE_ADDRESS", "https://register.another.test", {"config.E014"}),
        ("SITE_ADDRESS", "register.authority.test", {"config.E014", "config.W003"}),
        ("ALLOWED_HOSTS", ["*"], {"config.E015"}),
        ("SECURE_PROXY_SSL_HEADER", None, {"config.E016"}),
        ("CONTACT_TELEPHONE", "0300 000 0000", {"config.E017"}),
        ("CONTACT_TELEPHONE", "+44 (0)1632 960999", {"config.E017"}),
        ("SAFEGUARDING_TELEPHONE", "07700 900123", {"config.E017"}),
        ("CONTACT_EMAIL", "licensing@registry.example", {"config.E017"}),
        ("DEFAULT_FROM_EMAIL", "Licensing <licensing@example.org>", {"config.E017"}),
        ("DEFAULT_FROM_EMAIL", "", {"config.E017"}),
        ("SECURITY_CONTACT", "mailto:security@registry.example", {"config.E017"}),
        ("EMAIL_HOST_PASSWORD", "x", {"config.E018"}),
        ("EMAIL_HOST", "mail.authority.test", {"config.E033"}),
        ("TELEPHONE_LANGUAGES", {"+441632960777": "xx"}, {"config.E022"}),
        ("TELEPHONE_RECORDINGS", "registry.telephone.recordings.ProviderRecordings", {"config.E022"}),
        ("DIRECTORY", {"directory": {}}, {"config.E027"}),
    ],
)
def test_a_deploy_check_finds(production: Settings, name: str, value: object, found: set[str]) -> None:
    setattr(production, name, value)

    assert ours() == found


def test_a_deploy_check_finds_the_admin_site(production: Settings) -> None:
    production.INSTALLED_APPS = [*production.INSTALLED_APPS, "django.contrib.admin"]

    assert "config.E003" in ours()


@pytest.mark.django_db
def test_there_is_no_admin_site() -> None:
    assert Client().get("/admin/").status_code == 404


def test_a_socket_of_this_machine_is_an_address_of_the_scanner(production: Settings, tmp_path: Path) -> None:
    production.CLAMD_ADDRESS = str(tmp_path / "clamd.ctl")

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(production.CLAMD_ADDRESS)
        assert ours() == set()


def test_without_a_setting_of_its_own_the_contacts_are_those_of_the_authority(production: Settings) -> None:
    production.CONTACT_EMAIL = production.CONTACT_TELEPHONE = ""

    assert ours() == set()
    assert contact.email(NOW.date()) == "licensing@fairworkagency.gov.uk"


PROPER: dict[str, Any] = {
    "name": "Directory",
    "issuer": "https://directory.authority.test",
    "client_id": "registry",
    "groups": {"officers": ["case_officer"]},
    "break_glass": ["emergency@authority.test"],
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, None),
        ({"groups": {"officers": ["case_offiser"]}}, "case_offiser is no role that a group can give"),
        ({"groups": {"partners": ["partner_agency"]}}, "partner_agency is no role that a group can give"),
        ({"groups": {"applicants": ["applicant"]}}, "applicant is no role that a group can give"),
        ({"groups": {"Officers": ["inspector"], "officers ": ["case_officer"]}}, "officers is there twice"),
        ({"groups": {}}, "is empty"),
        ({"issuer": "http://directory.authority.test"}, "does not begin with https://"),
        ({"pages": ["http://pages.authority.test"]}, "does not begin with https://"),
        ({"client_id": ""}, "client_id is missing"),
        ({"scopes": ["email"]}, "scopes must hold openid"),
        ({"ask_again_after": 3600}, "ask_again_after must be from 0 to 900"),
        ({"ask_by": "guess"}, "ask_by must be one of"),
        ({"break_glass": []}, "break_glass names no account"),
        ({"gruops": {}}, "gruops is not known"),
    ],
)
def test_a_fault_of_the_directory_is_told(settings: Settings, changed: dict[str, Any], words: str | None) -> None:
    settings.DIRECTORY, settings.DIRECTORY_SECRET = {"directory": {**PROPER, **changed}}, "a secret"
    found = list(faults(at=NOW))
    assert len(found) == (words is not None)
    assert words is None or words in found[0]


def test_the_providers_of_the_file_are_known_and_have_secrets(settings: Settings) -> None:
    settings.DIRECTORY = {"directory": PROPER, "citizens": {**PROPER}, "partners": {}}
    found = " ".join(faults(at=NOW))
    for words in ("[partners] is not known", "[citizens] groups is not known", "DIRECTORY_SECRET", "CITIZENS_SECRET"):
        assert words in found
