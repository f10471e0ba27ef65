"""Every message of the templates and of the product's Python in English, with where it is and what kind of page it is on."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from django.utils.translation.template import templatize

from tests.architecture.source import APPS, ROOT, product

ERRORS = "error messages"
#: What a line of a pack ends in that quotes a law.
QUOTATION = "# quotation"
#: The kinds of page, each by the files that hold its messages; the first that fits counts.
KINDS = {
    "letters": (
        "*/templates/*/letters/*",
        "*/letters.py",
        "*/letters/letters.py",
        "licensing/packs/letters/*",
        "licensing/letters/*",
    ),
    "menus and homes": ("config/queries/menu*.py", "config/templates/parts/*", "config/context.py"),
    "public pages": (
        "public_lookup/*",
        "config/templates/*",
        "config/forms.py",
        "compliance/templates/compliance/reports/reporter_*",
        "compliance/reports/views/intake.py",
        "compliance/reports/forms/intake*",
        "compliance/reports/rules/reports.py",
        "compliance/templates/compliance/targeting/public_*",
        "*/states.py",
    ),
    ERRORS: ("*/rules.py", "*/rules/*"),
    "applicants and holders": ("*/applicant_*", "*/holder_*", "licensing/application_form/*"),
}
STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
MARKED = re.compile(rf"\b(?:n|p|np)?(?:gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?(?:\s*,\s*{STRING})?", re.DOTALL)
MARKING = {"_"} | {f"{kind}gettext{lazy}" for kind in ("", "n", "p", "np") for lazy in ("", "_lazy", "_noop")}
#: A call or an argument that makes of a message the answer to something that cannot be done.
REFUSING = {"Reason", "ValidationError", "add_error", "error_messages", "message"}


@dataclass(frozen=True)
class Sentence:
    """One message in English, and the file and line that say it."""

    file: str
    line: int
    kind: str
    text: str


def sentences() -> Iterator[Sentence]:
    """Every message of the product: those of its Python, then those of its templates."""
    for source in product():
        for line, is_refusal, text in _of_python(source.tree, False):
            yield Sentence(source.path, line, _kind(source.path, is_refusal), " ".join(text.split()))
    for app in APPS:
        for path in sorted((ROOT / app).glob("templates/**/*.*")):
            name = path.relative_to(ROOT).as_posix()
            for line, text in of_template(path.read_text()):
                yield Sentence(name, line, _kind(name, False), " ".join(text.split()))


def _kind(file: str, is_refusal: bool) -> str:
    if is_refusal:
        return ERRORS
    fitting = (kind for kind, places in KINDS.items() if any(fnmatch(file, place) for place in places))
    return next(fitting, file.split("/")[0])


def _of_python(node: ast.AST, is_refusal: bool) -> Iterator[tuple[int, bool, str]]:
    if isinstance(node, ast.Call) and _called(node) in MARKING:
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        yield from ((node.lineno, is_refusal, text) for text in texts if isinstance(text, str))
    is_refusal |= _called(node) in REFUSING
    for child in ast.iter_child_nodes(node):
        yield from _of_python(child, is_refusal)


def _called(node: ast.AST) -> str:
    """The name of the function of a call, of the argument of a keyword, or of an assignment to one name."""
    if isinstance(node, ast.Call):
        return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return (node.arg or "") if isinstance(node, ast.keyword) else ""


def of_template(text: str) -> Iterator[tuple[int, str]]:
    marked = templatize(text)
    for found in MARKED.finditer(marked):
        for literal in filter(None, found.groups()):
            yield marked.count("\n", 0, found.start()) + 1, ast.literal_eval(literal)


def pack_texts() -> Iterator[tuple[str, str]]:
    """Every text in English of every pack, with its file. A line that ends in `# quotation` quotes a law, and is left out."""
    for path in sorted((ROOT / "registry/schemes/packs").rglob("*.toml")):
        name = path.relative_to(ROOT / "registry/schemes/packs").as_posix()
        yield from ((name, text) for text in english_of(path.read_text()))


def english_of(pack: str) -> Iterator[str]:
    """The texts in English of a file of a pack, without quotations."""
    lines = (line for line in pack.splitlines() if not line.endswith(QUOTATION))
    yield from _english(tomllib.loads("\n".join(lines)))


def _english(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("en"), str):
            yield value["en"]
        for part in value.values():
            yield from _english(part)
    elif isinstance(value, list):
        for part in value:
            yield from _english(part)
