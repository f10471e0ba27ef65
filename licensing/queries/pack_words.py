"""What a scheme pack says, in words: texts, marks and conditions as staff and applicants read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.sections import Filled
from registry.schemes import DERIVED, Clause, Condition, Page, Question, Scheme, Text, said


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def say(text: Text) -> str:
    return said(text, get_language())


def mark(thing: Any) -> str:
    """What a domain owner must still confirm is marked, with the source that it was taken from."""
    if not thing.needs_review:
        return ""
    return gettext("To confirm: %s") % thing.source if thing.source else gettext("To confirm")


SAYS: Mapping[str, str | Promise] = {
    "is_": _("“%(question)s” is answered “%(answer)s”"),
    "in_": _("“%(question)s” is answered “%(answer)s”"),
    "has": _("the answer to “%(question)s” includes “%(answer)s”"),
    "at_least": _("the answer to “%(question)s” is %(answer)s or more"),
    "before": _("the answer to “%(question)s” is before %(answer)s"),
}
NOTHING: Mapping[str, Question] = {}


def in_words(
    scheme: Scheme, condition: Condition | tuple[Clause, ...] | None, near: Mapping[str, Question] = NOTHING
) -> str:
    """A condition as people read it; empty when there is none. `near` are the questions beside the one that it is about."""
    if not condition:
        return ""
    clauses = condition.clauses if isinstance(condition, Condition) else condition
    asked = {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}
    joint = gettext(" and ") if isinstance(condition, Condition) and condition.all else gettext(" or ")
    return joint.join(_clause(scheme, clause, {**asked, **near}) for clause in clauses)


def _clause(scheme: Scheme, clause: Clause, asked: Mapping[str, Question]) -> str:
    wanted = getattr(clause, clause.operator)
    question = asked.get(clause.fact)
    if question is None:
        return _address_in(scheme, wanted) if clause.fact == "nation" else _derived(clause.fact, wanted)
    return str(SAYS[clause.operator]) % {"question": say(question.label), "answer": _answer(scheme, question, wanted)}


def _address_in(scheme: Scheme, wanted: Any) -> str:
    """Which nations the organisation's own address may be in, by their names: whoever applies on paper reads this too."""
    titles = {nation.code: say(nation.title) for nation in scheme.nations}
    codes = wanted if isinstance(wanted, tuple) else (wanted,)
    named = [titles.get(code, gettext("another country")) for code in codes]
    return gettext("the organisation’s address is in %s") % gettext(" or ").join(named)


def _derived(fact: str, wanted: Any) -> str:
    """What the product itself knows. The words of these facts are those of the guide for whoever writes packs."""
    words = DERIVED.get(fact, fact)
    if wanted is True:
        return words.removeprefix("whether ")
    if wanted is False:
        return gettext("it is not so that %s") % words.removeprefix("whether ")
    return gettext("%(fact)s is “%(value)s”") % {"fact": words, "value": wanted}


def _answer(scheme: Scheme, question: Question, wanted: Any) -> str:
    """As it would be read in an application; one of several is said with an “or”."""
    if isinstance(wanted, date):
        wanted = wanted.isoformat()
    given = list(wanted) if isinstance(wanted, tuple) else wanted
    return gettext("” or “").join(Filled.of(scheme, ()).in_words(question, given).splitlines()) or str(wanted)


def asked_when(scheme: Scheme, page: Page) -> dict[str, str]:
    """For each question of a page that is not always asked: what calls for it."""
    beside = {
        question.key: question
        for other in scheme.form.pages
        if page.scope and other.scope == page.scope
        for question in other.questions
    }
    return {
        question.key: gettext("Only if %s.") % in_words(scheme, question.show_when, beside)
        for question in page.questions
        if question.show_when
    }
