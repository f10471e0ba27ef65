"""What following tasks adds to the heaviest moves: `python -m tests.benchmarks.moves [--cases 40]`.

Submitting an application, deciding, and confirming the report of an inspection, each by its real action, commit included: with tasks, and
with nothing in the place of `registry.tasks.following.follow`, case by case in turns, so that the load of the machine is in both.
In DATABASE_URL if it is set, which must be empty; else on SQLite in a file under var/benchmarks, made again. Milliseconds are processor time
of this process: on PostgreSQL without the server's.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from unittest.mock import patch

from tests.benchmarks import data

FOLDER = data.FOLDER / "moves"
if "DATABASE_URL" not in os.environ:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("registry.sqlite3*"):
        old.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'registry.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.inspections import actions as inspections
from compliance.inspections.models import InspectionKind
from licensing.applications.actions import applications
from licensing.decisions.actions import decisions
from registry.licences.models import Licence
from registry.tasks.models import Task
from tests import database, people, stories
from tests.benchmarks import frame
from tests.compliance.stories import an_inspection_reported
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, an_application_checked

ACTIONS = ("submit an application", "decide: grant a licence and publish it", "confirm an inspection of it")
Spent = dict[str, list[float]]


def without_tasks() -> AbstractContextManager[object]:
    return patch("registry.trail.actions.events.follow")


def one_case(number: int, measure: Callable[[str, Callable[[], object]], None]) -> None:
    """A case from its draft to its licence; the three actions are measured."""
    by, officer = people.person("applicant"), people.person("case_officer")
    decider, reviewer = people.person("decision_maker"), people.person("quality_reviewer")
    draft = stories.an_application(stories.a_provider(f"Measured Hands {number} Ltd", by=by, at=NOW), at=NOW)
    answered = stories.an_application_answered(draft, at=NOW)
    measure(ACTIONS[0], lambda: applications.submit(answered, by=by, at=NOW))
    answered.refresh_from_db()
    paid = stories.an_application_paid(answered, at=NOW)
    assessed = stories.an_application_being_assessed(paid, case_officer=officer, at=NOW)
    proposal = a_grant_proposed(an_application_checked(assessed, at=NOW), by=officer, at=NOW)
    measure(ACTIONS[1], lambda: decisions.decide(proposal, because="As proposed.", by=decider, at=NOW))
    licence = Licence.objects.get(organisation=assessed.organisation)
    of_licence = {"case": "", "licence_number": licence.number, "kind": InspectionKind.COMPLIANCE}
    visit = an_inspection_reported(organisation=assessed.organisation, by=officer, **of_licence)
    measure(ACTIONS[2], lambda: inspections.confirm(visit, by=reviewer, at=NOW))


def run(cases: int) -> tuple[dict[bool, Spent], dict[bool, dict[str, int]]]:
    """Seconds of processor, and statements, with tasks (True) and without."""
    spent: dict[bool, Spent] = {True: defaultdict(list), False: defaultdict(list)}
    statements: dict[bool, dict[str, int]] = {True: {}, False: {}}

    def timed(name: str, act: Callable[[], object], *, tasks: bool) -> None:
        before = time.process_time()
        act()
        spent[tasks][name].append(time.process_time() - before)

    def counted(name: str, act: Callable[[], object], *, tasks: bool) -> None:
        with CaptureQueriesContext(connection) as queries:
            act()
        statements[tasks][name] = len(queries)

    # The first two warm up what is read once in a process, and are counted.
    for number in range(-1, cases):
        for tasks in (True, False) if number % 2 else (False, True):
            with nullcontext() if tasks else without_tasks():
                measure = timed if number >= 0 else counted
                one_case(2 * number + tasks, lambda name, act: measure(name, act, tasks=tasks))  # noqa: B023
    return spent, statements


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=40)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    database.load_reference_data()
    print(frame.machine())
    spent, statements = run(asked.cases)
    rows = []
    for name in ACTIONS:
        took = {tasks: frame.median(spent[tasks][name]) for tasks in (True, False)}
        ratio = f"{took[True] / took[False]:.2f}"
        counts = [str(statements[tasks][name]) for tasks in (False, True)]
        rows.append([name, frame.ms(took[False]), frame.ms(took[True]), ratio, *counts])
    total = {tasks: sum(frame.median(spent[tasks][name]) for name in ACTIONS) for tasks in (True, False)}
    rows.append(
        ["together", frame.ms(total[False]), frame.ms(total[True]), f"{total[True] / total[False]:.2f}", "", ""]
    )
    frame.table(
        f"{asked.cases} cases each way, {Task.objects.count():,} tasks, median milliseconds of processor",
        ["action", "without tasks", "with tasks", "ratio", "statements without", "with"],
        rows,
    )


if __name__ == "__main__":
    main()
