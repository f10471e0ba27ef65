"""Who needs a licence: the questions of every pack, every path through them, and what is wrong with a broken one."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from registry import schemes
from registry.schemes import Scheme, paths
from registry.schemes.eligibility import Course, Eligibility, only_question
from registry.schemes.review import walk
from tests.registry.schemes.drafts import Draft, a_draft

NAME = "gla-food"
FORM_ASKS = {"sectors", "countries_supplied", "legal_status"}


def packs() -> list[Scheme]:
    return [schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name)]


ASKING = [pack for pack in packs() if pack.eligibility]


def asked_of(scheme: Scheme) -> Eligibility:
    assert scheme.eligibility is not None
    return scheme.eligibility


@pytest.fixture(params=ASKING, ids=str)
def each(request: pytest.FixtureRequest) -> Eligibility:
    return asked_of(request.param)


@pytest.fixture
def food() -> Eligibility:
    return asked_of(schemes.in_force(NAME, date(2026, 11, 2)))


def test_the_versions_in_force_ask_it() -> None:
    days = [date(2026, 11, 2), date(2026, 11, 25), date(2027, 5, 1)]

    assert all(schemes.in_force(name, day).eligibility for name in schemes.names() for day in days)


# --- every path ---


def some_answer(question: schemes.FormQuestion, choose: Random) -> Any:
    values = [choice.value for choice in question.choices]
    if question.kind == "choices":
        return choose.sample(values, choose.randint(1, len(values)))
    return choose.choice(values or [True, False])


def gone(eligibility: Eligibility, choose: Random) -> Course:
    """One path to its end, each answer drawn from all that the form of the page would take."""
    answers: dict[str, Any] = {}
    while (course := eligibility.course(answers)).asks:
        question = only_question(course.asks)
        answers[question.key] = some_answer(question, choose)
    return course


def test_every_path_ends_and_every_page_and_ending_is_on_one(each: Eligibility) -> None:
    reached = paths.reach(each)

    assert reached.nowhere == []
    assert reached.pages == {page.slug for page in each.pages}
    assert reached.endings.keys() == {ending.code for ending in each.endings}
    for code, answers in reached.endings.items():
        course = each.course(answers)
        assert (course.ending and course.ending.code, course.facts) == (code, answers)


def test_paths_drawn_by_chance_end_where_all_paths_were_said_to(each: Eligibility) -> None:
    choose, found = Random(4), set()

    for _path in range(600):
        course = gone(each, choose)
        assert course.ending is not None
        found.add(course.ending.code)

    assert found <= paths.reach(each).endings.keys()
    assert len(found) > 5


def test_every_text_is_in_welsh_too(each: Eligibility) -> None:
    assert [key for key, one in walk("", each) if isinstance(one, schemes.Text) and "cy" not in one.languages] == []


def test_what_the_form_asks_too_is_asked_under_the_same_key() -> None:
    for pack in ASKING:
        keys = {only_question(page).key for page in asked_of(pack).pages}
        assert keys & pack.form.facts() == FORM_ASKS


# --- what the law says (domain notes, sections 3.1 and 3.2) ---

TO_SUPPLY: dict[str, Any] = {
    "covered_work": "covered",
    "sectors": ["agriculture"],
    "work_in_uk": True,
    "countries_supplied": ["england"],
    "acts_as": "supplies",
    "legal_status": "sole_trader",
    "farmer_case": "none",
    "agriculture_case": "none",
    "shellfish_case": "none",
    "produce_case": "none",
    "within_group": "no",
    "scottish_partners": "no",
}


def ends(eligibility: Eligibility, **answers: Any) -> tuple[str, str]:
    ending = eligibility.course({**TO_SUPPLY, **answers}).ending
    assert ending is not None
    return ending.says, ending.code


@pytest.mark.parametrize("acts_as", ["supplies", "introduces", "serves", "uses"])
def test_whoever_acts_as_a_gangmaster_needs_one(food: Eligibility, acts_as: str) -> None:
    assert ends(food, acts_as=acts_as) == ("needed", "needed")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"covered_work": "other"}, "other_work"),
        ({"covered_work": "roles_not_counted"}, "roles_not_counted"),
        ({"work_in_uk": False}, "abroad"),
        ({"acts_as": "is_supplied"}, "is_supplied"),
        ({"acts_as": "employs"}, "employs"),
        ({"legal_status": "company", "within_group": "yes"}, "within_group"),
        ({"legal_status": "partnership", "scottish_partners": "yes"}, "scottish_partners"),
        ({"farmer_case": "supplies_farmer", "farmer_supply_limit": "hours"}, "supply_hours"),
        ({"farmer_case": "supplies_farmer", "farmer_supply_limit": "consent"}, "supply_consent"),
        ({"farmer_case": "supplies_farmer", "farmer_supply_limit": "share_farming"}, "share_farming"),
        ({"farmer_case": "serves_farmer", "farmer_service_limit": "hours"}, "service_hours"),
        ({"farmer_case": "contractor_machine"}, "contractor_machine"),
        ({"agriculture_case": "specialist", "specialist_limit": "within"}, "specialist"),
        ({"acts_as": "serves", "agriculture_case": "land_agent"}, "land_agent"),
        ({"acts_as": "uses", "sectors": ["shellfish"], "shellfish_case": "diving"}, "diving"),
        ({"sectors": ["processing"], "produce_case": "catering"}, "catering"),
        (
            {"acts_as": "serves", "sectors": ["agriculture", "horticulture"], "agriculture_case": "forestry"},
            "forestry",
        ),
    ],
)
def test_who_is_excluded_needs_none(food: Eligibility, answers: dict[str, Any], code: str) -> None:
    assert ends(food, **answers) == ("not_needed", code)


USE_ONLY = [
    *[
        ("agriculture_case", one)
        for one in ("machinery", "crop_retained", "family", "land_agent", "forestry", "vets", "vaccines")
    ],
    *[("shellfish_case", one) for one in ("diving", "nets", "cultivator", "hatchery")],
    ("produce_case", "own_premises"),
]
SUPPLY_ONLY = [
    *[
        ("agriculture_case", one)
        for one in ("slaughter", "placement", "apprentices", "conservation", "employment_support")
    ],
    *[("produce_case", one) for one in ("catering", "retail", "wholesale", "own_warehouse", "not_food", "slaughter")],
]
SECTOR_OF = {"agriculture_case": "agriculture", "shellfish_case": "shellfish", "produce_case": "processing"}


@pytest.mark.parametrize(("key", "answer"), USE_ONLY)
def test_an_exclusion_for_use_excludes_whoever_uses_and_nobody_who_supplies(
    food: Eligibility, key: str, answer: str
) -> None:
    told = {"sectors": [SECTOR_OF[key]], key: answer}

    assert [ends(food, acts_as=one, **told)[0] for one in ("supplies", "introduces")] == ["needed", "needed"]
    assert [ends(food, acts_as=one, **told)[0] for one in ("serves", "uses")] == ["not_needed", "not_needed"]


@pytest.mark.parametrize(("key", "answer"), SUPPLY_ONLY)
def test_an_exclusion_for_supply_excludes_whoever_supplies_and_nobody_who_uses(
    food: Eligibility, key: str, answer: str
) -> None:
    told = {"sectors": [SECTOR_OF[key]], key: answer}

    assert [ends(food, acts_as=one, **told)[0] for one in ("supplies", "introduces")] == ["not_needed", "not_needed"]
    assert [ends(food, acts_as=one, **told)[0] for one in ("serves", "uses")] == ["needed", "needed"]


@pytest.mark.parametrize(
    "answers",
    [
        {"farmer_case": "supplies_farmer", "farmer_supply_limit": "none"},
        {"farmer_case": "serves_farmer", "farmer_service_limit": "none"},
        {"agriculture_case": "specialist", "specialist_limit": "beyond"},
    ],
)
def test_beyond_the_limits_of_an_exclusion_one_is_needed(food: Eligibility, answers: dict[str, Any]) -> None:
    assert ends(food, **answers) == ("needed", "needed")


def test_the_limits_are_said_with_their_numbers(food: Eligibility) -> None:
    said = {one.code: f"{one.because} {' '.join(map(str, one.provided))}" for one in food.endings}

    assert "30%" in said["supply_hours"]
    assert "2 weeks" in said["supply_consent"]
    assert "4 weeks" in said["service_hours"]
    assert "30%" in said["service_hours"]
    assert "more than 4 at once" in said["specialist"]


def test_no_exclusion_holds_in_northern_ireland(food: Eligibility) -> None:
    """Not even for work that is partly in Great Britain."""
    choose = Random(8)
    ended = (gone(food, choose) for _path in range(600))

    of_northern_ireland = [
        course.ending.code
        for course in ended
        if course.ending
        and "northern_ireland" in course.facts.get("countries_supplied", ())
        and "legal_status" in course.facts
    ]

    assert set(of_northern_ireland) == {"northern_ireland"}


def test_what_excludes_one_sector_excludes_no_other(food: Eligibility) -> None:
    several = {"acts_as": "uses", "sectors": ["shellfish", "agriculture"]}
    assert ends(food, **several, shellfish_case="diving") == ("ask", "part_excluded")
    assert ends(food, sectors=["agriculture", "processing"], produce_case="retail") == ("ask", "part_excluded")


@pytest.mark.parametrize("key", ["covered_work", "acts_as", "farmer_case", "agriculture_case"])
def test_who_is_not_sure_is_asked_to_ask(food: Eligibility, key: str) -> None:
    assert ends(food, **{key: "unsure"}) == ("ask", "unsure")


def test_an_answer_counts_only_while_it_is_asked(food: Eligibility) -> None:
    assert ends(food, legal_status="sole_trader", within_group="yes") == ("needed", "needed")


# --- what is wrong with a broken one ---

SMALL = """
about = ["Answer."]
promise = ["It is no decision."]

