"""A later version says only what changed: by code, applied to the version before it."""

from pathlib import Path

import pytest

from registry import schemes
from registry.schemes import Scheme
from tests.registry.schemes.drafts import BASE, LATER, SECOND, Draft, a_draft


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return a_draft(tmp_path, later=True)


def versions(draft: Draft) -> list[Scheme]:
    return list(schemes.load(draft.root)["car-wash"].values())


def second(draft: Draft, text: str) -> Scheme:
    """The second version, where its difference says this."""
    draft.change(text)
    return versions(draft)[1]


# --- what is not named stays -----------------------------------------------------------------------------------------


def test_what_a_difference_does_not_name_is_as_before(draft: Draft) -> None:
    first, later = versions(draft)

    assert later.version.isoformat() == SECOND
    assert (later.standards, later.form, later.sectors) == (first.standards, first.form, first.sectors)
    assert later.fees != first.fees


def test_the_day_since_which_the_fees_hold_is_that_of_the_last_change_to_them(draft: Draft) -> None:
    first, later = versions(draft)
    assert (first.fees_since, later.fees_since) == (first.version, later.version)

    assert second(draft, '[scheme]\nfail_at = 9\n[standards."1.1"]\npoints = 9\n').fees_since == first.version


def test_a_single_value_is_changed(draft: Draft) -> None:
    assert second(draft, "[scheme.appeal]\nworking_days = 16\n").appeal.working_days == 16


def test_a_text_is_replaced_whole_and_a_translation_can_be_added(draft: Draft) -> None:
    draft.spoil("scheme.toml", 'title = "Valeting"', 'title = { en = "Valeting", cy = "Glanhau" }')
    draft.spoil("scheme.toml", "fail_at = 10", 'fail_at = 10\ntranslation = { cy = "draft" }')

    changed = second(draft, '[scheme.sectors.valeting]\ntitle = { en = "Polishing" }\n').sector("valeting")
    added = second(draft, '[scheme.sectors.valeting]\ntitle = { cy = "Caboli" }\n').sector("valeting")

    assert changed.title.root == {"en": "Polishing"}
    assert added.title.root == {"en": "Valeting", "cy": "Caboli"}


def test_a_condition_is_replaced_whole(draft: Draft) -> None:
    page = second(
        draft, '[form.pages.basins]\nshow_when = { any = [{ fact = "turnover", at_least = 9 }] }\n'
    ).form.page("basins")

    assert page.show_when
    assert [clause.fact for clause in page.show_when.any] == ["turnover"]
    assert not page.show_when.all


def test_a_value_can_be_taken_away(draft: Draft) -> None:
    page = second(draft, "[form.pages.basins]\nshow_when = { remove = true }\n").form.page("basins")

    assert page.show_when is None


# --- items of lists --------------------------------------------------------------------------------------------------


def keys(scheme: Scheme, page: str = "work") -> list[str]:
    return [question.key for question in scheme.form.page(page).questions]


NEW = 'kind = "yes_no"\nlabel = "Do you?"\n'


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ('after = "sectors"', ["sectors", "new", "countries_supplied", "chemicals", "turnover"]),
        ('after = "turnover"', ["sectors", "countries_supplied", "chemicals", "turnover", "new"]),
        ("first = true", ["new", "sectors", "countries_supplied", "chemicals", "turnover"]),
    ],
)
def test_a_new_item_comes_where_it_says(draft: Draft, place: str, found: list[str]) -> None:
    assert keys(second(draft, f"[form.pages.work.questions.new]\n{place}\n{NEW}")) == found


def test_an_item_can_be_moved(draft: Draft) -> None:
    moved = second(draft, '[form.pages.work.questions.turnover]\nafter = "sectors"\n')

    assert keys(moved) == ["sectors", "turnover", "countries_supplied", "chemicals"]


def test_an_item_is_removed(draft: Draft) -> None:
    assert keys(second(draft, "[form.pages.basins.questions.leaks]\nremove = true\n"), "basins") == ["litres"]


def test_a_new_page_comes_after_another_in_its_section(draft: Draft) -> None:
    text = f'[form.pages.more]\nafter = "work"\ntitle = "More"\nwhy = "To know."\n[[form.pages.more.questions]]\nkey = "new"\n{NEW}'

    assert [page.slug for page in second(draft, text).form.pages] == ["business", "work", "more", "director", "basins"]


def test_a_list_that_is_given_as_a_list_replaces_the_former(draft: Draft) -> None:
    changed = second(
        draft,
        '[[triggers.triggers]]\ncode = "all"\ntitle = "A"\nreason = "B"\nstage = "application"\nwhen = { any = [{ fact = "renewal", is = false }] }\n',
    )

    assert [trigger.code for trigger in changed.triggers] == ["all"]


