"""Sample data in bulk: what is copied is what the actions write; nothing doubles; the same seed makes the same data."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from pytest_django import Settings

from compliance.inspection_reports import queries as visit_reports
from compliance.inspection_reports.models import ReportVersion
from compliance.safeguarding.models.concerns import SafeguardingConcern
from config.demo import bulk as demo_bulk
from config.demo import bulk_kinds as bulk
from config.demo import casting as stories
from config.demo import copies, histories, loading, made_up, parts, reporting, sheets
from config.demo import stories as demo_stories
from config.demo.bulk import Load, Series, Sizes
from config.demo.bulk_kinds import FirmKind
from config.demo.copies import Copy
from config.demo.pattern_tables import INDEX, OWN_APPS, PatternTable
from config.demo.patterns import Pattern
from registry import search as index
from registry import signing
from registry.accounts.models import SignIn, User
from registry.companies.models import Company, CompanyPerson
from registry.integrity import covering
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.matching.models import Trait
from registry.register import queries as register
from registry.register.models import Entry, Listing
from registry.register.states import Standing
from registry.schemes.models import PackEdition
from registry.search.models import IndexedName
from registry.tasks.models import Task
from registry.trail.actions import events as trail
from registry.trail.models.covered import RowDigest
from registry.trail.models.events import Counter
from registry.trail.queries import chain
from registry.watchlists.models import ListedParty
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

SMALL = Sizes(0, 0, 0)
AT = NOW + timedelta(days=22)
# What is another in every database, or drawn by chance. The sheet of a letter has the head of the trail on it: a copy has
# none, and is set when it is opened, from the facts that are compared.
CHANCE = frozenset(
    {"covers", "password", "hash", "previous_hash", "trail_hash", "last_login", "stored_as", "sheet", "key"}
)
REFERENCE = re.compile(r"\b[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[a-z]-[0-9a-z]{4}-[0-9a-z]{4}\b")


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    """Files are accepted at once: a licence is granted on what it requires."""
    settings.CLAMD_ADDRESS = "none"


@pytest.fixture
def load() -> Load:
    list(loading.people(AT))
    return Load.begun(SMALL, seed=demo_bulk.SEED, at=AT)


def firm_of(load: Load, pattern: Pattern, kind: FirmKind) -> made_up.Firm:
    adverse = kind.ends in demo_bulk.ADVERSE
    return made_up.alike(Random(7), 4711, like=pattern.firm, scheme=kind.scheme, invented_place=adverse)


def tables() -> list[PatternTable]:
    models = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    # From files, which are no part of a firm’s story; and what is made of all rows at the end: digests, versions and tasks.
    left_out = (Company, CompanyPerson, ListedParty, PackEdition, RowDigest, SignIn, Task)
    return [PatternTable(model) for model in models if model not in left_out]


def written(write: Callable[[], object]) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that this leaves, with names by order of appearance instead of numbers; it is taken back."""
    counters = dict(Counter.objects.values_list("name", "value"))
    last = {table.name: table.last() for table in tables() if table.model is not Counter}
    with transaction.atomic():
        write()
        rows = {table.name: _in_order(table, table.after(last[table.name])) for table in tables() if table.name in last}
        drawn = {
            name: value - counters.get(name, 0)
            for name, value in Counter.objects.exclude(name=copies.CODES).values_list("name", "value")
        }
        transaction.set_rollback(True)
    events = last["registry_event"]
    for letter in rows["registry_letter"]:
        letter["trail_number"] -= events
    digests = _digests_of_reports(rows)
    found = _with_reports_named(_named(rows), digests)
    return {**found, "counters": [drawn]}


def _in_order(table: PatternTable, rows: list[list[Any]]) -> list[dict[str, Any]]:
    said = [dict(zip(table.columns, row, strict=True)) for row in rows]
    for row in said:
        for nth in table.json:
            column = table.columns[nth]
            row[column] = row[column] and json.loads(row[column])
    return said


