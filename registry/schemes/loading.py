"""From folders of TOML to schemes: compose, check, or say every fault."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from registry.schemes import checked, faults
from registry.schemes.asking import RequestTerms
from registry.schemes.clocks import Clocks
from registry.schemes.composing import ComposedVersion, Composer
from registry.schemes.contradictions import ContradictionTerms
from registry.schemes.disclosure import Disclosure
from registry.schemes.documents import Documents
from registry.schemes.factors import Factors
from registry.schemes.faults import Fault
from registry.schemes.filling import filled
from registry.schemes.form import KEY, SLUG, Renewals
from registry.schemes.holding import HoldingTerms
from registry.schemes.kinds import PARTS, SCHEME
from registry.schemes.merged import merged
from registry.schemes.reports import Reports
from registry.schemes.requests import Requests
from registry.schemes.retention import Retention
from registry.schemes.review import label
from registry.schemes.scheme import Scheme
from registry.schemes.statistics import Statistics
from registry.schemes.targeting import TargetingFile
from registry.schemes.targets import Targets
from registry.schemes.tasks import TasksFile
from registry.schemes.terms import Terms
from registry.schemes.transfers import Transfers

OWN = Path(__file__).parent / "packs"

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


#: A fault without its file: the subject, the key in it, and the reason.
Problem = tuple[str, str, str]
#: What may offer choices that scheme.toml lists.
ASKING = frozenset({"form", "eligibility"})
OFFERED = ("sectors", "nations")
#: Where a scheme keeps what a file of another name says.
PART_OF = {
    "standard_sections": "standards",
    "reporting": "reports",
    "objections": "reports",
    "guarded": "reports",
    "transferring": "transfers",
}


class BrokenPack(Exception):
    """A pack that must not be used. Says the file, the key and the reason of every fault found."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in found))
        self.faults = found
        self.file = found[0].file
        self.key = found[0].key
        self.reason = found[0].reason


def load(root: Path) -> dict[str, dict[date, Scheme]]:
    """Every version of every scheme under a packs root. Raises BrokenPack with all faults of all of them."""
    schemes: dict[str, dict[date, Scheme]] = {}
    found: list[Fault] = []
    digest = checked.digest_of(root, OWN)
    has_passed = checked.has_passed(digest)
    checker = _Checker(Composer((OWN,)), has_passed=has_passed)
    for folder in folders(root):
        own = {scheme.version: scheme for scheme in checker.versions(folder, found)}
        taken_in = () if found else merged(folder, own, found)
        for scheme in (*own.values(), *taken_in):
            schemes.setdefault(scheme.name, {})[scheme.version] = scheme
    if found:
        raise BrokenPack(tuple(dict.fromkeys(found)))
    if not has_passed:
        checked.record(digest)
    return schemes


def folders(root: Path) -> list[Path]:
    """The folders that claim to be a scheme."""
    if not root.is_dir():
        raise BrokenPack((Fault(root.name, "", "there is no such folder of packs"),))
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def file_of_key(folder: Path, scheme: Scheme, key: str) -> str:
    """The file below the folder of a scheme, or of one that it extends, that last said this of a version; empty if none."""
    version = str(scheme.merged_into or scheme.version)
    composed = next((one for one in Composer((OWN,)).versions(folder) if one.version == version), None)
    first, *steps = re.findall(r"[^.\[\]]+", re.sub(r"\[([^\]]*)\]", _as_step, key))
    part = first if first in PARTS else PART_OF.get(first, SCHEME)
    steps = [step.replace("\0", ".") for step in ([first, *steps] if part == SCHEME else steps)]
    if composed is None:
        return ""
    # What is shared is not said of the page that asks it, nor a page of its section: so less and less is looked for.
    tried = (composed.file_of(part, steps[less:]) for less in range(max(1, len(steps) - 1)))
    return next(filter(None, tried), composed.first.said.files.get(part, composed.said.name))


def _as_step(found: re.Match[str]) -> str:
    """A code may have a dot in it."""
    return f".{found[1].replace('.', chr(0))}."


