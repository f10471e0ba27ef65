"""Guards: what the database itself refuses, said once and written for both engines.

The rules refuse with a reason; a guard holds for whoever comes by SQL (docs/rules.md G7, T9). Each becomes a trigger, on
PostgreSQL with a function of its own. In `when`, NEW and OLD are as both engines know them, and IS [NOT] DISTINCT FROM
is how two columns that may be empty are compared. What is always refused is refused of a TRUNCATE too.

A later migration adds guards by `CreateGuards(app, of)` and takes some out by `DropGuards(app, of)`. SQLite makes a new table
when one is altered, without its triggers, and looks at triggers of other tables that name it: so a migration that alters a
table that is there puts its operations into `keeping_triggers(…)`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.db import migrations
from django.db.migrations.operations.base import Operation

ALWAYS = "TRUE"
CONFLICT = "a conflict of interest with this organisation has been declared"


class Guard(NamedTuple):
    """`event`: INSERT, UPDATE, UPDATE OF column or DELETE. Refused `when` that holds, with the words that `says` gives.

    `never_all`: a guard of a DELETE that lets single rows go still refuses a TRUNCATE.
    """

    name: str
    table: str
    event: str
    when: str
    says: str
    never_all: bool = False


#: By engine, as a table of generated columns or a body of several statements may need to be said in two ways.
Guards = Callable[[str], Iterable[Guard]]


def same(*columns: str) -> str:
    """Each of these columns, of which any may be empty, is as it was."""
    return " AND ".join(f'NEW."{one}" IS NOT DISTINCT FROM OLD."{one}"' for one in columns)


def changed(*columns: str) -> str:
    """Any of these columns, of which any may be empty, is another than it was."""
    return " OR ".join(f'NEW."{one}" IS DISTINCT FROM OLD."{one}"' for one in columns)


def in_order(moves: dict[str, Iterable[str]]) -> str:
    """The status goes from one to another that may follow it."""
    return " OR ".join(
        f"OLD.status = '{before}' AND NEW.status IN ({', '.join(map(repr, after))})" for before, after in moves.items()
    )


def conflicted(officer: str, organisation: str = "NEW.organisation_id") -> str:
    """That this officer has declared a conflict of interest with this organisation, which is not over: refused with `CONFLICT`."""
    return (
        f"EXISTS (SELECT 1 FROM registry_conflict WHERE until IS NULL AND officer_id = {officer}"
        f" AND organisation_id = {organisation})"
    )


def stays(table: str, name: str, says: str) -> Iterator[Guard]:
    """Rows are put in, and neither changed nor taken out."""
    yield Guard(f"{name}_update", table, "UPDATE", ALWAYS, says)
    yield Guard(f"{name}_delete", table, "DELETE", ALWAYS, says)


def erased(kind: str, rule: str, reference: str) -> str:
    """That an erasure of this thing by this line of the table of retention was written down before."""
    return f"EXISTS (SELECT 1 FROM registry_erasure WHERE kind = '{kind}' AND rule = '{rule}' AND reference = {reference})"


def goes_with(trace: str, table: str, name: str, says: str) -> Guard:
    """Rows are taken out only with this trace."""
    return Guard(name, table, "DELETE", f"NOT {trace}", says, never_all=True)


def not_replaced(vendor: str, table: str, name: str, clash: str, says: str) -> Iterator[Guard]:
    """INSERT OR REPLACE of SQLite takes the row out without telling the guards of a DELETE. `clash` is of the row there."""
    if vendor == "sqlite":
        yield Guard(f"{name}_replace", table, "INSERT", f"EXISTS (SELECT 1 FROM {table} WHERE {clash})", says)


def statements(vendor: str, app: str, guards: Iterable[Guard]) -> Iterator[str]:
    for one in guards:
        yield from _on_sqlite(one) if vendor == "sqlite" else _on_postgresql(app, one)


def _on_sqlite(guard: Guard) -> Iterator[str]:
    # SQLite knows IS DISTINCT FROM only since 3.39.
    when = guard.when.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")
    condition = "" if when == ALWAYS else f"WHEN {when} "
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
    )


def _on_postgresql(app: str, guard: Guard) -> Iterator[str]:
    raised = f"RAISE EXCEPTION '{guard.says}' USING ERRCODE = 'integrity_constraint_violation';"
    body = raised if guard.when == ALWAYS else f"IF {guard.when} THEN {raised} END IF;"
    row = "OLD" if guard.event == "DELETE" else "NEW"
    function = f"{app}_{guard.name}"
    yield f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {row}; END $$"
    yield f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    refuses_all = function
    if guard.never_all:
        refuses_all = f"{function}_all"
        yield f"CREATE FUNCTION {refuses_all}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised} END $$"
    if guard.never_all or (guard.event, guard.when) == ("DELETE", ALWAYS):
        yield (
            f"CREATE TRIGGER {guard.name}_all BEFORE TRUNCATE ON {guard.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {refuses_all}()"
        )


def _back(vendor: str, app: str, guards: Iterable[Guard]) -> Iterator[str]:
    for one in guards:
        if vendor == "sqlite":
            yield f"DROP TRIGGER {one.name}"
        else:
            yield f"DROP FUNCTION {app}_{one.name} CASCADE"
            if one.never_all:
                yield f"DROP FUNCTION {app}_{one.name}_all CASCADE"


class CreateGuards(Operation):
    """The operation that creates these guards; undone, it drops them. A class of its own: it needs no models rendered."""

    def __init__(self, app: str, *of: Guards) -> None:
        self.app, self.of = app, of

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Guards are no part of what Django knows of a table."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        _execute(schema_editor, statements(schema_editor.connection.vendor, self.app, self._guards(schema_editor)))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        _execute(schema_editor, _back(schema_editor.connection.vendor, self.app, self._guards(schema_editor)))

    def _guards(self, schema_editor: Any) -> list[Guard]:
        return [one for guards in self.of for one in guards(schema_editor.connection.vendor)]

    def describe(self) -> str:
        return f"Create guards of {self.app}"


class DropGuards(CreateGuards):
    """The operation that drops these guards, as when others follow them; undone, it creates them."""

    def database_forwards(self, *given: Any) -> None:
        super().database_backwards(*given)

    def database_backwards(self, *given: Any) -> None:
        super().database_forwards(*given)

    def describe(self) -> str:
        return f"Drop guards of {self.app}"


class DropAllGuards(Operation):
    """The operation that drops all guards of the tables of an app: those of before the first release."""

    def __init__(self, app: str) -> None:
        self.app = app

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Guards are no part of what Django knows of a table."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        vendor = schema_editor.connection.vendor
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_FOUND[vendor], [f"{self.app}\\_%"])
            found = [name for (name,) in cursor.fetchall()]
        _execute(schema_editor, (_DROP[vendor].format(name) for name in found))

    def database_backwards(self, *given: Any) -> None:
        """They come back with the migrations that created them."""

    def describe(self) -> str:
        return f"Drop former guards of {self.app}"


_FOUND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE %s ESCAPE '\\'",
    "postgresql": """SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger
                     WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE %s""",
}
_DROP = {"sqlite": 'DROP TRIGGER "{}"', "postgresql": "DROP FUNCTION {} CASCADE"}


class RunStatements(Operation):
    """The operation that does something by SQL, and undoes it. Unlike `RunPython` it needs no models rendered, which takes a second."""

    def __init__(self, forwards: Callable[[Any], None], backwards: Callable[[Any], None]) -> None:
        self.forwards, self.backwards = forwards, backwards

    def state_forwards(self, app_label: str, state: Any) -> None:
        """What is done by SQL is no part of what Django knows of a table."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.forwards(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.backwards(schema_editor)

    def describe(self) -> str:
        return "Run SQL of ours"


def on_postgresql(forwards: Iterable[str], backwards: Iterable[str]) -> RunStatements:
    """The operation that runs what PostgreSQL alone knows, and what undoes it."""

    def run(what: Iterable[str]) -> Callable[[Any], None]:
        return lambda editor: _execute(editor, what if editor.connection.vendor == "postgresql" else ())

    return RunStatements(run(forwards), run(backwards))


def keeping_triggers(*operations: Any) -> list[Any]:
    """These operations; on SQLite every trigger that is there is dropped before them and created again after them."""
    dropped: list[str] = []

    def drop(editor: Any) -> None:
        if editor.connection.vendor != "sqlite":
            return
        with editor.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            found = cursor.fetchall()
        dropped[:] = [sql for _name, sql in found]
        _execute(editor, (f'DROP TRIGGER "{name}"' for name, _sql in found))

    def create(editor: Any) -> None:
        _execute(editor, dropped)
        dropped.clear()

    return [RunStatements(drop, create), *operations, RunStatements(create, drop)]


def _execute(editor: Any, what: Iterable[str]) -> None:
    for statement in what:
        editor.execute(statement, params=None)
