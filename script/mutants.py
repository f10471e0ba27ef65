"""One-line defects of a module: each as the whole text of the module with the defect in it."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

SWAPPED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
TextOf = Callable[[ast.expr], str]
OTHER_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    line: int
    #: The line as it is, and the part that takes another's place: what a survivor is known by in the list.
    text: str
    before: str
    after: str
    source: str
    #: Which of those of the same line and the same change it is: `first = 0 and second = 0` has two.
    which: int = 1

    @property
    def name(self) -> str:
        return f"{self.text} | {self.before} -> {self.after}" + (f" ({self.which})" if self.which > 1 else "")


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every defect of these kinds: a comparison, a condition or a constant that is another, a guard that is left out."""
    lines = source.splitlines(keepends=True)
    begins = [0, *accumulate(map(len, lines))]

    def place(line: int, column: int) -> int:
        """Where in the text; the columns of `ast` count bytes."""
        return begins[line - 1] + len(lines[line - 1].encode()[:column].decode())

    def span(node: ast.expr | ast.stmt) -> tuple[int, int]:
        return place(node.lineno, node.col_offset), place(node.end_lineno or 0, node.end_col_offset or 0)

    def text_of(node: ast.expr) -> str:
        return source[slice(*span(node))]

    named: Counter[str] = Counter()
    for node in _nodes(ast.parse(source)):
        for replaced, after in _changes(text_of, node):
            start, end = span(replaced)
            changed = source[:start] + after + source[end:]
            one = Mutant(replaced.lineno, lines[replaced.lineno - 1].strip(), source[start:end], after, changed)
            named[one.name] += 1
            yield replace(one, which=named[one.name])


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those of decorators, annotations and f-strings, whose places Python 3.11 gets wrong.

    Nor those of columns: one that says another thing than the migrations is found by makemigrations --check in script/test.
    """
    if _is_column(node):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("decorator_list", "annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _nodes(child)


def _is_column(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="models"), attr=kind)):
            return kind.endswith(("Field", "ForeignKey"))
    return False


def _changes(text_of: TextOf, node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    yield from _other_operators(text_of, node)
    yield from _other_values(node)
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.Expr(value=ast.Call() | ast.YieldFrom() | ast.Yield()) | ast.Raise():
            yield node, "pass"
        case ast.If(test=test) | ast.IfExp(test=test):
            yield test, f"not ({text_of(test)})"


def _other_operators(text_of: TextOf, node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in SWAPPED:
            yield node, f"({text_of(left)} {SWAPPED[type(op)]} {text_of(right)})"
        case ast.BoolOp(op=op, values=values):
            word = " or " if isinstance(op, ast.And) else " and "
            yield node, f"({word.join(f'({text_of(one)})' for one in values)})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, f"({text_of(operand)})"


def _other_values(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.Constant(value=bool() as value):
            yield node, str(not value)
        case ast.Constant(value=int() as value):
            yield node, str(value + 1)
        case ast.Call(func=ast.Name(id=name) as called) if name in OTHER_NAMES:
            yield called, OTHER_NAMES[name]
