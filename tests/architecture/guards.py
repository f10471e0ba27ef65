"""The rules of the house that no ready-made tool knows. Each reads sources and names every place that breaks it."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tests.architecture.source import ROOT, Source, calls, chain, is_of_models

WRITES = frozenset(
    {
        "save",
        "create",
        "bulk_create",
        "update",
        "bulk_update",
        "delete",
        "get_or_create",
        "update_or_create",
    }
)


def status_is_assigned_in_one_file(sources: Iterable[Source]) -> Iterator[str]:
    """Only registry/trail/actions/events.py assigns `.status`: whoever wants to know how a status can change reads one line."""
    for source in sources:
        if source.path != "registry/trail/actions/events.py":
            for node in ast.walk(source.tree):
                if _assigns_status(node):
                    yield source.at(node, "assigns a status")


def _assigns_status(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=targets):
            return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)
        case ast.AugAssign(target=ast.Attribute(attr="status")) | ast.AnnAssign(target=ast.Attribute(attr="status")):
            return True
        case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="status"), *_]):
            return True
        case ast.Call(func=ast.Attribute(attr=name), keywords=keywords):
            return name in WRITES and any(keyword.arg == "status" for keyword in keywords)
    return False


# Who alone may write which rows. Counters write themselves, in their own QuerySet.
WRITERS = {
    "Entry": {"registry/register/actions/publishing.py"},
    "Event": {"registry/trail/actions/events.py"},
    "Consultation": {"registry/reading/actions.py"},
    "Letter": {"registry/letters/letters/sending.py"},
    "Counter": {"registry/trail/models/events.py"},
    "IndexedClue": {"registry/search/writing.py"},
    "IndexedName": {"registry/search/writing.py"},
    "IndexedWord": {"registry/search/writing.py"},
    "Misspelling": {"registry/search/writing.py"},
    "Posting": {"registry/search/writing.py"},
    "Trait": {"registry/matching/writing.py"},
}


def rows_have_one_writer(sources: Iterable[Source]) -> Iterator[str]:
    """Entries are written by the register, events by the trail, tokens by the index, letters by letters; by nobody else."""
    for source in sources:
        watched = {model for model in _models_imported(source) if source.path not in WRITERS.get(model, {source.path})}
        for call in calls(source.tree):
            names = chain(call.func)
            if names and names[0] in watched and (len(names) == 1 or names[-1] in WRITES):
                yield source.at(call, f"writes {names[0]}")


def _models_imported(source: Source) -> set[str]:
    return {
        name.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and is_of_models(node.module)
        for name in node.names
    }


# What the public face may know of the registry's tables; a user only as a type.
PUBLIC_MODELS = frozenset({"Entry", "Listing", "Release", "Withdrawal"})
# What it may write: items of the outbox, which hold neither words nor addresses.
PUBLIC_WRITES = frozenset({"OutboxItem"})


def public_face_sees_only_what_is_public(sources: Iterable[Source]) -> Iterator[str]:
    """public_lookup imports Entry, Listing, Release, which it does not write, User as a type, and OutboxItem."""
    for source in sources:
        if source.app == "public_lookup":
            yield from _private_models(source)
            for call in calls(source.tree):
                names = chain(call.func)
                if names and names[0] in PUBLIC_MODELS and (len(names) == 1 or names[-1] in WRITES):
                    yield source.at(call, f"writes {names[0]}")


def _private_models(source: Source) -> Iterator[str]:
    annotations = {id(inner) for node in ast.walk(source.tree) for inner in _annotation_parts(node)}
    for node in ast.walk(source.tree):
        for name in _registry_models_imported(node):
            if name not in PUBLIC_MODELS | PUBLIC_WRITES | {"User"}:
                yield source.at(node, f"imports {name}")
        if isinstance(node, ast.Name) and node.id == "User" and id(node) not in annotations:
            yield source.at(node, "uses User as more than a type")


def _registry_models_imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names if is_of_models(name.name)]
        case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "registry":
            return [name.name for name in names if is_of_models(module) or name.name == "models"]
    return []


def _annotation_parts(node: ast.AST) -> Iterator[ast.AST]:
    for field in ("annotation", "returns"):
        if (annotation := getattr(node, field, None)) is not None:
            yield from ast.walk(annotation)


# Facts are written down by an action that has said who did what, and each names its source; counts are kept by who may count.
#: What actions are made of: the writers of the trail and of the register, and what several actions begin with.
PARTS_OF_ACTIONS = frozenset(
    {
        "registry/trail/actions/events.py",
        "registry/register/actions/publishing.py",
        "registry/licences/actions/numbers.py",
        ("registry/reading/actions.py", "note_act"),
        ("registry/trail/actions/verifications.py", "verify_history"),
        ("licensing/applications/actions/applications.py", "own"),
    }
)
PART_OF_ANOTHER = frozenset(
    {
        ("registry/organisations/actions.py", "write_down"),
        ("compliance/statistics/actions.py", "keep"),
        ("compliance/statistics/actions.py", "freeze_quarters"),
        ("registry/disclosure/actions.py", "freeze_counts"),
    }
)


def actions_are_atomic_and_say_who_and_when(sources: Iterable[Source]) -> Iterator[str]:
    """Every public function in actions/ is one transaction, and its keyword-only arguments end `by, at`."""
    for source in sources:
        if source.is_action:
            for function in source.public_functions:
                if PARTS_OF_ACTIONS & {source.path, (source.path, function.name)}:
                    continue
                for fault in _faults_of_an_action(source, function):
                    yield source.at(function, f"{function.name} {fault}")


def _faults_of_an_action(source: Source, function: ast.FunctionDef) -> Iterator[str]:
    wanted = ["at"] if (source.path, function.name) in PART_OF_ANOTHER else ["by", "at"]
    if not any(chain(decorator)[-2:] == ["transaction", "atomic"] for decorator in function.decorator_list):
        yield "is not atomic"
    if [argument.arg for argument in function.args.kwonlyargs][-len(wanted) :] != wanted:
        yield f"does not end `{', '.join(wanted)}`"
    if ast.get_docstring(function) is None:
        yield "does not say what it does to the world"


BEATS = (
    ("allow", {("permissions", "require")}),
    ("lock", {("trail", "locked")}),
    ("judge", {("refuse_for",)}),
    ("move", {("trail", "move"), ("trail", "record")}),
    ("publish", {("register", "publish"), ("register", "hide")}),
)
ORDER = [name for name, _calls in BEATS] + ["tell"]


def beats_are_in_order(sources: Iterable[Source]) -> Iterator[str]:
    """Allow, lock, judge, move, publish, tell: an action may leave a beat out, never play it earlier."""
    for source in sources:
        if source.is_action:
            for function in source.functions:
                heard = [beat for call in _in_order(function) if (beat := _beat(call))]
                if [ORDER.index(beat) for beat in heard] != sorted(ORDER.index(beat) for beat in heard):
                    yield source.at(function, f"{function.name}: {', '.join(heard)}")


def _in_order(function: ast.FunctionDef) -> list[ast.Call]:
    return sorted(calls(function), key=lambda call: (call.lineno, call.col_offset))


def _beat(call: ast.Call) -> str:
    names = chain(call.func)
    if names[0] == "letters" and len(names) == 2:
        return "tell"
    return next((beat for beat, wanted in BEATS if tuple(names) in wanted), "")


def moves_made(sources: Iterable[Source]) -> Iterator[tuple[str, str, str]]:
    """App, public action and move, for every move that any action makes, itself or through what stands beside it."""
    for source in sources:
        if source.is_action:
            private = _private(source)
            for function in source.public_functions:
                for name in sorted(set(_moves_in(function, private))):
                    yield source.app, function.name, name


def _private(source: Source) -> dict[str, ast.AST]:
    """The private functions of a file, and its tables, through which an action may reach them."""
    tables: dict[str, ast.AST] = {}
    for node in source.tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                tables[name] = value
    return tables | {function.name: function for function in source.functions if function.name.startswith("_")}


def _moves_in(node: ast.AST, private: dict[str, ast.AST]) -> Iterator[str]:
    for call in calls(node):
        names = chain(call.func)
        if names == ["trail", "move"] or (len(names) == 1 and _moves_what_it_is_told(private.get(names[0]))):
            yield from _words(call)
    further = {name: inner for name, inner in private.items() if inner is not node}
    for name in ast.walk(node):
        if isinstance(name, ast.Name) and name.id in further:
            yield from _moves_in(further[name.id], {key: value for key, value in further.items() if key != name.id})


def _moves_what_it_is_told(function: ast.AST | None) -> bool:
    return function is not None and any(
        chain(call.func) == ["trail", "move"] and not list(_words(call)) for call in calls(function)
    )


def _words(call: ast.Call) -> Iterator[str]:
    """The second argument where it is written out; both words of `"grant" if … else "refuse"`."""
    if len(call.args) > 1:
        for node in ast.walk(call.args[1]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


# A decision moves its subject: the outcome of `decide` is a refusal of the application, or that a licence is issued, which
# grants it; so does an appeal that was allowed. And who takes an application back leaves nothing to decide: what was
# proposed is dropped with it; so it is with a transfer.
FOLLOWING = frozenset(
    {
        ("licensing", "issue", "grant"),
        ("licensing", "issue", "grant_on_appeal"),
        ("licensing", "decide", "refuse"),
        ("licensing", "withdraw", "drop"),
        ("licensing", "retract", "drop"),
        ("licensing", "take_back", "drop"),
        ("registry", "shut_out", "withdraw_access"),
        ("registry", "follow", "withdraw_access"),
    }
)


def moves_are_made_by_the_action_of_their_name(sources: Iterable[Source]) -> Iterator[str]:
    """One word all the way through: the move `revoke` is made by the action `revoke`."""
    for app, action, name in moves_made(sources):
        if action != name and (app, action, name) not in FOLLOWING:
            yield f"{app}: the action {action} makes the move {name}"


def changes_of_a_licence_are_published(sources: Iterable[Source]) -> Iterator[str]:
    """Every registry action on a licence or a condition tells the public in its own transaction."""
    for source in sources:
        if source.path in ("registry/licences/actions/licences.py", "registry/licences/actions/conditions.py"):
            private = {function.name: function for function in source.functions if function.name.startswith("_")}
            for function in source.public_functions:
                if not _publishes(function, private):
                    yield source.at(function, f"{function.name} does not publish")


def _publishes(function: ast.FunctionDef, private: dict[str, ast.FunctionDef]) -> bool:
    called = [chain(call.func) for call in calls(function)]
    return ["register", "publish"] in called or any(
        len(names) == 1 and names[0] in private and _publishes(private[names[0]], {}) for names in called
    )


def faces_do_not_write(sources: Iterable[Source]) -> Iterator[str]:
    """Pages and endpoints translate and make one call: saving is the action's."""
    for source in sources:
        if source.is_face:
            for call in calls(source.tree):
                if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
                    yield source.at(call, f"calls .{call.func.attr}()")


