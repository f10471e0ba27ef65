"""The bill of materials tells what an installation holds, and every file has a licence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.config.test_requirements import pins

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
BILL = json.loads((ROOT / "docs/bill-of-materials.json").read_text())


def test_the_bill_names_exactly_what_the_lock_installs() -> None:
    """Where the lock pins one version for each Python, the bill has the one of the Python that made it."""
    named = {canonicalize_name(one["name"]): one["version"] for one in BILL["components"] if "pkg:pypi" in one["purl"]}
    assert set(named) == set(pins("saml"))
    lock = (ROOT / "requirements/saml.txt").read_text().lower()
    assert [name for name, version in named.items() if f"\n{name}=={version}" not in f"\n{lock}"] == []


def test_the_bill_names_what_the_theme_was_built_from() -> None:
    packages = json.loads((ROOT / "config/static/vendor/manifest.json").read_text())["packages"]
    named = {(one["name"], one["version"]) for one in BILL["components"] if "pkg:npm" in one["purl"]}
    assert named == {(one["name"], one["version"]) for one in packages}


def test_every_component_has_a_licence() -> None:
    assert [one["name"] for one in BILL["components"] if not one.get("licenses")] == []


def test_every_file_has_a_licence_and_a_holder() -> None:
    tool = Path(sys.executable).with_name("reuse")
    result = subprocess.run([tool, "lint", "--lines"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