def test_a_new_subject_is_said_whole_and_a_subject_can_be_taken_away(draft: Draft) -> None:
    clock = '[[clocks.clocks]]\ncode = "appeal_reply"\nlaw = "Car Wash Act"\nworking_days = 20\n'
    (draft.root / "car-wash" / "2032-01-01.toml").write_text("[clocks]\nremove = true\n")

    draft.change(clock)
    first, later, last = versions(draft)

    assert [len(one.clocks) for one in (first, later, last)] == [0, 1, 0]


def test_a_long_subject_may_have_a_file_of_its_own(draft: Draft) -> None:
    folder = draft.later.with_suffix("")
    folder.mkdir()
    (folder / "scheme.toml").write_text("fail_at = 9\n")
    (folder / "standards.toml").write_text('["1.1"]\npoints = 9\n')

    later = versions(draft)[1]

    assert (later.fail_at, later.standard("1.1").points, int(later.fee("small"))) == (9, 9, 15)


def test_what_two_files_of_a_day_say_of_one_subject_is_a_fault(draft: Draft) -> None:
    folder = draft.later.with_suffix("")
    folder.mkdir()
    (folder / "fees.toml").write_text("refundable = false\n")

    assert draft.faults() == [f"car-wash/{SECOND}/fees.toml: {LATER} says something of this too: choose one"]


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[form.pages.work.questions.utrr]\noptional = true", 'form.pages[work].questions[utrr]: is not there; a new item says where it comes: after = "…", or first = true'),
        ("[form.pages.nowhere]\ntitle = \"A\"", "form.pages[nowhere]: is not there; a new page says after which other it comes"),
        ("[letters.requests]\ntitle = \"A\"", "letters[requests]: is not there; a new item says where it comes"),
        ("[letters.request]\nafter = \"nothing\"", "letters[request].after: there is no 'nothing' in this list"),
        ("[letters.new]\nafter = \"nothing\"\ntitle = \"A\"\nparagraphs = [\"B\"]", "letters[new].after: there is no 'nothing' in this list"),
        ("[letters.requests]\nremove = true", "letters[requests]: is not there, so that it cannot be removed"),
        ("[letters.request]\nremove = true\ntitle = \"A\"", "letters[request]: is removed, so that nothing else can be said of it"),
        ("[scheme.appeal]\nworking_days = 15", "scheme.appeal.working_days: is so already: the difference changes nothing"),
        ("[scheme]\ntitle = \"Hand car wash licensing\"", "scheme.title: is so already: the difference changes nothing"),
        ("[letters.request]\nfirst = false", "letters[request]"),
        ("[letters.application_received]\nfirst = true", "letters[application_received].first: is so already: the difference changes nothing"),
        ("[form.pages.work]", "form.pages[work]: is empty: the difference changes nothing"),
        ("[form]", "form: is empty: the difference changes nothing"),
        ("[scheme.appeal]\nmotto = { remove = true }", "scheme.appeal.motto: is not there, so that it cannot be removed"),
        ("[clocks]\nremove = true", "clocks: cannot be removed"),
        ("[letters]\nremove = true", "letters: cannot be removed"),
        ("[scheme.appeal]\nworking_day = 16", "scheme.appeal.working_day: there is no such key: is it misspelt?"),
        ("[scheme.appeal]\nworking_days = \"x\"", "scheme.appeal.working_days: must be a whole number, without quotation marks"),
        ("[form.pages.work.questions.chemicals]\nkind = \"text\"", "standards[1.2].applies_when: true and false are the answers to a yes-or-no question"),
        ("[feees]\nrefundable = true", "feees: no file of this name belongs to a pack"),
        ("fees = 3", "fees: must be a table: keys and values"),
        ("[fees", ": not readable as TOML"),
        ("", "says nothing: a version without a change is none"),
    ],
)  # fmt: skip
def test_a_fault_of_a_difference_is_said_with_its_file_and_key(draft: Draft, text: str, told: str) -> None:
    draft.change(text + "\n")

    assert any(fault.startswith(f"{LATER}: {told}" if told[0] != ":" else LATER) and told in fault for fault in draft.faults()), draft.faults()  # fmt: skip


def test_a_fault_of_the_first_version_is_said_once_and_of_its_own_file(draft: Draft) -> None:
    draft.spoil("standards.toml", "points = 4", "points = 40")

    assert [fault.split(":")[0] for fault in draft.faults()] == [f"{BASE}/standards.toml"]


def test_a_day_before_the_base_is_a_fault(draft: Draft) -> None:
    draft.later.rename(draft.later.with_name("2029-12-31.toml"))

    assert draft.faults() == ["car-wash/2029-12-31.toml: is not later than the base, of 2030-01-01"]


@pytest.mark.parametrize("name", ["2031-1-1.toml", "notes.txt", "2032-01-01.tml", "latest.toml"])
def test_a_file_that_is_no_version_is_a_fault(draft: Draft, name: str) -> None:
    (draft.root / "car-wash" / name).write_text("")

    assert draft.faults() == [f"car-wash/{name}: is neither base nor named by a day, like 2027-04-06"]


# --- questions that are written once ---------------------------------------------------------------------------------