def clock_is_an_argument(sources: Iterable[Source]) -> Iterator[str]:
    """Only views, endpoints, jobs and commands read the clock; below them the time is `at`."""
    for source in sources:
        if not (source.is_face or source.path.endswith(EDGES) or "/management/" in source.path):
            for call in calls(source.tree):
                names = chain(call.func)[-2:]
                if names in READS_OF_THE_CLOCK or (names in DEFAULTS_TO_NOW and not call.args and not call.keywords):
                    yield source.at(call, "reads the clock")


# Whom somebody acts for is asked in thirty places of this very moment: one line reads the clock for all of them, and one
# says it on the page. So it is with whose tasks somebody does while they are away, with the tag of a licence, and with what the
# conditions of a pack are asked about. Whether the clock was set back only the clock can tell; and a token that another machine
# takes for half a minute is of this moment, whenever what is sent was written. So is how long a file may still take to check.
EDGES = (
    "/jobs.py",
    "/web.py",
    "registry/checking/waiting.py",
    "registry/clients/notify.py",
    "registry/web/access.py",
    "registry/web/attempts.py",
    "registry/web/away.py",
    "registry/web/dates.py",
    "registry/web/downloads.py",
    "registry/web/faults.py",
    "registry/web/limits.py",
    "registry/web/lists.py",
    "registry/web/sessions.py",
    "registry/steps/starts.py",
    "registry/steps/steps.py",
    "registry/worklists/lists.py",
    "config/adapters.py",
    "config/directory/adapters.py",
    "config/directory/middleware.py",
    "config/directory/saml.py",
    "config/directory/session.py",
    "config/directory/signing_in.py",
    "config/directory/views.py",
    "config/passkeys.py",
    "config/limits.py",
    "config/middleware.py",
    "config/context.py",
    "config/checks/keys.py",
    "config/checks/services.py",
    "config/checks/addresses.py",
    "registry/integrity/head_file.py",
    "registry/organisations/models.py",
    "registry/tasks/models.py",
    "registry/templatetags/acting.py",
    "registry/templatetags/held.py",
    "licensing/checks/queries/facts.py",
)
READS_OF_THE_CLOCK = (
    ["timezone", "now"],
    ["datetime", "now"],
    ["datetime", "utcnow"],
    ["date", "today"],
    ["time", "time"],
)
DEFAULTS_TO_NOW = (["timezone", "localdate"], ["timezone", "localtime"])


