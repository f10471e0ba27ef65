"""What is wrong with the kinds of change that a pack lets holders tell of: things that point nowhere, or say too little."""

from collections import Counter
from collections.abc import Iterator

from registry.schemes.clauses import asked_of_applicant, misfits
from registry.schemes.form import FormPage
from registry.schemes.holding import ChangeKind
from registry.schemes.scheme import Scheme


def faults(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Each kind of change names pages, checks and roles that there are, and says enough for what it does."""
    kinds = scheme.holding.change_kinds
    for code, times in Counter(kind.code for kind in kinds).items():
        if times > 1:
            yield f"change_kinds[{code}]", f"is there {times} times"
    for kind in kinds:
        key = f"change_kinds[{kind.code}]"
        yield from ((f"{key}.{name}", reason) for name, reason in _of_kind(kind, scheme))


def _of_kind(kind: ChangeKind, scheme: Scheme) -> Iterator[tuple[str, str]]:
    pages = {page.slug: page for page in scheme.form.pages}
    yield from (("show_when", reason) for reason in misfits(kind.show_when, asked_of_applicant(scheme), scheme))
    for slug in [slug for slug in (kind.page, *kind.pages) if slug and slug not in pages]:
        yield "page", f"the form has no page {slug!r}"
    for code in sorted(set(kind.checks) - {check.code for check in scheme.checks}):
        yield "checks", f"there is no check {code!r}"
    yield from _of_act(kind, pages.get(kind.page))
    yield from _of_only(kind, pages.get(kind.page), scheme)


def _of_act(kind: ChangeKind, page: FormPage | None) -> Iterator[tuple[str, str]]:
    if bool(kind.pages) != (kind.sets_off == "application"):
        yield "pages", "what must be applied for names the pages that are answered anew, and nothing else does"
    if kind.sets_off != "application" and not kind.page and not kind.questions:
        yield "page", "nothing would be asked: name a page of the form, or ask questions"
    if bool(page and page.list_of) != (kind.act != "tell"):
        yield "act", "a list is changed by adding and removing, and nothing else is"
    if kind.at_once and kind.act == "add":
        yield "at_once", "who or what joins a list is accepted first"
    if kind.at_once and kind.act == "tell" and (not kind.only or kind.sets_off != "note"):
        yield "at_once", "name the questions of the page whose answers hold at once, and set nothing off"


def _of_only(kind: ChangeKind, page: FormPage | None, scheme: Scheme) -> Iterator[tuple[str, str]]:
    asked = {question.key for question in page.questions} if page and kind.act == "tell" else set()
    for key in sorted(set(kind.only) - asked):
        yield "only", f"no question {key!r} is answered again"
    if kind.at_once and set(kind.only) & set(scheme.changes.ends_licence):
        yield "at_once", "what ends a licence is accepted first"
