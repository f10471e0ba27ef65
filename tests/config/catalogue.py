"""Reads a written catalogue (.po) as plain values, and compares a page in two languages, without any tool of gettext."""

import ast
import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils.translation import get_language_info

LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)? ?(".*")$')


@dataclass(slots=True)
class Message:
    parts: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.parts.get("msgctxt", ""), self.parts["msgid"]

    @property
    def forms(self) -> list[str]:
        """The translation, or one for each of the plural forms."""
        return [text for part, text in self.parts.items() if part.startswith("msgstr")]

    @property
    def is_translated(self) -> bool:
        return bool(self.forms) and all(self.forms) and not self.is_fuzzy

    def stands_in(self, *beginnings: str) -> bool:
        """Whether a file that it is in has a path of which one of these is the beginning; `*` is any part of a path."""
        return any(fnmatch(file, f"{beginning}*") for file in self.files for beginning in beginnings)


def read(path: Path) -> dict[tuple[str, str], Message]:
    """Every message by context and English; the header is the one whose English is empty."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    messages = [_message(block.splitlines()) for block in blocks]
    return {message.key: message for message in messages if "msgid" in message.parts}


def _message(lines: list[str]) -> Message:
    message, part = Message(), ""
    for line in lines:
        if line.startswith("#:"):
            message.files += [file.split(":")[0] for file in line[2:].split()]
        elif line.startswith("#,"):
            message.is_fuzzy |= "fuzzy" in line
        elif found := LINE.match(line):
            part = found[1] or part
            message.parts[part] = message.parts.get(part, "") + ast.literal_eval(found[2])
    return message


class _Words(HTMLParser):
    ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder")
    UNSEEN = ("script", "style")

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.UNSEEN:
            self.within.append(tag)
        for name, value in attrs:
            if value and (name in self.ATTRIBUTES or name.startswith("data-i18n")):
                self.found.add(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.UNSEEN:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.found.add(data)


def words(page: str) -> set[str]:
    """Every text of a page that somebody reads or hears, blanks squeezed; those without two letters together left out."""
    parser = _Words()
    parser.feed(re.sub(r"</?mark[^>]*>", "", page))  # letters that are marked belong to the name that they are in
    return {squeezed for text in parser.found if re.search(r"[^\W\d_]{2}", squeezed := " ".join(text.split()))}


# The same in both languages. Whatever else is, must be a name or a number.
SAME = {"Staff", "Sector", "PDF", "beta"} | {
    # Languages are called what their speakers call them.
    get_language_info(code.split("-")[0])["name_local"]
    for code, _name in settings.LANGUAGES
}
SAME |= {"Polski, Română, Українська …"}
# What is the same in both languages besides names: numbers of licences and references, codes, web and mail addresses.
CODES = re.compile(
    r"\b(?:[A-Z]{4}\d{4}|APP-\d+|[A-Z]-[A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9]{8})\b"
    r"|\S+@\S+|(?:https?://)?[\w-]+(?:\.[\w-]+)*\.(?:com|example|org|uk)\S*|http://localhost\S*"
)


def left_in_english(english: str, welsh: str, *names: str) -> list[str]:
    """Texts that stand on both pages and hold more than names, numbers and addresses."""
    both = (words(english) & words(welsh)) - SAME
    alike = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)")
    return sorted(text for text in both if re.search(r"[^\W\d_]{2}", alike.sub("", CODES.sub("", text))))


def ask(client: Client, address: str, data: dict[str, str] | None = None) -> tuple[int, str]:
    """By a post if there is something to send, following to where it leads."""
    answer = client.get(address, follow=True) if data is None else client.post(address, data, follow=True)
    return answer.status_code, answer.content.decode()


def compare(
    client: Client, address: str, data: dict[str, str] | None, *names: str, other: Client | None = None
) -> None:
    """Nothing of this page is left in English. `other` asks in Welsh where the first question leaves a mark."""
    status, english = ask(client, address, data)
    cache.clear()
    status_in_welsh, welsh = ask(other or client, f"/cy{address}", data)

    assert status_in_welsh == status
    assert '<html lang="en-gb"' in english
    assert '<html lang="cy"' in welsh
    left = left_in_english(english, welsh, *names)
    assert not left, left