PACKS = ROOT / "registry" / "schemes" / "packs"
ORDINARY_WORDS = frozenset({"processing"})  # a sector's code, and a word that any program may need
OTHER_SECTORS = frozenset({"construction", "forestry", "fishing", "hospitality", "nursing"})


def sectors_and_schemes() -> frozenset[str]:
    """The nouns that only packs may say: the codes of their sectors and the names of the schemes."""
    packs = [tomllib.loads(path.read_text()) for path in PACKS.glob("*/*/scheme.toml")]
    codes = {sector["code"] for pack in packs for sector in pack.get("sectors", [])}
    return frozenset(codes | {path.name for path in PACKS.iterdir()} | OTHER_SECTORS) - ORDINARY_WORDS


def no_sector_is_named(sources: Iterable[Source]) -> Iterator[str]:
    """Data holds nouns, Python holds verbs: no sector and no scheme is named outside the packs and the demonstration."""
    nouns = sectors_and_schemes()
    for source in sources:
        if not source.path.startswith("config/demo/"):
            docstrings = _docstrings(source)
            for node in ast.walk(source.tree):
                said = "" if id(node) in docstrings else _word(node)
                yield from (source.at(node, f"names {noun}") for noun in nouns if said and noun in said)


def _docstrings(source: Source) -> set[int]:
    """A docstring may cite the law, which names what it likes."""
    homes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, homes) and node.body and isinstance(node.body[0], ast.Expr)
    }


