"""What a version says otherwise than the one before it."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from registry import schemes
from registry.schemes import Change, Scheme
from tests.registry.schemes.drafts import FIRST, SECOND, Draft, a_draft


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return a_draft(tmp_path, versions=(FIRST, SECOND))


def found(draft: Draft) -> dict[str, Change]:
    first, second = schemes.load(draft.root)["car-wash"].values()
    return {change.key: change for change in schemes.changes(first, second)}


def own_form(draft: Draft) -> None:
    """The second version asks by a form of its own, still the same."""
    draft.spoil("scheme.toml", 'form = "2030-01-01"\n', "", SECOND)
    draft.file("form.toml", SECOND).write_text(draft.file("form.toml", FIRST).read_text())


def test_an_amount_that_changes_is_one_change_with_its_key(draft: Draft) -> None:
    assert found(draft)["fees.amounts.application.small"] == Change(
        "fees.amounts.application.small", Decimal("12.50"), Decimal("15.00")
    )


def test_a_version_differs_from_itself_in_nothing(draft: Draft) -> None:
    first, _second = schemes.load(draft.root)["car-wash"].values()

    assert list(schemes.changes(first, first)) == []


def test_what_is_only_kept_is_no_change(draft: Draft) -> None:
    before = found(draft)

    own_form(draft)

    assert found(draft) == before


def test_a_new_question_is_one_change_and_not_one_for_each_of_its_texts(draft: Draft) -> None:
    own_form(draft)
    draft.spoil("form.toml", 'key = "chemicals"', 'key = "acids"', SECOND)
    for part in ("standards", "checks", "triggers"):
        draft.spoil("scheme.toml", f'{part} = "2030-01-01"\n', "", SECOND)
        text = draft.file(f"{part}.toml", FIRST).read_text()
        draft.file(f"{part}.toml", SECOND).write_text(text.replace("chemicals", "acids"))
    draft.spoil("form.toml", 'fact = "chemicals"', 'fact = "acids"', SECOND)

    changed = found(draft)

    page = "form.sections[A].pages[work]"
    gone, new = (changed[f"{page}.questions[{key}]"] for key in ("chemicals", "acids"))
    assert (gone.after, new.before, new.after.key) == (None, None, "acids")
    assert not [key for key in changed if "questions[acids]." in key]
    condition = changed["form.sections[A].pages[basins].show_when"]
    assert [one.clauses[0].fact for one in (condition.before, condition.after)] == ["chemicals", "acids"]


def test_of_a_list_of_texts_only_what_is_new_or_gone_is_said(draft: Draft) -> None:
    draft.spoil("scheme.toml", 'letters = "2030-01-01"\n', "", SECOND)
    text = draft.file("letters.toml", FIRST).read_text()
    draft.file("letters.toml", SECOND).write_text(text.replace('["It is so."]', '["It is so.", "Pay soon."]', 1))

    (changed,) = [change for key, change in found(draft).items() if key.startswith("letters")]

    assert (changed.before, [str(one) for one in changed.after]) == (None, ["Pay soon."])


def versions_that_follow() -> list[tuple[Scheme, Scheme]]:
    return [
        (schemes.get(name, former), schemes.get(name, later))
        for name in schemes.names()
        for former, later in pairwise(schemes.versions(name))
    ]


@pytest.mark.parametrize(("former", "later"), versions_that_follow(), ids=str)
def test_every_version_of_the_product_changes_something(former: Scheme, later: Scheme) -> None:
    assert list(schemes.changes(former, later))


def test_a_pack_whose_law_is_still_to_be_made_is_a_draft(draft: Draft) -> None:
    assert not schemes.load(draft.root)["car-wash"][date.fromisoformat(FIRST)].is_draft

    for version in (FIRST, SECOND):
        text = draft.file("scheme.toml", version).read_text()
        draft.file("scheme.toml", version).write_text(f'review.law = "No law yet."\n{text}')

    assert schemes.load(draft.root)["car-wash"][date.fromisoformat(FIRST)].is_draft
