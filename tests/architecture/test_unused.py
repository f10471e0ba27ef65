"""What nothing names any more is deleted: functions, templates, and classes of our own style sheets."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import APPS, ROOT, Source, product

pytestmark = pytest.mark.once

THEME = ROOT / "config" / "theme"
WORD = re.compile(r"[\w-]+")
#: Templates that Django and allauth look for by their own names.
OF_OTHERS = ("account/", "allauth/", "mfa/", "django/")


def files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file() and "node_modules" not in path.parts)


def templates() -> list[Path]:
    return [path for app in APPS for path in files(ROOT / app / "templates", "**/*")]


def named() -> str:
    """Everything that can name a thing: the product's Python, its migrations, its templates and the packs."""
    packs = files(ROOT / "registry/schemes/packs", "**/*.toml")
    migrations = [path for app in APPS for path in files(ROOT / app, "migrations/*.py")]
    others = [*templates(), *packs, *migrations]
    return "\n".join([*(one.text for one in product()), *(path.read_text() for path in others)])


def unused_functions(sources: Iterable[Source], text: str) -> list[str]:
    """Functions whose name is written nowhere but where they are defined. What a decorator registers is left out."""
    times = Counter(re.findall(r"\w+", text))
    return [
        source.at(node, node.name)
        for source in sources
        for node in source.functions
        if not node.decorator_list and times[node.name] < 2
    ]


def unused_classes(styles: str, text: str) -> list[str]:
    """Our classes that nothing names; one that ends in a value, such as `--yes`, is put together from its beginning."""
    words = set(WORD.findall(text))
    ours = set(re.findall(r"\.(app-[\w-]+)", styles))
    return sorted(one for one in ours if one not in words and f"{one.partition('--')[0]}--" not in words)


def test_every_function_is_named_somewhere() -> None:
    assert unused_functions(product(), named()) == []


def test_every_template_is_named_somewhere() -> None:
    text = named()
    names = {path: path.as_posix().split("/templates/")[1] for path in templates()}

    assert [
        name
        for path, name in names.items()
        if not name.startswith(OF_OTHERS) and name not in text and not re.search(rf"\b{re.escape(path.stem)}\b", text)
    ] == []


def test_every_class_of_our_style_sheets_is_named_somewhere() -> None:
    styles = "\n".join(path.read_text() for path in files(THEME, "scss/*.scss"))
    scripts = "\n".join(path.read_text() for path in files(THEME, "js/**/*.js"))

    assert unused_classes(styles, f"{named()}\n{scripts}") == []


def test_a_planted_function_and_a_planted_class_are_found() -> None:
    planted = Source("registry/planted.py", "def shown(): ...\ndef lost(): ...\nshown()\n")

    assert unused_functions([planted], planted.text) == ["registry/planted.py:2: lost"]
    assert unused_classes(".app-a {} .app-b--yes {} .app-c {}", 'class="app-a app-b--{{ tone }}"') == ["app-c"]