def _word(node: ast.AST) -> str:
    """What a node says or is called; nothing when it only holds other nodes."""
    match node:
        case ast.Constant(value=str(text)):
            return text.lower()
        case ast.Constant(value=bytes(raw)):
            return raw.decode(errors="ignore").lower()
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
            return name.lower()
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name.lower()
    return _imported(node)


def _imported(node: ast.AST) -> str:
    match node:
        case ast.alias(name=name, asname=other):
            return f"{name} {other or ''}".lower()
        case ast.ImportFrom(module=str(name)):
            return name.lower()
    return ""


MANY_AT_ONCE = frozenset({"record_many", "publish_many", "set_to"})
# What was so before a register was taken over is told all at once: 20 years of entries, and none of them an act of ours.
TOLD_AT_ONCE = {"registry/take_overs/actions/holders.py": {"publish_many"}}


def many_at_once_is_for_samples(sources: Iterable[Source]) -> Iterator[str]:
    """Only sample data is written many rows at once: whoever acts writes down one act at a time, with a person and a rule behind it."""
    for source in sources:
        if not source.path.startswith("config/demo/"):
            for call in calls(source.tree):
                name = chain(call.func)[-1:]
                if name and name[0] in MANY_AT_ONCE - TOLD_AT_ONCE.get(source.path, set()):
                    yield source.at(call, f"calls {chain(call.func)[-1]}")


