"""Scheme rules as data: what a sector's licensing asks, costs, tests and says, by the day from which it holds.

`packs/<scheme>/<date in force>/*.toml`. Data holds nouns and numbers; Python holds verbs. A case is pinned to the
version of the day on which it was handed in; a released version is never edited, a correction is a new version.

    schemes.in_force("a-scheme", on).fee(turnover)
    schemes.get(licence.scheme, licence.version).standard("1.1")

Further folders of packs may be named in the environment variable REGISTRY_PACKS, separated as in PATH.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from registry.schemes.asking import EARLIEST_REMINDER as EARLIEST_REMINDER
from registry.schemes.asking import RequestTerms as RequestTerms
from registry.schemes.conditions import DERIVED as DERIVED
from registry.schemes.conditions import AnswerCondition as AnswerCondition
from registry.schemes.conditions import Clause as Clause
from registry.schemes.conditions import holds as holds
from registry.schemes.content import content as content
from registry.schemes.contradictions import ContradictionRule as ContradictionRule
from registry.schemes.contradictions import ContradictionTerms as ContradictionTerms
from registry.schemes.disclosure import Disclosure as Disclosure
from registry.schemes.documents import Requirement as Requirement
from registry.schemes.factors import Factor as Factor
from registry.schemes.faults import Fault as Fault
from registry.schemes.form import AnswerChoice as AnswerChoice
from registry.schemes.form import Form as Form
from registry.schemes.form import FormPage as FormPage
from registry.schemes.form import FormQuestion as FormQuestion
from registry.schemes.form import ListOf as ListOf
from registry.schemes.form import Section as Section
from registry.schemes.form import drawn_as_one as drawn_as_one
from registry.schemes.holding import ChangeKind as ChangeKind
from registry.schemes.intelligence import GradeTerms as GradeTerms
from registry.schemes.intelligence import HandlingCode as HandlingCode
from registry.schemes.intelligence import Indicator as Indicator
from registry.schemes.intelligence import IntelligenceTerms as IntelligenceTerms
from registry.schemes.intelligence import OffenderMethod as OffenderMethod
from registry.schemes.intelligence import Priority as Priority
from registry.schemes.intelligence import ReleaseCheck as ReleaseCheck
from registry.schemes.interviews import InterviewExplanation as InterviewExplanation
from registry.schemes.interviews import InterviewQuestion as InterviewQuestion
from registry.schemes.interviews import Interviews as Interviews
from registry.schemes.interviews import SampleSize as SampleSize
from registry.schemes.letters import LetterWording as LetterWording
from registry.schemes.loading import BrokenPack as BrokenPack
from registry.schemes.loading import file_of_key
from registry.schemes.loading import load as load
from registry.schemes.parts import Parts as Parts
from registry.schemes.reports import GuardedKind as GuardedKind
from registry.schemes.reports import Objections as Objections
from registry.schemes.reports import ReportingTerms as ReportingTerms
from registry.schemes.reports import SharingBasis as SharingBasis
from registry.schemes.reports import StatedBasis as StatedBasis
from registry.schemes.retention import RetentionRule as RetentionRule
from registry.schemes.review import PackChange as PackChange
from registry.schemes.review import changes as changes
from registry.schemes.review import to_review as to_review
from registry.schemes.scheme import CheckKind as CheckKind
from registry.schemes.scheme import FeeKind as FeeKind
from registry.schemes.scheme import FormalCheckTerms as FormalCheckTerms
from registry.schemes.scheme import Scheme as Scheme
from registry.schemes.scheme import Standard as Standard
from registry.schemes.scheme import StandardSection as StandardSection
from registry.schemes.scheme import Trigger as Trigger
from registry.schemes.scheme import Unknown as Unknown
from registry.schemes.targeting import ScoreStep as ScoreStep
from registry.schemes.targeting import Targeting as Targeting
from registry.schemes.targeting import TargetingSignal as TargetingSignal
from registry.schemes.tasks import TrainingKind as TrainingKind
from registry.schemes.terms import HelpLine as HelpLine
from registry.schemes.terms import Sector as Sector
from registry.schemes.texts import Text as Text
from registry.schemes.texts import coded as coded
from registry.schemes.texts import said as said
from registry.schemes.texts import say_by as say_by
from registry.schemes.worker_help import HelpCall as HelpCall
from registry.schemes.worker_help import HelpTopic as HelpTopic
from registry.schemes.worker_help import WageRates as WageRates
from registry.schemes.worker_help import WorkerHelp as WorkerHelp
from registry.schemes.worker_help import WorkerLetter as WorkerLetter


class NoSchemeInForce(Unknown):
    """No version of the scheme held on that day, or there is no such scheme or version."""


def _roots_from_environment() -> list[Path]:
    further = os.environ.get("REGISTRY_PACKS", "")
    return [Path(__file__).parent / "packs", *(Path(root) for root in further.split(os.pathsep) if root)]


PACKS: list[Path] = _roots_from_environment()


def names() -> tuple[str, ...]:
    return tuple(sorted(_all()))


def versions(name: str) -> tuple[date, ...]:
    """The days from which the versions of a scheme hold, oldest first. One that another took in holds on no day."""
    return tuple(sorted(day for day, scheme in _versions_of(name).items() if scheme.merged_into is None))


def get(name: str, version: date | str) -> Scheme:
    """Exactly this version: what a case was pinned to. One that another took in says what that one says."""
    day = date.fromisoformat(version) if isinstance(version, str) else version
    try:
        return _versions_of(name)[day]
    except KeyError:
        raise NoSchemeInForce(f"{name} has no version of {day}") from None


def first_in_force(day: date) -> Scheme:
    """The version that held on this day, of the first scheme that had one: for what belongs to no scheme."""
    held = next((name for name in names() if any(version <= day for version in versions(name))), None)
    if held is None:
        raise NoSchemeInForce(f"no scheme was in force on {day}")
    return in_force(held, day)


def in_force(name: str, day: date) -> Scheme:
    """The version that held on this day: the latest that came into force on or before it."""
    held = [version for version in versions(name) if version <= day]
    if not held:
        raise NoSchemeInForce(f"no version of {name} was in force on {day}")
    return get(name, held[-1])


def all_in_force(day: date, *, named: str = "") -> list[Scheme]:
    """The version that held on this day of every scheme that had begun; where one is named, of that one alone."""
    found = (name for name in names() if name == named or not named)
    return [in_force(name, day) for name in found if versions(name)[0] <= day]


def known_on(name: str, day: date) -> Scheme:
    """The version that held on this day; of a day before there was any, the first: its words are still needed."""
    return in_force(name, max(day, versions(name)[0]))


def file_of(scheme: Scheme, key: str) -> str:
    """In which file one looks for what this version says under this key; the folder of the scheme where none says it."""
    found = (folder for root in PACKS if (folder := root / scheme.name).is_dir())
    said = (file for folder in found if (file := file_of_key(folder, scheme, key)))
    return next(said, scheme.name)


def faults_found() -> tuple[Fault, ...]:
    """Every fault of every pack: none, when all can be loaded."""
    try:
        _all()
    except BrokenPack as broken:
        return broken.faults
    return ()


@contextmanager
def use(roots: list[Path]) -> Iterator[None]:
    """Take the packs from these folders instead, for as long as the block lasts: for tests and for trying a draft.

    A folder is read once in a process; what is edited afterwards is not seen.
    """
    former = PACKS[:]
    PACKS[:] = roots
    try:
        yield
    finally:
        PACKS[:] = former


def _versions_of(name: str) -> dict[date, Scheme]:
    try:
        return _all()[name]
    except KeyError:
        raise NoSchemeInForce(f"there is no scheme named {name}") from None


def _all() -> dict[str, dict[date, Scheme]]:
    return _loaded(tuple(PACKS))


_loaded_alone = lru_cache(maxsize=8)(load)


@lru_cache(maxsize=8)
def _loaded(roots: tuple[Path, ...]) -> dict[str, dict[date, Scheme]]:
    # A root may bring further schemes, or further versions of a scheme; the same version twice is the later root's.
    found: dict[str, dict[date, Scheme]] = {}
    faults: list[Fault] = []
    for root in roots:
        try:
            for name, by_version in _loaded_alone(root).items():
                found.setdefault(name, {}).update(by_version)
        except BrokenPack as broken:
            faults.extend(broken.faults)
    if faults:
        raise BrokenPack(tuple(faults))
    return found
