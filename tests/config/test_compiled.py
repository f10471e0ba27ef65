"""Translations are compiled where they are installed, and not kept in the repository."""

import gettext
import subprocess
from pathlib import Path

import pytest
from django.core.checks import CheckMessage

from config import compiled
from config.checks import code
from config.compiled import compile_catalogues, stale

ROOT = Path(__file__).parent.parent.parent
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(f'{HEAD}msgid "Yes"\nmsgstr "Ydy"\n\n#, fuzzy\nmsgid "No"\nmsgstr "Nac ydy"\n')
    return source


def said(source: Path, message: str) -> str:
    with source.with_suffix(".mo").open("rb") as opened:
        return gettext.GNUTranslations(opened).gettext(message)


def test_what_is_missing_is_compiled_once_and_again_when_it_has_changed(source: Path, tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == 1
    assert compile_catalogues(tmp_path) == 0
    assert (said(source, "Yes"), said(source, "No")) == ("Ydy", "No"), "a fuzzy message is not said"

    source.write_text(source.read_text().replace("Ydy", "Oes"))

    assert stale(tmp_path) == [source]
    assert compile_catalogues(tmp_path) == 1
    assert said(source, "Yes") == "Oes"
    assert sorted(file.name for file in source.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_deployment_without_them_is_refused(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> list[CheckMessage]:
        return code.catalogues_are_compiled()

    assert found() == []
    monkeypatch.setattr(code, "stale", lambda: [source])
    [message] = found()
    assert message.id == "config.E020" and "cy" in message.msg


def test_none_is_in_the_repository_and_a_clean_clone_compiles_them_without_settings(tmp_path: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "*.mo"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert tracked.stdout == ""
    assert stale() == [], "tests/settings.py has compiled them"
    assert len(list(compiled.LOCALE.glob("*/LC_MESSAGES/django.po"))) >= 18
