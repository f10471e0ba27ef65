"""From folders of TOML to schemes: read, compose with what a version keeps of a former one, check, or say every fault."""

import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli
from pydantic import BaseModel, ValidationError

from registry.schemes import checked, faults
from registry.schemes.clocks import Clocks
from registry.schemes.disclosure import Disclosure
from registry.schemes.documents import Documents
from registry.schemes.eligibility import Eligibility
from registry.schemes.enforcement import Enforcement
from registry.schemes.factors import Factors
from registry.schemes.faults import Fault
from registry.schemes.form import KEY, SLUG, Form, Renewals
from registry.schemes.holding import Holding
from registry.schemes.intelligence import Intelligence
from registry.schemes.interviews import Interviews
from registry.schemes.letters import Letters
from registry.schemes.parts import Parts
from registry.schemes.payments import Payments
from registry.schemes.reports import Reports
from registry.schemes.requests import Requests
from registry.schemes.retention import Retention
from registry.schemes.review import label
from registry.schemes.safeguarding import Safeguarding
from registry.schemes.sanctions import Sanctions
from registry.schemes.scheme import Checks, Fees, FormalCheck, Scheme, Standards, Triggers
from registry.schemes.statistics import Statistics
from registry.schemes.targeting import Grades, TargetingFile
from registry.schemes.targets import Targets
from registry.schemes.terms import Activity, Nation, Sector, Terms
from registry.schemes.transfers import Transfers

SCHEME = "scheme.toml"
PARTS: dict[str, type[BaseModel]] = {
    "standards": Standards,
    "fees": Fees,
    "form": Form,
    "checks": Checks,
    "triggers": Triggers,
    "letters": Letters,
    "renewals": Renewals,
    "reports": Reports,
    "formal_check": FormalCheck,
    "documents": Documents,
    "retention": Retention,
    "eligibility": Eligibility,
    "payments": Payments,
    "holding": Holding,
    "parts": Parts,
    "clocks": Clocks,
    "enforcement": Enforcement,
    "factors": Factors,
    "intelligence": Intelligence,
    "interviews": Interviews,
    "requests": Requests,
    "safeguarding": Safeguarding,
    "targets": Targets,
    "targeting": TargetingFile,
    "grades": Grades,
    "transfers": Transfers,
    "statistics": Statistics,
    "disclosure": Disclosure,
    "sanctions": Sanctions,
}
# A version without such a file says nothing of it.
OPTIONAL = frozenset(PARTS) - {"standards", "fees", "form", "checks", "triggers", "letters"}


