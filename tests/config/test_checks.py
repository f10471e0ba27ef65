"""What `check --deploy` refuses."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core import checks
from django.test import Client
from pytest_django import Settings

from registry import signing

FINE = {
    "DEMO": False,
    "SECRET_KEY": "k" * 50 + "7aZ_",
    "NAMES_KEY": "n" * 50 + "7aZ_",
    "SIGNING_KEY": signing.new_private_key(),
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "CLAMD_ADDRESS": "/run/clamav/clamd.ctl",
    "SITE_ADDRESS": "https://register.example",
}


@pytest.fixture
def production(settings: Settings) -> Settings:
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

    assert {"config.checks", "registry.checks"} <= set(told.stdout.split())


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
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", {"config.W001"}),
        ("SITE_ADDRESS", "http://register.example", {"config.W003"}),
        ("CLAMD_ADDRESS", "none", {"config.E006"}),
        ("CLAMD_ADDRESS", "", {"config.W006"}),
        ("SIGNING_KEY", signing.private_key_from(str(FINE["SECRET_KEY"])), {"config.W004"}),
        ("SIGNING_KEY", "not a key", {"config.E005"}),
        ("FORMER_PUBLIC_KEYS", ["not a key"], {"config.E005"}),
        ("MIDDLEWARE", [], {"config.E004"}),
        ("CARD_PAYMENTS_URL", "https://cards.example", {"config.E007"}),
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