SHARED = """
[[shared]]
key = "full_name"
kind = "text"
label = "Name"
personal = true

[[shared]]
key = "nino"
kind = "nino"
label = "National Insurance number"
personal = true
"""
GROUP = """
[groups]
someone = ["full_name", "nino"]
"""


def ask(draft: Draft, questions: str, *, group: str = GROUP) -> None:
    """The page about the director asks these."""
    text = draft.file("form.toml").read_text()
    before, page = text.split('person = "director"\n')
    after = page.split("]\n\n", 1)[1]
    draft.file("form.toml").write_text(
        f'{SHARED}{group}{before}person = "director"\nquestions = {questions}\n\n{after}'
    )


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ('["someone"]', ["full_name", "nino"]),
        ('["nino", "full_name"]', ["nino", "full_name"]),
        ('["someone", { key = "age", kind = "number", label = "Age" }]', ["full_name", "nino", "age"]),
    ],
)
def test_a_page_asks_a_shared_question_by_its_key(draft: Draft, questions: str, found: list[str]) -> None:
    ask(draft, questions, group=GROUP if "someone" in questions else "")

    assert keys(versions(draft)[0], "director") == found


def test_a_page_may_ask_a_shared_question_otherwise(draft: Draft) -> None:
    ask(draft, '["full_name", { key = "nino", optional = true }]', group="")

    nino = versions(draft)[0].form.page("director").question("nino")

    assert (nino.kind, nino.optional, nino.personal) == ("nino", True, True)


def test_a_difference_changes_a_shared_question_for_every_page_and_a_group_by_its_list(draft: Draft) -> None:
    ask(draft, '["someone"]')

    named = second(draft, '[form.shared.full_name]\nlabel = "Full name"\n')
    fewer = second(draft, '[form.groups]\nsomeone = ["full_name"]\n[form.shared.nino]\nremove = true\n')

    assert str(named.form.page("director").question("full_name").label) == "Full name"
    assert keys(fewer, "director") == ["full_name"]


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ('["someone", "age"]', "sections[A].pages[director].questions[age]: no shared question and no group of questions has this name"),
        ('["full_name"]', "shared[nino]: no page asks this"),
        ('["full_name", "nino"]', "groups.someone: no page asks this"),
    ],
)  # fmt: skip
def test_what_nothing_asks_and_what_is_not_there_are_faults(draft: Draft, questions: str, told: str) -> None:
    ask(draft, questions)

    assert f"{BASE}/form.toml: {told}" in draft.faults()


def test_a_group_that_names_itself_is_a_fault(draft: Draft) -> None:
    ask(draft, '["someone"]')
    draft.spoil("form.toml", 'someone = ["full_name", "nino"]', 'someone = ["full_name", "nino", "someone"]')

    assert any("someone" in fault for fault in draft.faults())


# --- a scheme that extends another -----------------------------------------------------------------------------------


def extend(draft: Draft, text: str = "", *, of: str = f"car-wash/{SECOND}") -> None:
    folder = draft.root / "boats"
    folder.mkdir(exist_ok=True)
    (folder / "base.toml").write_text(
        f'[scheme]\nscheme = "boats"\nversion = "2032-01-01"\nextends = "{of}"\ntitle = "Boats"\n{text}'
    )


def test_a_scheme_may_extend_one_version_of_another(draft: Draft) -> None:
    extend(draft, '[letters.request]\ntitle = "Please"\n')

    loaded = schemes.load(draft.root)
    (boats,) = loaded["boats"].values()
    wash = list(loaded["car-wash"].values())[-1]

    assert (boats.name, str(boats.title), str(boats.letter("request").title)) == ("boats", "Boats", "Please")
    assert (boats.fees, boats.form) == (wash.fees, wash.form)


def test_a_later_version_of_the_other_changes_nothing_in_it(draft: Draft) -> None:
    extend(draft)
    (draft.root / "car-wash" / "2033-01-01.toml").write_text("[scheme.appeal]\nworking_days = 99\n")

    (boats,) = schemes.load(draft.root)["boats"].values()

    assert boats.appeal.working_days == 15


@pytest.mark.parametrize("of", ["car-wash/2031-01-02", "car-wash", "boats/2032-01-01", "trains/2031-01-01"])
def test_what_is_not_there_cannot_be_extended(draft: Draft, of: str) -> None:
    extend(draft, of=of)

    assert f"boats/base.toml: scheme.extends: there is no version {of!r} to extend" in draft.faults()


def test_a_folder_of_somebodys_own_may_extend_a_scheme_of_the_product(tmp_path: Path) -> None:
    name = schemes.names()[0]
    version = schemes.versions(name)[-1]
    folder = tmp_path / "boats"
    folder.mkdir()
    (folder / "base.toml").write_text(
        f'[scheme]\nscheme = "boats"\nversion = "2032-01-01"\nextends = "{name}/{version}"\ntitle = "Boats"\n'
    )

    (boats,) = schemes.load(tmp_path)["boats"].values()

    assert boats.form == schemes.get(name, version).form
