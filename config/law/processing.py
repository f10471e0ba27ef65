"""The record of processing (UK GDPR, article 30), with how long each thing is kept, and who can see it in which role."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from registry import personal_data, schemes
from registry.personal_data import EVERYONE, NO_ONE, OWN, FieldUse
from registry.roles import ROLES, AccountRole
from registry.schemes.retention import RetentionRule

_BASES = {
    "public_task": "public task, article 6(1)(e)",
    "legal_obligation": "legal obligation, article 6(1)(c)",
    "vital_interests": "vital interests, article 6(1)(d)",
    "consent": "consent, article 6(1)(a)",
}
_SEEN = {EVERYONE: "everyone, on the register", OWN: "the person or the business itself", NO_ONE: "no one: sealed"}


def record(on: date) -> str:
    """The record of each scheme whose pack says what is held: docs/law/processing.md."""
    return "\n".join(["# Record of processing", "", _ABOUT, *_schemes(on)])


_ABOUT = """UK GDPR, article 30. `manage.py draw_law` writes this page from the packs (`retention.toml`) and from what each app declares of its
fields (`<app>/personal.py`). Do not edit it. A field that can hold words and is declared by no app fails a test.

Periods marked *to be confirmed* are proposals: no retention schedule of the authority was found.
Recipients: the authorities that a check is put to and to which intelligence is passed (`/staff/agencies/`), partners under an agreement
(`/staff/statistics-partners/`, tables without people), and for the register everyone. Guarded authorities get nothing without a lawful
basis and a second person ([decision 126](../decisions/0126-authorities-that-are-guarded.md)). Nothing is sent outside the country by the
software itself; where it is hosted decides the rest. Security: [threats and their tests](../rules.md).
"""


def _schemes(on: date) -> Iterator[str]:
    uses = _by_term()
    said: dict[tuple[str, ...], str] = {}
    for name in sorted(schemes.names(), key=lambda one: schemes.versions(one)[0]):
        pack = schemes.in_force(name, max(on, schemes.versions(name)[0]))
        yield f"\n## {pack.title['en']}\n"
        yield f"Controller: {pack.authority.name['en']}, {', '.join(pack.authority.address)}.\n"
        lines = tuple(line for rule in pack.retention for line in _rule(rule, uses.get(rule.code, ())))
        as_before = said.setdefault(lines, pack.title["en"])
        is_new = as_before == pack.title["en"]
        yield from lines if is_new else (f"What is held, and for how long, is as for {as_before}.\n",)


def _rule(rule: RetentionRule, uses: Iterable[FieldUse]) -> Iterator[str]:
    until = f"{rule.months} months {rule.since['en']}" if rule.months else f"for good: {rule.since['en']}"
    yield f"### {rule.title['en']}\n"
    yield f"* **What is held:** {rule.held['en']}"
    yield f"* **What for:** {rule.why['en']}"
    yield f"* **Lawful basis:** {_BASES[rule.basis]}"
    yield f"* **Kept:** {until}{' (to be confirmed)' if rule.needs_review else ''}. {'Erased by `manage.py erase_due`' if rule.is_erased else 'Not erased'}."
    yield f"* **Fields:** {_fields(uses)}"
    yield f"* **Seen by:** {', '.join(_seers(uses)) or 'as the record that it belongs to'}\n"


def _fields(uses: Iterable[FieldUse]) -> str:
    by_model: dict[str, list[str]] = defaultdict(list)
    for use in uses:
        by_model[use.model._meta.object_name or ""].append(use.name)
    return (
        "; ".join(f"`{model}` ({', '.join(f'`{name}`' for name in names)})" for model, names in by_model.items())
        or "none of their own"
    )


def _by_term() -> Mapping[str, list[FieldUse]]:
    found: dict[str, list[FieldUse]] = defaultdict(list)
    for use in personal_data.uses():
        for term in use.terms:
            found[term].append(use)
    return found


def _seers(uses: Iterable[FieldUse]) -> list[str]:
    """Those who see any of these fields, in words: roles by their titles."""
    with_these = {one for use in uses for one in use.seen_with}
    return [*(words for code, words in _SEEN.items() if code in with_these), *_roles_with(with_these)]


def _roles_with(permissions: Iterable[str]) -> list[str]:
    wanted = set(permissions)
    return [str(role.title) for role in ROLES.values() if role.codenames & wanted]


def matrix() -> str:
    """Which role can see anything of which kind of data: docs/law/roles-and-data.md."""
    uses = _by_term()
    roles = {name: role for name, role in ROLES.items() if name != "system"}
    lines = [
        "# Who can see what",
        "",
        _ABOUT_MATRIX,
        f"| kind of data | {' | '.join(str(role.title) for role in roles.values())} |",
        f"|---|{'---|' * len(roles)}",
    ]
    for term, of_term in sorted(uses.items()):
        needs = {one for use in of_term for one in use.seen_with}
        cells = (_cell(role, needs) for role in roles.values())
        lines.append(f"| {term} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _cell(role: AccountRole, needs: set[str]) -> str:
    if role.codenames & needs:
        return "●"
    return "own" if OWN in needs and not role.is_staff else ""


_ABOUT_MATRIX = """`manage.py draw_law` writes this page from the roles (`registry/roles/`) and from what each app declares of its fields. Do not edit it.
A dot means that the role can open at least one page with something of this kind; conflicts of interest, the business that a person acts
for, and the area of an officer narrow it further. *Own*: of what
belongs to themselves or to the business that they act for. `tests/config/test_walk.py` tries every address as every role, and `tests/config/test_readers.py`
finds anything personal that is shown and not written down.
"""
