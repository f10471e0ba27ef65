"""What requirements/ pins is all that the product needs: an installation takes exactly that, on a new machine too."""

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {
    "base": [],
    "signing": ["signing"],
    "objects": ["signing", "objects"],
    "telemetry": ["signing", "objects", "telemetry"],
    "dev": ["signing", "objects", "telemetry", "dev"],
    "e2e": ["signing", "objects", "telemetry", "dev", "e2e"],
}


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_a_lock_pins_everything_that_the_installed_packages_need(lock: str, extras: list[str]) -> None:
    pinned = pins(lock)
    assert missing(pinned, wanted(extras)) == []


@pytest.mark.parametrize("left_out", ["coverage", "fonttools", "zopfli", "pillow"])
def test_a_package_that_only_an_extra_of_another_asks_for_is_missed(left_out: str) -> None:
    pinned = {name: version for name, version in pins("e2e").items() if name != left_out}
    assert [line for line in missing(pinned, wanted(LOCKS["e2e"])) if line.startswith(left_out)]


def test_a_version_outside_the_range_is_missed() -> None:
    assert "django: 4.2 is not <5.3,>=5.2" in missing({**pins("base"), "django": Version("4.2")}, wanted([]))


@pytest.mark.parametrize("lock", LOCKS)
def test_each_file_of_a_lock_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / f"requirements/{lock}.txt").read_text()
    assert "://" not in text
    for line in text.split("\n"):
        if line and not line.startswith(" "):
            assert line.endswith("\\"), line


def pins(lock: str) -> dict[str, Version]:
    """The versions that are installed on this machine, by name."""
    lines = (ROOT / f"requirements/{lock}.txt").read_text().splitlines()
    found = [Requirement(line.rstrip(" \\")) for line in lines if line and not line.startswith(" ")]
    return {
        canonicalize_name(one.name): Version(next(iter(one.specifier)).version)
        for one in found
        if one.marker is None or one.marker.evaluate()
    }


def wanted(extras: list[str]) -> list[str]:
    return [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]


def missing(pinned: dict[str, Version], lines: list[str]) -> list[str]:
    """What the lines ask for, and what that asks for in turn, that is not pinned, or pinned in another version."""
    faults, seen, queue = set(), set(), [Requirement(line) for line in lines]
    while queue:
        asked = queue.pop()
        name = canonicalize_name(asked.name)
        if name not in pinned:
            faults.add(f"{name}: not pinned")
            continue
        if not asked.specifier.contains(pinned[name], prereleases=True):
            faults.add(f"{name}: {pinned[name]} is not {asked.specifier}")
        for extra in ("", *asked.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                queue.extend(_needed(name, extra))
    return sorted(faults)


def _needed(name: str, extra: str) -> list[Requirement]:
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    found = [Requirement(line) for line in lines]
    return [one for one in found if one.marker is None or one.marker.evaluate({"extra": extra})]