def nothing_is_broadcast(sources: Iterable[Source]) -> Iterator[str]:
    """No signals: the action says what happens next."""
    for source in sources:
        for node in ast.walk(source.tree):
            match node:
                case ast.Import(names=names):
                    modules = [name.name for name in names]
                case ast.ImportFrom(module=str(module)):
                    modules = [module]
                case _:
                    continue
            if any(module.endswith((".signals", ".dispatch")) for module in modules):
                yield source.at(node, "listens to a broadcast")


TABLE_OF_KINDS = "licensing/decisions/states/rows.py"


def kinds_of_decision_have_one_table(sources: Iterable[Source]) -> Iterator[str]:
    """What is true of a kind of decision is in its row; a mapping of kinds elsewhere may only lead to functions and forms."""
    for source in sources:
        if source.path != TABLE_OF_KINDS:
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Dict) and _says_something_of_kinds(node):
                    yield source.at(node, f"says something of kinds of decision: a row of {TABLE_OF_KINDS} does")


def _says_something_of_kinds(node: ast.Dict) -> bool:
    leads = (ast.Name, ast.Attribute, ast.Lambda)
    of_kinds = len(node.keys) > 1 and all(_is_kind_of_decision(key) for key in node.keys)
    return of_kinds and not all(isinstance(value, leads) for value in node.values)


def _is_kind_of_decision(key: ast.expr | None) -> bool:
    match key:
        case ast.Attribute(value=ast.Name(id="DecisionKind")):
            return True
        case ast.Constant(value=str(code)):
            return code in kinds_of_decision()
    return False


@lru_cache(maxsize=1)
def kinds_of_decision() -> frozenset[str]:
    """Their codes, read from the source."""
    tree = ast.parse((ROOT / "licensing/decisions/states/kinds.py").read_text())
    kinds = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "DecisionKind")
    values = (node.value for node in kinds.body if isinstance(node, ast.Assign))
    return frozenset(str(ast.literal_eval(value.elts[0])) for value in values if isinstance(value, ast.Tuple))


#: What speaks with other machines, of others or of the standard library. Mail goes by Django, and `EMAIL_TIMEOUT` is for each step.
SPEAKERS = frozenset(
    [
        "aiohttp",
        "boto3",
        "botocore",
        "ftplib",
        "http.client",
        "httpx",
        "opentelemetry",
        "pycurl",
        "requests",
        "s3transfer",
        "socket",
        "ssl",
        "urllib.request",
        "urllib3",
        "websockets",
        "xmlrpc.client",
    ]
)
#: Who may use one of them beside `registry.clients.machines`, and why.
MAY_SPEAK = {
    "registry/clients/machines.py": "it is the one way out",
    "registry/uploads/bucket.py": "S3 is spoken by its library, which asks once and has times of its own (decision 202)",
    "registry/uploads/scanner.py": "clamd has a protocol of its own; cut at its time by `machines.cut_at`",
    "config/telemetry.py": "spans are sent by a thread of the library's own, for which nobody waits",
}


def machines_are_asked_in_one_place(sources: Iterable[Source]) -> Iterator[str]:
    """What asks another machine does it by registry/clients/machines.py, which ends at its time and follows no one elsewhere."""
    for source in sources:
        if source.path not in MAY_SPEAK:
            for node in ast.walk(source.tree):
                if speaker := next((speaker for speaker in SPEAKERS if _imports(node, speaker)), ""):
                    yield source.at(node, f"speaks by {speaker}")


def _imports(node: ast.AST, module: str) -> bool:
    match node:
        case ast.Import(names=names):
            found = [name.name for name in names]
        case ast.ImportFrom(module=str(start), names=names):
            found = [f"{start}.{name.name}" for name in names]
        case _:
            return False
    return any(name == module or name.startswith(f"{module}.") for name in found)
