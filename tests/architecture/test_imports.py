"""Arrows point down, and the guard of the arrows is awake: each kind of forbidden import is planted and must be found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import APPS, ROOT, Source, names_of_plants, planted

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def lint_imports(directory: Path) -> tuple[int, str]:
    done = subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=directory,
        env={**os.environ, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def copy_of_the_product(directory: Path) -> Path:
    for app in APPS:
        shutil.copytree(ROOT / app, directory / app, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", directory)
    return directory


def _all_but_python(directory: str, names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if name == "node_modules" or not (name.endswith(".py") or (Path(directory) / name).is_dir())
    ]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of the product with every forbidden import planted in it at once."""
    copy = copy_of_the_product(tmp_path_factory.mktemp("planted"))
    for source, _contract in planted("imports"):
        with (copy / source.path).open("a") as file:
            file.write("\n" + source.text)
    status, said = lint_imports(copy)
    assert status == 1
    return said.partition("Broken contracts")[2]


def test_arrows_point_down() -> None:
    status, said = lint_imports(ROOT)

    assert status == 0, said


@pytest.mark.parametrize(("source", "contract"), planted("imports"), ids=names_of_plants("imports"))
def test_a_forbidden_import_is_found(report: str, source: Source, contract: str) -> None:
    heading = f"{contract}\n{'-' * len(contract)}\n"
    section = report.partition(heading)[2].partition("\n---")[0]
    importer = source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    assert f"{importer} -> {_imported(source)} " in section, report


def _imported(source: Source) -> str:
    words = source.text.splitlines()[-1].split()
    return words[1] if words[0] == "import" else f"{words[1]}.{words[3]}"
