"""Which release this is, as its own `pyproject.toml` says."""

import tomllib
from pathlib import Path


def version_in(folder: Path) -> str:
    """Of the release in a folder. Raises `OSError` or `KeyError` where there is none."""
    return str(tomllib.loads((folder / "pyproject.toml").read_text())["project"]["version"])
