"""What a version says otherwise than the one before it."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from registry import schemes
from registry.schemes import PackChange, Scheme
from tests.registry.schemes.drafts import FIRST, Draft, a_draft


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return a_draft(tmp_path, later=True)


def found(draft: Draft) -> dict[str, PackChange]:
    first, second = schemes.load(draft.root)["car-wash"].values()
    return {change.key: change for change in schemes.changes(first, second)}


def test_an_amount_that_changes_is_one_change_with_its_key(draft: Draft) -> None:
    assert found(draft) == {
        "fees.amounts.application.small": PackChange(
            "fees.amounts.application.small", Decimal("12.50"), Decimal("15.00")
        )
    }


def test_a_version_differs_from_itself_in_nothing(draft: Draft) -> None:
    first, _second = schemes.load(draft.root)["car-wash"].values()

    assert list(schemes.changes(first, first)) == []


ACIDS = """
[standards."1.2"]
applies_when = ["acids"]

[checks.water]
when = { any = [{ fact = "acids", is = true }] }

[triggers.acid]
when = { all = [{ fact = "acids", is = true }, { fact = "adverse_reply", is = true }] }

[form.pages.basins]
show_when = { all = [{ fact = "acids", is = true }] }

[form.pages.work.questions]
chemicals = { remove = true }
acids = { after = "countries_supplied", kind = "yes_no", label = "Do you use acid?" }
"""


def test_a_new_question_is_one_change_and_not_one_for_each_of_its_texts(draft: Draft) -> None:
    draft.change(ACIDS)

    changed = found(draft)

    page = "form.sections[A].pages[work]"
    gone, new = (changed[f"{page}.questions[{key}]"] for key in ("chemicals", "acids"))
    assert (gone.after, new.before, new.after.key) == (None, None, "acids")
    assert not [key for key in changed if "questions[acids]." in key]
    condition = changed["form.sections[A].pages[basins].show_when"]
    assert [one.clauses[0].fact for one in (condition.before, condition.after)] == ["chemicals", "acids"]


def test_of_a_list_of_texts_only_what_is_new_or_gone_is_said(draft: Draft) -> None:
    draft.change('[letters.request]\nparagraphs = ["It is so.", "Pay soon."]\n')

    (changed,) = found(draft).values()

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

    draft.spoil("scheme.toml", "fail_at = 10", 'fail_at = 10\nreview.law = "No law yet."')

    assert schemes.load(draft.root)["car-wash"][date.fromisoformat(FIRST)].is_draft