class _Checker:
    """Checks composed versions. A subject that a version leaves as it was is not checked a second time."""

    def __init__(self, composer: Composer, *, has_passed: bool) -> None:
        self._composer = composer
        self._has_passed = has_passed
        # By the subject and the content that was checked, which is held here so that its place in memory stays its own.
        self._parsed: dict[tuple[object, ...], tuple[Any, list[Problem], Any]] = {}

    def versions(self, folder: Path, found: list[Fault]) -> Iterator[Scheme]:
        """The versions of one scheme that are well-formed; what is wrong is added to `found`, once and where it began."""
        known: set[Problem] = set()
        for composed in self._composer.versions(folder):
            found.extend(composed.found)
            problems: list[Problem] = []
            scheme = self._checked(composed, problems)
            found.extend(composed.said.fault(*problem) for problem in problems if problem not in known)
            known.update(problems)
            if scheme is not None:
                yield scheme

    def _checked(self, composed: ComposedVersion, problems: list[Problem]) -> Scheme | None:
        """The version as a scheme; None where a subject is not well-formed."""
        terms = self._parse(SCHEME, composed, None, problems)
        if terms is None:
            return None
        problems.extend(faults.of_place(terms, composed.scheme))
        parsed = {
            part: self._parse(part, composed, terms, problems) for part in sorted(composed.parts) if part != SCHEME
        }
        if problems or composed.found:
            return None
        scheme = _composed(terms, parsed, date.fromisoformat(composed.since["fees"]))
        if not self._has_passed:
            problems.extend(faults.of(scheme, parsed.keys()))
        return None if problems else scheme

    def _parse(self, part: str, composed: ComposedVersion, terms: Terms | None, problems: list[Problem]) -> Any:
        content = composed.parts.get(part)
        if content is None:  # said already: the file is missing, or cannot be read
            return None
        listed = [composed.parts[SCHEME].get(name) for name in OFFERED] if part in ASKING else []
        key = (part, id(content), *(id(one) for one in listed))
        if key not in self._parsed:
            own: list[Problem] = []
            if part in ASKING and terms:
                content = filled(content, terms, lambda key, reason: own.append((part, key, reason)))
            self._parsed[key] = _parsed(part, content, own), own, (composed, listed)
        parsed, own, _held = self._parsed[key]
        problems.extend(own)
        return parsed


def _parsed(part: str, content: Any, problems: list[Problem]) -> Any:
    try:
        return PARTS[part].model_validate(content)
    except ValidationError as error:
        problems.extend((part, *told) for told in _told(content, error))
        return None


def _told(content: Any, error: ValidationError) -> Iterator[tuple[str, str]]:
    places = [one["loc"] for one in error.errors()]
    for one in error.errors():
        here = one["loc"]
        # A list whose only item is wrong is also reported as empty: the item is what to mend.
        if one["type"] == "too_short" and any(place[: len(here)] == here and place != here for place in places):
            continue
        yield _path(content, here), _reason(one["type"], one["msg"])


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


def _composed(terms: Terms, parsed: dict[str, Any], fees_since: date) -> Scheme:
    reports: Reports = parsed.get("reports", Reports())
    transfers: Transfers | None = parsed.get("transfers")
    return Scheme.model_construct(
        **{name: getattr(terms, name) for name in Terms.model_fields},
        standards=parsed["standards"].standards,
        standard_sections=parsed["standards"].sections,
        fees=parsed["fees"],
        fees_since=fees_since,
        form=parsed["form"],
        checks=parsed["checks"].checks,
        requests=parsed.get("requests", Requests()).requests,
        triggers=parsed["triggers"].triggers,
        letters=parsed["letters"].letters + (transfers.letters if transfers else ()),
        renewals=parsed.get("renewals", Renewals()),
        reporting=reports.reporting,
        objections=reports.objections,
        guarded=reports.guarded,
        formal_check=parsed.get("formal_check"),
        holding=parsed.get("holding", HoldingTerms()),
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
        targeting=parsed.get("targeting", TargetingFile()).targeting,
        transferring=transfers.transferring if transfers else None,
        sanctions=parsed.get("sanctions"),
        statistics=parsed.get("statistics", Statistics()),
        disclosure=parsed.get("disclosure", Disclosure()),
        contradictions=parsed.get("contradictions", ContradictionTerms()),
        tasks=parsed.get("tasks", TasksFile()),
        asking=parsed.get("asking", RequestTerms()),
        worker_help=parsed.get("worker_help"),
    )