def _named(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    _name_keys(rows)
    # The rest of the index follows from the names; marks are made by triggers, in the order in which these run.
    for table in tables():
        if table.model.__module__ == INDEX and table.name not in UNORDERED:
            rows.pop(table.name)
    for unordered in UNORDERED:
        rows[unordered] = sorted(({**row, "id": ""} for row in rows[unordered]), key=str)
    said: dict[str, str] = {}
    return {
        name: [{column: _plain(value, said) for column, value in row.items() if column not in CHANCE} for row in some]
        for name, some in rows.items()
    }


def _digests_of_reports(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """References are drawn by chance, and a report names some: all that can be said of its digest is whether it is right."""
    reports = [*rows["compliance_reportversion"], *rows["compliance_reportsending"]]
    return [row["digest"] for row in reports if row["digest"] == signing.digest(row["content"])]


def _with_reports_named(found: dict[str, list[dict[str, Any]]], digests: list[str]) -> dict[str, list[dict[str, Any]]]:
    text = json.dumps(found)
    for nth, digest in enumerate(digests):
        text = text.replace(digest, f"digest of report {nth}")
    said: dict[str, list[dict[str, Any]]] = json.loads(text)
    return said


UNORDERED = ("registry_indexedname", "registry_indexedclue", "licensing_casemark", "registry_trait")
SUBJECTS = {
    "public": "registry_listing",
    "staff": "registry_organisation",
    "people": "registry_person",
    "premises": "registry_premises",
}


def _name_keys(rows: dict[str, list[dict[str, Any]]]) -> None:
    keys = {
        (table.name, row[table.columns[table.key]]): f"{table.name} {nth}"
        for table in tables()
        for nth, row in enumerate(rows.get(table.name, ()))
    }
    for table in tables():
        refers = {table.columns[nth]: name for nth, name in (*table.refers.items(), (table.key, table.name))}
        for row in rows.get(table.name, ()):
            row |= {column: keys.get((name, row[column]), row[column]) for column, name in refers.items()}
    for row in (*rows["registry_indexedname"], *rows["registry_indexedclue"]):
        row["subject"] = keys[SUBJECTS[row["space"]], row["subject"]]


def _plain(value: Any, said: dict[str, str]) -> Any:
    """The value with each reference by the order in which it first came."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    text = REFERENCE.sub(lambda found: said.setdefault(found[0].upper(), f"reference {len(said)}"), text)
    return json.loads(text)


def without_codes(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Codes are drawn by chance, and have no form by which they could be told from other words."""
    for table, column in (("registry_listing", "code"), ("licensing_application", "payment_reference")):
        codes = [row[column] for row in found[table] if row[column]]
        for code in codes:
            found = json.loads(json.dumps(found).replace(code, column))
    return found


def differences(one: dict[str, list[dict[str, Any]]], other: dict[str, list[dict[str, Any]]]) -> list[object]:
    """Whatever is not the same in both, short enough to be read."""
    found: list[object] = [
        (name, len(one[name]), len(other[name])) for name in one if len(one[name]) != len(other[name])
    ]
    for name in one:
        for mine, its in zip(one[name], other[name], strict=False):
            found += [(name, key, mine.get(key), its.get(key)) for key in mine | its if mine.get(key) != its.get(key)]
    return found


def told(story: stories.Story) -> None:
    for _step in stories.play([story], until=AT):
        pass
    # The letters of the samples have long been sent.
    for letter in Letter.objects.filter(outbox__sent_at=None):
        sending.send(letter, at=letter.at)


# Each is told and copied; all kinds would take minutes and show little more.
PROVIDERS = ("held", "condition_failed", "suspension_lifted", "ended", "renamed", "moved")
APPLICATIONS = ("draft", "answered", "inspection_returned", "refused", "withdrawn", "revoked")
EACH = [
    *{
        kind.ends: ("providers", kind, histories.registered) for kind in bulk.PROVIDERS if kind.ends in PROVIDERS
    }.values(),
    *{
        kind.ends: ("applications", kind, demo_stories.application)
        for kind in bulk.APPLICATIONS
        if kind.ends in APPLICATIONS
    }.values(),
]


@pytest.mark.parametrize(("series", "kind", "tell"), EACH, ids=[f"{series}: {kind.ends}" for series, kind, _t in EACH])
def test_a_copy_is_row_by_row_what_the_actions_write_for_the_same_firm_on_the_same_day(
    series: str, kind: FirmKind, tell: Callable[..., stories.Story], load: Load
) -> None:
    pattern = load._told(kind, Random(3), tell)
    firm, days, seconds = firm_of(load, pattern, kind), pattern.shifts[-1], 4321
    began = pattern.began + timedelta(days=days, seconds=seconds)

    acted = written(lambda: told(pattern.tell(firm, began)))
    copied = written(lambda: copies.write([Copy(pattern, firm, days, seconds)]))

    assert len(pattern.shifts) > 1
    assert acted["registry_event"]
    assert differences(without_codes(copied), without_codes(acted)) == []


def a_holder(load: Load) -> Licence:
    """A licence that has been held for some months, written in bulk."""
    kind = next(kind for kind in bulk.PROVIDERS if kind.ends == "licensed" and kind.at_least > 200)
    pattern = load._told(kind, Random(3), histories.registered)
    copies.write([Copy(pattern, firm_of(load, pattern, kind), pattern.shifts[0])])
    return Licence.objects.select_related("organisation").latest("pk")


def test_a_copied_visit_is_row_by_row_what_the_actions_write(load: Load) -> None:
    licence = a_holder(load)
    kind = next(kind for kind in bulk.INSPECTIONS if kind.ends == "inspection_unmet")
    pattern = load._pattern_of_visit(kind, licence.version)
    days = pattern.shifts[0]
    known = {"organisation": str(licence.organisation_id), **demo_bulk.known_of(licence)}
    cast = load.cast_of_visit(kind, licence.version)
    began = pattern.began + timedelta(days=days)

    acted = written(lambda: told(histories.visited(cast, licence, kind.ends, began)))
    copied = written(lambda: copies.write([Copy(pattern, pattern.firm, days, 0, known)]))

    assert [row["finding"] for row in acted["compliance_result"]].count("not_met") == 2
    assert differences(copied, acted) == []


@pytest.mark.parametrize("ends", ["inspection_returned", "refused"])
def test_a_copied_report_has_the_digest_of_what_it_says_of_the_copy(ends: str, load: Load) -> None:
    kind = next(kind for kind in bulk.APPLICATIONS if kind.ends == ends)
    pattern = load._told(kind, Random(3), demo_stories.application)

    copies.write([Copy(pattern, firm_of(load, pattern, kind), pattern.shifts[-1], 4321)])

    (version,) = ReportVersion.objects.all()
    assert version.content == visit_reports.content_now(version.inspection)
    assert version.digest == signing.digest(version.content)
    assert [*visit_reports.faults()] == []


# What becomes of a firm → what the register says of it on the day of the load, however its days were moved.
STANDINGS = {
    "licensed": Standing.LICENSED,
    "with_conditions": Standing.LICENSED_WITH_CONDITIONS,
    "revocation_to_come": Standing.REVOCATION_TO_COME,
    "suspended": Standing.SUSPENDED,
    "revoked": Standing.REVOKED,
    "surrendered": Standing.SURRENDERED,
    "expired": Standing.EXPIRED,
    "conditions_met": Standing.LICENSED,
    "suspension_lifted": Standing.LICENSED,
}


@pytest.mark.parametrize("ends", STANDINGS)
def test_each_kind_stands_as_it_is_meant_to_on_its_first_and_on_its_last_day(ends: str, load: Load) -> None:
    kind = next(kind for kind in bulk.PROVIDERS if kind.ends == ends)
    pattern = load._told(kind, Random(3), histories.registered)
    firm = firm_of(load, pattern, kind)
    # One e-mail address is one user.
    other = made_up.alike(Random(8), 4712, like=pattern.firm, scheme=kind.scheme, invented_place=False)

    copies.write([Copy(pattern, firm, pattern.shifts[0]), Copy(pattern, other, pattern.shifts[-1])])

    shown = Entry.objects.shown_at(AT).standing_on(AT.date())
    assert [entry.standing for entry in shown] == [STANDINGS[ends]] * 2


def test_a_concern_about_forced_labour_is_known_by_a_name_of_its_own_in_each_copy(load: Load) -> None:
    kind = next(kind for kind in bulk.APPLICATIONS if kind.ends == "inspection_reported")
    pattern = load._told(kind, Random(3), demo_stories.application)
    others = [
        made_up.alike(Random(8), 4712 + nth, like=pattern.firm, scheme=kind.scheme, invented_place=False)
        for nth in range(2)
    ]

    copies.write([Copy(pattern, other, pattern.shifts[0]) for other in others])

    known = [*SafeguardingConcern.objects.values_list("reference", flat=True)]
    assert len(set(known)) == 2 and all(re.fullmatch(r"WC-\w{4}-\w{4}", one) for one in known)


# The whole load, small.

COUNTS = {"providers": 12, "applications": 6, "inspections": 2}


def loaded(load: Load, *, chunk: int) -> None:
    for series in small(load, chunk=chunk):
        for _count in series.load():
            pass


def small(load: Load, *, chunk: int) -> list[Series]:
    wanted = (series for series in load.series() if series.name in COUNTS)
    return [replace(series, size=COUNTS[series.name], chunk=chunk) for series in wanted]


BY_THE_DATABASE = ("licensing_casemark", "registry_trait")


def everything() -> str:
    """A digest of every row with its numbers and hashes, where it is not the database alone that numbers them."""
    kept = [
        [table.name, *([str(value) for value in row] for row in table.after(0))]
        for table in tables()
        if table.model not in {Counter, User} and table.model.__module__ != INDEX and table.name not in BY_THE_DATABASE
    ]
    found = Trait.objects.values_list("organisation", "person", "kind", "key")
    traits = sorted([str(value) for value in row] for row in found)
    users = User.objects.order_by("pk").values_list("email", "name", "joined_at")
    counters = Counter.objects.order_by("name").values_list("name", "value", "hash")
    names = IndexedName.objects.order_by("pk").values_list("pk", "space", "subject", "kind", "text")
    return signing.digest([kept, [list(row) for row in (*users, *counters, *names, *traits)]])


@pytest.fixture
def few_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telling each kind takes its time: some are enough."""
    settled = [kind for kind in bulk.PROVIDERS if kind.ends == "licensed" and 200 < kind.at_least < 300]
    monkeypatch.setattr(bulk, "PROVIDERS", tuple(settled))
    monkeypatch.setattr(
        bulk, "APPLICATIONS", tuple(k for k in bulk.APPLICATIONS if k.ends == "withdrawn" and k.at_least < 100)
    )


@pytest.mark.usefixtures("few_kinds")
def test_the_same_seed_makes_the_same_rows_whether_or_not_it_was_interrupted(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest(write: Callable[[], None]) -> str:
        with transaction.atomic():
            write()
            found = everything()
            transaction.set_rollback(True)
        return found

    def interrupted() -> None:
        whole = copies.write
        calls = iter([whole, whole, stop])
        monkeypatch.setattr(copies, "write", lambda made: next(calls)(made))
        with pytest.raises(KeyboardInterrupt):
            loaded(load, chunk=5)
        monkeypatch.setattr(copies, "write", whole)
        loaded(Load.begun(SMALL, seed=demo_bulk.SEED, at=AT + timedelta(days=3)), chunk=5)

    whole = digest(lambda: loaded(load, chunk=5))

    assert digest(interrupted) == whole
    assert digest(lambda: loaded(replace(load, seed=2), chunk=5)) != whole


def stop(_made: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("few_kinds")
def test_what_is_loaded_can_be_verified_found_and_signed_in_as_by_nobody(load: Load) -> None:
    loaded(load, chunk=100)
    trail.seal()

    assert [*chain.faults(), *register.faults(), *covering.faults()] == []
    assert Listing.objects.count() == COUNTS["providers"] + COUNTS["applications"]
    assert index.is_at_last_entry()
    newest = Entry.objects.exclude(valid_from=None).latest("entry_number")
    assert index.find(newest.name, index.PUBLIC)[0].subject == newest.listing_id
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not EmailAddress.objects.exclude(email__endswith="@demo.example").exists()
    assert not Letter.objects.filter(outbox__sent_at=None).exists()


@pytest.mark.usefixtures("few_kinds")
def test_nothing_is_made_twice(load: Load) -> None:
    loaded(load, chunk=100)
    before = everything()

    loaded(load, chunk=100)

    assert everything() == before


def test_a_load_goes_on_with_the_seed_that_it_was_begun_with(load: Load) -> None:
    with pytest.raises(ValueError, match=str(demo_bulk.SEED)):
        Load.begun(SMALL, seed=demo_bulk.SEED + 1, at=AT)


def test_granted_cases_and_told_firms_count_as_providers(load: Load) -> None:
    asked = replace(load, sizes=Sizes(1200, 400, 300, 120))
    plan = {**parts.PROVIDERS, **parts.APPLICATIONS}
    told = [one.ends for one in parts.parts(plan, Random(1), scheme=loading.SCHEME, at=AT)]
    young = [
        one.ends for one in parts.parts(parts.YOUNG, Random(2), scheme=loading.YOUNG_SCHEME, at=AT, for_samples=False)
    ]

    providers, applications, inspections, reports = asked.series()

    assert applications.size == 400 - sum(ends in parts.APPLICATIONS for ends in told)
    granted = [asked.kind("applications", bulk.APPLICATIONS, nth).ends for nth in range(applications.size)]
    assert providers.size + sum(ends in demo_bulk.GRANTED for ends in granted) == 1200 - sum(
        ends in parts.PROVIDERS for ends in [*told, *young]
    )
    assert inspections.size == 300
    assert reports.size == 120 - reporting.TOLD


@pytest.mark.postgresql
def test_a_key_that_a_sequence_has_drawn_is_not_drawn_again_after_writing_in_bulk() -> None:
    drawn = [Group.objects.create(name=f"group {nth}") for nth in range(3)]
    last = drawn[-1].pk
    for group in drawn:
        group.delete()
    sheets.count_on(PatternTable(Group))
    assert Group.objects.create(name="the next").pk > last
