"""Fill in what pages take from elsewhere: questions that are written once, and choices that scheme.toml lists.

A form may have `[[shared]]` questions and `[groups]` of them. A page asks one by its key, and a group by its name:
`questions = ["full_name", "own_matters", { key = "job_title", optional = true }]`. A question without a kind is the shared
one of that key, with whatever it says otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from registry.schemes.terms import Activity, NationTerms, Sector, Terms

SHARED, GROUPS = "shared", "groups"
Tell = Callable[[str, str], None]


def filled(content: Mapping[str, Any], terms: Terms, tell: Tell) -> dict[str, Any]:
    """The content of a form, or of the questions about who needs a licence, with everything written out."""
    choices = _choices(terms)
    shared = _Shared(content, tell)
    new = {key: inner for key, inner in content.items() if key not in (SHARED, GROUPS)}
    if isinstance(new.get("sections"), list):
        new["sections"] = [_section(one, place, shared, choices) for place, one in enumerate(new["sections"], start=1)]
    if isinstance(new.get("pages"), list):
        new["pages"] = [_page(page, "pages", shared, choices) for page in new["pages"]]
    shared.tell_unasked()
    return new


Choices = Mapping[str, list[dict[str, Any]]]


def _choices(terms: Terms) -> Choices:
    """What a question may offer: `choices_from = "sectors"`."""
    offers: dict[str, tuple[Sector | Activity | NationTerms, ...]] = {
        "sectors": terms.sectors,
        "activities": tuple(activity for sector in terms.sectors for activity in sector.activities),
        "nations": terms.nations,
    }
    return {name: [{"value": one.code, "label": one.title.root} for one in found] for name, found in offers.items()}


class _Shared:
    """The questions that are written once."""

    def __init__(self, content: Mapping[str, Any], tell: Tell) -> None:
        questions, groups = content.get(SHARED, []), content.get(GROUPS, {})
        tables = [one for one in questions if isinstance(one, dict)] if isinstance(questions, list) else []
        self._questions = {str(one.get("key")): one for one in tables}
        self._groups = groups if isinstance(groups, dict) else {}
        self._asked: set[str] = set()
        self._open: set[str] = set()
        self._tell = tell
        if len(tables) != len(self._questions):
            tell(SHARED, "two questions have the same key")

    def written_out(self, items: list[Any], key: str) -> Iterator[Any]:
        for item in items:
            name = item if isinstance(item, str) else item.get("key") if isinstance(item, dict) else None
            if isinstance(item, str) and isinstance(self._groups.get(item), list):
                yield from self._group(item, key)
            elif isinstance(item, str) or (isinstance(item, dict) and "kind" not in item and name in self._questions):
                yield from self._one(item, str(name), key)
            else:
                yield item

    def _group(self, name: str, key: str) -> Iterator[Any]:
        if name in self._open:
            self._tell(f"{GROUPS}.{name}", "names itself")
            return
        self._asked.add(name)
        self._open.add(name)
        yield from self.written_out(self._groups[name], key)
        self._open.discard(name)

    def _one(self, item: Any, name: str, key: str) -> Iterator[Any]:
        if name not in self._questions:
            self._tell(f"{key}.questions[{name}]", "no shared question and no group of questions has this name")
            return
        self._asked.add(name)
        yield {**self._questions[name], **(item if isinstance(item, dict) else {})}

    def tell_unasked(self) -> None:
        """A question that no page asks is read by nothing."""
        for name in [name for name in self._questions if name not in self._asked]:
            self._tell(f"{SHARED}[{name}]", "no page asks this")
        for name in [name for name in self._groups if name not in self._asked]:
            self._tell(f"{GROUPS}.{name}", "no page asks this")


def _section(section: Any, place: int, shared: _Shared, choices: Choices) -> Any:
    if not isinstance(section, dict) or not isinstance(section.get("pages"), list):
        return section
    key = f"sections[{section.get('code', place)}].pages"
    return {**section, "pages": [_page(page, key, shared, choices) for page in section["pages"]]}


def _page(page: Any, key: str, shared: _Shared, choices: Choices) -> Any:
    if not isinstance(page, dict) or not isinstance(page.get("questions"), list):
        return page
    asked = shared.written_out(page["questions"], f"{key}[{page.get('slug')}]")
    return {**page, "questions": [_question(one, choices) for one in asked]}


def _question(question: Any, choices: Choices) -> Any:
    offered = choices.get(str(question.get("choices_from"))) if isinstance(question, dict) else None
    return {**question, "choices": offered} if offered else question
