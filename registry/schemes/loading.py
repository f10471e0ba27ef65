"""From folders of TOML to schemes: read, compose with what a version keeps of a former one, check, or say every fault."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from registry.schemes import faults
from registry.schemes.faults import Fault
from registry.schemes.form import Form
from registry.schemes.scheme import (
    Activity,
    Checks,
    Fees,
    Letters,
    Nation,
    Scheme,
    Sector,
    Standards,
    Terms,
    Triggers,
)

SCHEME = "scheme.toml"
PARTS: dict[str, type[BaseModel]] = {
    "standards": Standards,
    "fees": Fees,
    "form": Form,
    "checks": Checks,
    "triggers": Triggers,
    "letters": Letters,
}


class BrokenPack(Exception):
    """A pack that must not be used. Says the file, the key and the reason of every fault found."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in found))
        self.faults = found
        self.file = found[0].file
        self.key = found[0].key
        self.reason = found[0].reason


@dataclass(slots=True)
class Raw:
    """The files of one version as read, before anything is believed: content and origin by part."""

    folder: Path
    terms: dict[str, Any]
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    found: list[Fault] = field(default_factory=list)


def load(root: Path) -> dict[str, dict[date, Scheme]]:
    """Every version of every scheme under a packs root. Raises BrokenPack with all faults of all of them."""
    schemes: dict[str, dict[date, Scheme]] = {}
    found: list[Fault] = []
    for folder in folders(root):
        try:
            scheme = load_version(folder)
        except BrokenPack as broken:
            found.extend(broken.faults)
        else:
            schemes.setdefault(scheme.name, {})[scheme.version] = scheme
    if found:
        raise BrokenPack(tuple(found))
    return schemes


def folders(root: Path) -> list[Path]:
    """The folders that claim to be a version: <scheme>/<anything>."""
    if not root.is_dir():
        raise BrokenPack((Fault(str(root), "", "there is no such folder of packs"),))
    return sorted(path for path in root.glob("*/*") if path.is_dir() and not path.name.startswith((".", "_")))


def load_version(folder: Path) -> Scheme:
    """One version, from its own files and from those that it keeps."""
    raw = _read(folder)
    terms = _parsed(Terms, raw.terms, raw.files[SCHEME], raw.found)
    if terms is not None:
        raw.found.extend(faults.of_place(terms, folder))
        _fill_choices(raw.parts.get("form", {}), terms)
    parsed = {
        part: _parsed(PARTS[part], content, raw.files[part], raw.found) for part, content in sorted(raw.parts.items())
    }
    if raw.found or terms is None:
        raise BrokenPack(tuple(raw.found))
    scheme = _composed(terms, parsed)
    found = tuple(faults.of(scheme, raw.files))
    if found:
        raise BrokenPack(found)
    return scheme


def _read(folder: Path) -> Raw:
    terms = _toml(folder / SCHEME)
    raw = Raw(folder, terms, files={SCHEME: _name(folder / SCHEME)})
    keep = terms.get("keep", {})
    kept_terms = {key: since for key, since in keep.items() if key not in PARTS} if isinstance(keep, dict) else {}
    for key, since in kept_terms.items():
        _keep_table(raw, key, since)
    for part in PARTS:
        _read_part(raw, part, keep.get(part) if isinstance(keep, dict) else None)
    for stray in sorted(path.name for path in folder.iterdir() if not _is_expected(path)):
        raw.found.append(Fault(_name(folder / stray), "", "no file of this name belongs to a pack"))
    return raw


def _is_expected(path: Path) -> bool:
    return path.name == SCHEME or (path.suffix == ".toml" and path.stem in PARTS) or path.name.startswith(".")


def _read_part(raw: Raw, part: str, since: Any) -> None:
    own = raw.folder / f"{part}.toml"
    path = own if since is None else raw.folder.parent / str(since) / own.name
    raw.files[part] = _name(path)
    if since is not None and own.exists():
        raw.found.append(
            Fault(_name(own), "", f"the version keeps {part} of {since} and has {part} of its own: choose")
        )
    elif since is not None and str(since) >= raw.folder.name:
        raw.found.append(Fault(raw.files[SCHEME], f"keep.{part}", f"{since} is not a former version"))
    else:
        try:
            raw.parts[part] = _toml(path)
        except BrokenPack as broken:
            raw.found.extend(broken.faults)


def _keep_table(raw: Raw, key: str, since: Any) -> None:
    """`[keep] sectors = "2012-05-01"` takes one entry of the former version's scheme.toml."""
    fault = None
    former = raw.folder.parent / str(since) / SCHEME
    if key in raw.terms:
        fault = f"the version keeps {key} of {since} and has {key} of its own: choose"
    elif str(since) >= raw.folder.name:
        fault = f"{since} is not a former version"
    elif key not in (content := _toml(former)):
        fault = f"{_name(former)} has no {key} of its own to keep"
    else:
        raw.terms[key] = content[key]
    if fault:
        raw.found.append(Fault(raw.files[SCHEME], f"keep.{key}", fault))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenPack((Fault(_name(path), "", "the file is missing"),)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenPack((Fault(_name(path), "", f"not readable as TOML: {error}"),)) from None


def _name(path: Path) -> str:
    """<scheme>/<version>/<file>: what someone needs to find it, without where the installation lies."""
    return "/".join(path.parts[-3:])


def _parsed(model: type[BaseModel], content: dict[str, Any], file: str, found: list[Fault]) -> Any:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found.extend(Fault(file, _path(one["loc"]), _reason(one["type"], one["msg"])) for one in error.errors())
        return None


def _path(location: tuple[int | str, ...]) -> str:
    """("standards", 3, "points") is written standards[4].points: people count from one."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).lstrip(".")


def _reason(kind: str, message: str) -> str:
    return {
        "extra_forbidden": "there is no such key: is it misspelt?",
        "missing": "this key is missing",
    }.get(kind, message.removeprefix("Value error, "))


def _fill_choices(form: dict[str, Any], terms: Terms) -> None:
    """A question may offer what scheme.toml lists: `choices_from = "sectors"`."""
    offers: dict[str, tuple[Sector | Activity | Nation, ...]] = {
        "sectors": terms.sectors,
        "activities": tuple(activity for sector in terms.sectors for activity in sector.activities),
        "nations": terms.nations,
    }
    for question in _raw_questions(form):
        if question.get("choices_from") in offers:
            offered = offers[question["choices_from"]]
            question["choices"] = [{"value": one.code, "label": one.title.root} for one in offered]


def _raw_questions(content: Any) -> Iterator[dict[str, Any]]:
    """Every table of the unchecked form that says where its choices come from, however broken the rest is."""
    if isinstance(content, dict):
        if "choices_from" in content:
            yield content
        content = list(content.values())
    if isinstance(content, list):
        for inner in content:
            yield from _raw_questions(inner)


def _composed(terms: Terms, parsed: dict[str, Any]) -> Scheme:
    return Scheme.model_construct(
        **{name: getattr(terms, name) for name in Terms.model_fields},
        standards=parsed["standards"].standards,
        standard_sections=parsed["standards"].sections,
        fees=parsed["fees"],
        form=parsed["form"],
        checks=parsed["checks"].checks,
        triggers=parsed["triggers"].triggers,
        letters=parsed["letters"].letters,
    )
