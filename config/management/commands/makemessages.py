"""Django's makemessages for this project: one catalogue a language, with what others leave unsaid in Welsh.

The languages of the whole service get every message. A message of Django, allauth or django-filter that its own Welsh
lacks is collected like one of ours, so that our catalogue says it; and the names of the installation, which stand in
settings, can be said in other languages. Every other language gets what workers meet, and the words of the packs.
"""

import ast
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

from config.catalogues import WORKER_PLACES, pack_words

WHOLE = [language for language in settings.SITE_LANGUAGES if language != settings.LANGUAGE_CODE]
IGNORED = ["node_modules", "theme", "var", "static", "tests", "build"]
NAMES_IN_SETTINGS = ("SERVICE_NAME", "ORGANISATION_NAME", "NEUTRAL_NAME", "PHASE")
# Package, its catalogue in English (or in any language, for the messages), and the folders whose words can be met.
LACKING = (
    ("django", "conf/locale/en", ("conf/", "core/", "db/", "forms/", "utils/", "views/generic/")),
    ("django", "contrib/auth/locale/en", ("contrib/auth/",)),
    (
        "allauth",
        "locale/de",
        ("account/", "core/", "mfa/", "templates/account/", "templates/allauth/", "templates/mfa/"),
    ),
    ("django_filters", "locale/de", ("",)),
)
DEPTHS = ("*", "*/*", "*/*/*")  # msggrep has no pattern for any depth
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


class Command(makemessages.Command):
    # Never a guess from a similar message: a missing one is found by a test, a wrong guess only by a reader.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(
            locale=WHOLE, no_wrap=True, no_obsolete=True, add_location="file", ignore_patterns=IGNORED[:]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        catalogues = settings.LOCALE_PATHS[0]
        every = catalogues / WHOLE[0] / "LC_MESSAGES" / "django.po"
        with tempfile.TemporaryDirectory() as folder:
            met = met_by_workers(every, Path(folder))
            for language in sorted(one.name for one in catalogues.iterdir() if one.name not in WHOLE):
                merge_into(catalogues / language / "LC_MESSAGES" / "django.po", met, language)

    def build_potfiles(self) -> list[str]:
        potfiles: list[str] = super().build_potfiles()
        for potfile in potfiles:
            with tempfile.TemporaryDirectory() as folder:
                others = [names_in_settings(), *messages_of_others(Path(folder))]
                files = [write(Path(folder) / f"{number}.pot", text) for number, text in enumerate(others)]
                every = run("msgcat", "--use-first", "--no-wrap", "--add-location=file", potfile, *files)
            write(Path(potfile), every)
        return potfiles


def met_by_workers(catalogue: Path, folder: Path) -> str:
    """What a worker meets, of this catalogue and of the packs, with nothing translated."""
    wanted = run("msggrep", *(f"--location={place}" for place in WORKER_PLACES), str(catalogue))
    blank = run("msgfilter", "--keep-header", "--input", write(folder / "wanted.po", wanted), "sed", "d")
    packs = HEADER + "\n".join(
        f'#: registry/schemes/packs\nmsgid {quoted(words)}\nmsgstr ""\n' for words in pack_words()
    )
    files = (write(folder / "blank.po", blank), write(folder / "packs.po", packs))
    return write(folder / "met.po", run("msgcat", "--use-first", "--no-wrap", "--add-location=file", *files))


def merge_into(catalogue: Path, met: str, language: str) -> None:
    """The written catalogue holds these messages and no other; what is translated stays. A new one begins as a draft."""
    if not catalogue.exists():
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        write(catalogue, draft_of(language))
    merged = run("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--add-location=file", str(catalogue), met)
    kept = run(
        "msgattrib", "--no-obsolete", "--no-wrap", "--add-location=file", write(Path(met).parent / "it.po", merged)
    )
    write(catalogue, kept)


def _folder_of(package: str) -> Path:
    found = find_spec(package)
    assert found is not None
    return Path(str(found.origin)).parent


def draft_of(language: str) -> str:
    """The head of a new catalogue: it counts plurals as Django's own does, else Django would set the two apart."""
    django = _folder_of("django")
    theirs = (django / "conf" / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    plurals = "".join(ast.literal_eval(line) for line in re.findall(r'^".*"$', theirs, re.MULTILINE))
    rule = re.search(r"Plural-Forms:[^\n]*", plurals)
    lines = (
        f"Language: {language}",
        "Content-Type: text/plain; charset=UTF-8",
        rule[0] if rule else "Plural-Forms: nplurals=1; plural=0;",
        "X-Needs-Review: yes",
    )
    head = "".join(f"{quoted(f'{line}{chr(10)}')}\n" for line in lines)
    return f'# What workers read. X-Needs-Review says whether a translator has read it.\nmsgid ""\nmsgstr ""\n{head}'


def names_in_settings() -> str:
    names = filter(None, (getattr(settings, name) for name in NAMES_IN_SETTINGS))
    messages = (f"#: config/settings.py\nmsgid {quoted(name)}\n" for name in names)
    return HEADER + "\n".join(f'{message}msgstr ""\n' for message in messages)


def messages_of_others(folder: Path) -> Iterator[str]:
    """What each package can say and has no Welsh for, its files named with the package before."""
    for package, catalogue, parts in LACKING:
        root = _folder_of(package)
        source = root / catalogue / "LC_MESSAGES" / "django.po"
        welsh = source.parents[2] / "cy" / "LC_MESSAGES" / "django.po"
        within = [f"{part}{depth}" for part in parts for depth in DEPTHS]
        wanted = run("msggrep", *(f"--location={pattern}" for pattern in within), str(source))
        known = run("msgattrib", "--translated", "--no-fuzzy", str(welsh)) if welsh.exists() else HEADER
        blank = run("msgfilter", "--keep-header", "--input", write(folder / "wanted.po", wanted), "sed", "d")
        asked, answered = write(folder / "asked.po", blank), write(folder / "answered.po", known)
        both = run("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", answered, asked)
        lacking = write(folder / "both.po", both)
        found = run("msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", "--add-location=file", lacking)
        yield "\n".join(line.replace(" ", f" {package}/") if line[:2] == "#:" else line for line in found.splitlines())


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