[[pages]]
slug = "work"
title = "What work?"
why = "It counts."
questions = [{ key = "covered_work", kind = "choice", label = "Work", choices = [{ value = "washing", label = "Washing" }, { value = "other", label = "Other" }] }]

[[pages]]
slug = "group"
title = "A group?"
why = "It counts."
show_when = { any = [{ fact = "covered_work", is = "washing" }] }
questions = [{ key = "within_group", kind = "yes_no", label = "Group" }]

[[endings]]
code = "other_work"
says = "not_needed"
because = "It is other work."
law = "Section 1"
when = { any = [{ fact = "covered_work", is = "other" }] }

[[endings]]
code = "needed"
says = "needed"
because = "You wash."
law = "Section 1"
when = { any = [{ fact = "within_group", is = false }, { fact = "within_group", is = true }] }
"""


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    made = a_draft(tmp_path)
    made.file("eligibility.toml").write_text(SMALL)
    return made


def test_a_small_one_is_right(draft: Draft) -> None:
    assert schemes.load(draft.root)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (", { fact = \"within_group\", is = true }", "", "endings: whoever answers covered_work = 'washing', within_group = True comes to no ending"),
        ('is = "washing"', 'is = "polishing"', "pages[group].show_when: 'polishing' is no choice of 'covered_work'"),
        ('{ fact = "covered_work", is = "washing" }', '{ fact = "covered_work", is = "other" }', "pages[group]: no path leads to this page"),
        ('{ fact = "covered_work", is = "washing" }', '{ fact = "turnover", at_least = 1 }', "pages[group].show_when: no page before asks 'turnover'"),
        ('slug = "group"', 'slug = "result"', "pages[result]: is the address of a page of the product itself"),
        ('key = "within_group", kind = "yes_no"', 'key = "within_group", kind = "number"', "pages[group].questions[within_group]: must be one of choice, choices, yes_no"),
        ('key = "within_group"', 'key = "turnover"', "pages[group].questions[turnover]: the form asks this too, in another way: the answer could not be carried over"),
        ('key = "within_group"', 'key = "covered_work"', "pages[group].questions[covered_work]: is asked on a page before"),
        ('kind = "yes_no", label = "Group" }', 'kind = "yes_no", label = "Group", optional = true }', "pages[group].questions[within_group]: the page says when it is asked, and it must be answered"),
        ('label = "Group" }]', 'label = "Group" }, { key = "more", kind = "yes_no", label = "More" }]', "pages[group]: asks one thing only"),
        ('is = "other" }', 'only = ["other"] }', "endings[other_work].when: 'only' does not fit 'covered_work', a question of kind 'choice'"),
        ('says = "needed"', 'says = "perhaps"', "endings[needed].says: must be 'needed', 'not_needed' or 'ask'"),
    ],
)  # fmt: skip
def test_a_fault_is_said(draft: Draft, before: str, after: str, told: str) -> None:
    draft.spoil("eligibility.toml", before, after)

    assert any(fault.endswith(f"eligibility.toml: {told}") for fault in draft.faults()), draft.faults()


def test_an_ending_that_nothing_leads_to_is_a_fault(draft: Draft) -> None:
    with draft.file("eligibility.toml").open("a") as text:
        text.write('\n[[endings]]\ncode = "late"\nsays = "ask"\nbecause = "Late."\nlaw = "None"\n')

    assert "car-wash/base/eligibility.toml: endings[late]: no path leads to this ending" in draft.faults()