# What the checker of types says, for people who have never heard of types.
REASONS = {
    "extra_forbidden": "there is no such key: is it misspelt?",
    "missing": "this key is missing",
    "too_short": "there must be at least one",
    "int_parsing": "must be a whole number, without quotation marks",
    "int_type": "must be a whole number, without quotation marks",
    "int_from_float": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be a text, in quotation marks",
    "tuple_type": "must be a list, in square brackets",
    "dict_type": "must be a text, or a table in curly brackets",
    "model_type": "must be a table: keys and values",
    "date_from_datetime_parsing": "must be a day, like 2027-04-06",
    "date_parsing": "must be a day, like 2027-04-06",
    "date_type": "must be a day, like 2027-04-06",
}
PATTERNS = {
    KEY: "must be lower-case letters, digits and underscores, and begin with a letter",
    SLUG: "must be lower-case letters, digits and hyphens, and begin with a letter",
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
    all_folders, digest = folders(root), checked.digest_of(root)
    has_passed = checked.has_passed(digest)
    for folder in all_folders:
        try:
            scheme = load_version(folder, has_passed=has_passed)
        except BrokenPack as broken:
            found.extend(broken.faults)
        else:
            schemes.setdefault(scheme.name, {})[scheme.version] = scheme
    if found:
        # A fault in a kept file is found once for each version that keeps it.
        raise BrokenPack(tuple(dict.fromkeys(found)))
    if not has_passed:
        checked.record(digest)
    return schemes


def folders(root: Path) -> list[Path]:
    """The folders that claim to be a version: <scheme>/<anything>."""
    if not root.is_dir():
        raise BrokenPack((Fault(_name(root), "", "there is no such folder of packs"),))
    return sorted(path for path in root.glob("*/*") if path.is_dir() and not path.name.startswith((".", "_")))


def load_version(folder: Path, *, has_passed: bool = False) -> Scheme:
    """One version, from its own files and from those that it keeps.

    Whether its parts fit each other is not asked again of files that have passed.
    """
    raw = _read(folder)
    terms = _parsed(Terms, raw.terms, raw.files[SCHEME], raw.found)
    if terms is not None:
        raw.found.extend(faults.of_place(terms, folder))
        for asking in ("form", "eligibility"):
            _fill_choices(raw.parts.get(asking, {}), terms)
    parsed = {
        part: _parsed(PARTS[part], content, raw.files[part], raw.found) for part, content in sorted(raw.parts.items())
    }
    if raw.found or terms is None:
        raise BrokenPack(tuple(raw.found))
    try:
        scheme = _composed(terms, parsed)
    except ValueError as error:
        raise BrokenPack((Fault(raw.files["grades"], "signal", _told(error)),)) from None
    found = () if has_passed else tuple(faults.of(scheme, raw.files))
    if found:
        raise BrokenPack(found)
    return scheme


def _read(folder: Path) -> Raw:
    terms = _toml(folder / SCHEME)
    raw = Raw(folder, terms, files={SCHEME: _name(folder / SCHEME)})
    keep = terms.get("keep")
    kept = keep if isinstance(keep, dict) else {}
    for key, since in kept.items():
        _keep(raw, key, str(since))
    for part in [part for part in PARTS if part not in kept]:
        path = folder / f"{part}.toml"
        if part not in OPTIONAL or path.exists():
            _collect(raw, part, path)
    for stray in sorted(path for path in folder.iterdir() if not _is_expected(path)):
        raw.found.append(Fault(_name(stray), "", "no file of this name belongs to a pack"))
    return raw


def _is_expected(path: Path) -> bool:
    return path.name == SCHEME or (path.suffix == ".toml" and path.stem in PARTS) or path.name.startswith(".")


def _collect(raw: Raw, part: str, path: Path) -> None:
    raw.files[part] = _name(path)
    try:
        content = _toml(path)
    except BrokenPack as broken:
        raw.found.extend(broken.faults)
        return
    if content.keys() == {"keep"}:
        _keep_file(raw, part, path, str(content["keep"]))
    else:
        raw.parts[part] = content


def _keep_file(raw: Raw, part: str, path: Path, since: str) -> None:
    """A file that says only `keep = "2012-05-01"`: how a released version, whose scheme.toml is never edited, keeps a new part."""
    source = raw.folder.parent / since / f"{part}.toml"
    if since not in _former_versions(raw):
        raw.found.append(Fault(_name(path), "keep", f"{since} is not a former version"))
    elif not source.exists() or _toml(source).keys() == {"keep"}:
        raw.found.append(Fault(_name(path), "keep", f"{since} has none of its own to keep"))
    else:
        _collect(raw, part, source)


def _keep(raw: Raw, key: str, since: str) -> None:
    """`[keep] fees = "2012-05-01"` takes a file of a former version, `sectors` an entry of its scheme.toml.

    The former version must have it as its own: whoever reads a pack looks in one other place, never in a chain.
    """
    former = raw.folder.parent / since
    source = former / (f"{key}.toml" if key in PARTS else SCHEME)
    if reason := _cannot_keep(raw, key, since, source):
        raw.found.append(Fault(raw.files[SCHEME], f"keep.{key}", reason))
    elif key in PARTS:
        _collect(raw, key, source)
    else:
        raw.terms[key] = _toml(source)[key]


def _cannot_keep(raw: Raw, key: str, since: str, source: Path) -> str | None:
    if key in raw.terms or (raw.folder / f"{key}.toml").exists():
        return f"is kept from {since} and is in this version too: choose one"
    if since not in _former_versions(raw):
        return f"{since} is not a former version"
    if not source.exists() or (key not in PARTS and key not in _toml(source)):
        return f"{since} has none of its own to keep"
    return None


def _former_versions(raw: Raw) -> set[str]:
    return {path.name for path in raw.folder.parent.iterdir() if path.name < raw.folder.name}


def _toml(path: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = pickle.loads(_understood(path.read_text(encoding="utf-8")))
        return read
    except FileNotFoundError:
        raise BrokenPack((Fault(_name(path), "", "the file is missing"),)) from None
    except UnicodeDecodeError:
        raise BrokenPack((Fault(_name(path), "", "not readable as TOML: the file is not text in UTF-8"),)) from None
    except tomli.TOMLDecodeError as error:
        raise BrokenPack((Fault(_name(path), "", f"not readable as TOML: {error}"),)) from None


# Later versions keep files of former ones, so the same text is met for each of them, and in every draft that is tried.
@lru_cache(maxsize=256)
def _understood(text: str) -> bytes:
    """The content, pickled: each version is composed in a copy of its own, and this is the fastest way to copy."""
    return pickle.dumps(tomli.loads(text))


def _name(path: Path) -> str:
    """<scheme>/<version>/<file>: what someone needs to find it, without where the installation lies."""
    return "/".join(path.parts[-3:])


def _parsed(model: type[BaseModel], content: dict[str, Any], file: str, found: list[Fault]) -> Any:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found.extend(_faults_in(file, content, error))
        return None


def _faults_in(file: str, content: dict[str, Any], error: ValidationError) -> Iterator[Fault]:
    places = [one["loc"] for one in error.errors()]
    for one in error.errors():
        here = one["loc"]
        # A list whose only item is wrong is also reported as empty: the item is what to mend.
        if one["type"] == "too_short" and any(place[: len(here)] == here and place != here for place in places):
            continue
        yield Fault(file, _path(content, here), _reason(one["type"], one["msg"]))


def _path(content: Any, location: tuple[int | str, ...]) -> str:
    """("standards", 3, "points") is written standards[2.1].points, by what the thing is called; else by its place, from one."""
    steps = []
    for step in location:
        content = _inside(content, step)
        steps.append(f"[{label(content, step + 1)}]" if isinstance(step, int) else f".{step}")
    return "".join(steps).lstrip(".")


def _inside(content: Any, step: int | str) -> Any:
    try:
        return content[step]
    except (LookupError, TypeError):
        return None


def _reason(kind: str, message: str) -> str:
    reason = REASONS.get(kind) or message.removeprefix("Value error, ").replace("Input should be", "must be")
    return re.sub(r"String should match pattern '(.*)'", _pattern_in_words, reason)


def _pattern_in_words(found: re.Match[str]) -> str:
    return PATTERNS.get(found[1], f"must be of the form {found[1]}")


def _fill_choices(asking: dict[str, Any], terms: Terms) -> None:
    """A question may offer what scheme.toml lists: `choices_from = "sectors"`."""
    offers: dict[str, tuple[Sector | Activity | Nation, ...]] = {
        "sectors": terms.sectors,
        "activities": tuple(activity for sector in terms.sectors for activity in sector.activities),
        "nations": terms.nations,
    }
    for question in _raw_questions(asking):
        if question.get("choices_from") in offers:
            offered = offers[question["choices_from"]]
            question["choices"] = [{"value": one.code, "label": one.title.root} for one in offered]


def _raw_questions(content: Any) -> Iterator[dict[str, Any]]:
    """Every table of an unchecked file that says where its choices come from, however broken the rest is."""
    if isinstance(content, dict):
        if "choices_from" in content:
            yield content
        content = list(content.values())
    if isinstance(content, list):
        for inner in content:
            yield from _raw_questions(inner)


def _composed(terms: Terms, parsed: dict[str, Any]) -> Scheme:
    reports: Reports = parsed.get("reports", Reports())
    transfers: Transfers | None = parsed.get("transfers")
    return Scheme.model_construct(
        **{name: getattr(terms, name) for name in Terms.model_fields},
        standards=parsed["standards"].standards,
        standard_sections=parsed["standards"].sections,
        fees=parsed["fees"],
        form=parsed["form"],
        checks=parsed["checks"].checks,
        requests=parsed.get("requests", Requests()).requests,
        triggers=parsed["triggers"].triggers,
        letters=parsed["letters"].letters + (transfers.letters if transfers else ()),
        renewals=parsed.get("renewals", Renewals()),
        reporting=reports.reporting,
        objections=reports.objections,
        formal_check=parsed.get("formal_check"),
        holding=parsed.get("holding", Holding()),
        documents=parsed.get("documents", Documents()).documents,
        retention=parsed.get("retention", Retention()).retained,
        eligibility=parsed.get("eligibility"),
        payments=parsed.get("payments"),
        parts=parsed.get("parts"),
        clocks=parsed.get("clocks", Clocks()).clocks,
        enforcement=parsed.get("enforcement"),
        factors=parsed.get("factors", Factors()).factors,
        intelligence=parsed.get("intelligence"),
        interviews=parsed.get("interviews"),
        safeguarding=parsed.get("safeguarding"),
        targets=parsed.get("targets", Targets()).targets,
        targeting=parsed.get("grades", Grades()).feed(parsed.get("targeting", TargetingFile()).targeting),
        transferring=transfers.transferring if transfers else None,
        sanctions=parsed.get("sanctions"),
        statistics=parsed.get("statistics", Statistics()),
        disclosure=parsed.get("disclosure", Disclosure()),
    )


def _told(error: ValueError) -> str:
    """What is wrong with the signal that grades.toml feeds."""
    return _reason("", error.errors()[0]["msg"]) if isinstance(error, ValidationError) else str(error)
