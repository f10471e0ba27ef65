"""A broken pack stops the deploy: every fault is said with its file, its key and the reason."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import schemes
from tests.registry.schemes.drafts import BASE, LATER, PACKS, Draft, a_draft


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return a_draft(tmp_path)


def test_a_new_sector_is_a_new_folder_and_no_python(draft: Draft) -> None:
    loaded = schemes.load(draft.root)

    assert [str(scheme) for scheme in loaded["car-wash"].values()] == ["car-wash 2030-01-01"]


WRONG = [
    # file, what stood there, what someone typed, what they are told
    # -- not well-formed
    ("scheme.toml", "licence_months = 6", "licence_months = six", ": not readable as TOML: Invalid value"),
    ("scheme.toml", "licence_months = 6", "licence_month = 6", "licence_month: there is no such key: is it misspelt?"),
    ("scheme.toml", "licence_months = 6", "", "licence_months: this key is missing"),
    ("scheme.toml", "licence_months = 6", "licence_months = 0", "licence_months: must be greater than or equal to 1"),
    ("scheme.toml", "hours = ", "opening = ", "authority.hours: this key is missing"),
    ("scheme.toml", 'title = "Valeting"', 'title = { cy = "Golchi" }', "sectors[valeting].title: the English text is missing"),
    ("scheme.toml", 'title = "Valeting"', "title = 3", "sectors[valeting].title: must be a text, or a table in curly brackets"),
    ("scheme.toml", "continues = true", "continues = 7", "appeal.continues: must be true or false"),
    ("scheme.toml", '"confirm_only"', '"hidden"', "public.named_people: must be 'listed', 'confirm_only' or 'none'"),
    ("scheme.toml", '["director"]', '["boss"]', "public.named_roles[1]: must be 'principal_authority'"),
    ("standards.toml", "points = 4", "points = -4", "standards[1.2].points: must be greater than 0"),
    ("standards.toml", "[[sections]]", "[[section]]", "sections: this key is missing"),
    ("standards.toml", "points = 4", "points = 4\nweight = 2", "standards[1.2].weight: there is no such key"),
    ("standards.toml", '["chemicals",', '"always" # ["chemicals",', "standards[1.2].applies_when: must be a list, in square brackets"),
    ("fees.toml", "large = 100", "large = 100.5", "amounts.application.large: money is a whole number or a quoted text"),
    ("fees.toml", "renewal =", "renewel =", "amounts.renewel"),
    ("form.toml", 'kind = "money"', 'kind = "cash"', "sections[A].pages[work].questions[turnover].kind: must be 'text'"),
    ("form.toml", 'slug = "work"', 'slug = "The work"', "sections[A].pages[The work].slug: must be lower-case letters, digits and hyphens"),
    ("form.toml", 'person = "director"', 'person = "boss"', "sections[A].pages[director].person: must be"),
    ("form.toml", "is = true }] }", "equals = true }] }", "sections[A].pages[basins].show_when.all[1].equals: there is no such key"),
    ("form.toml", "{ all = [", "{ some = [", "sections[A].pages[basins].show_when.some: there is no such key"),
    ("checks.toml", 'subject = "person"', 'subject = "dog"', "checks[police].subject: must be 'organisation' or 'person'"),
    ("triggers.toml", 'stage = "application"', 'stage = "never"', "triggers[acid].stage: must be 'application' or 'granted'"),
    ("scheme.toml", "version = 2030-01-01", 'version = "2030-13-01"', "version: must be a day, like 2027-04-06"),
    ("scheme.toml", "fail_at = 10", 'fail_at = "ten"', "fail_at: must be a whole number, without quotation marks"),
    ("scheme.toml", 'code = "valeting"', 'code = "Valet"', "sectors[Valet].code: must be lower-case letters, digits and underscores"),
    ("letters.toml", 'paragraphs = ["It is so."]', 'paragraphs = "It is so."', "].paragraphs: must be a list, in square brackets"),
    ("letters.toml", 'paragraphs = ["It is so."]', "paragraphs = []", "letters[application_received].paragraphs: there must be at least one"),
    # -- well-formed, and false
    ("scheme.toml", '"car-wash"', '"car-was"', "scheme: is 'car-was' in a folder named 'car-wash'"),
    ("scheme.toml", 'code = "valeting"', 'code = "washing"', "sectors[washing]: is there 2 times"),
    ("scheme.toml", '["company_number"]', '["company_no"]', "changes.ends_licence: the form does not ask 'company_no'"),
    ("scheme.toml", 'title = "England"', 'title = { en = "England", cy = "Lloegr" }', "translation: nations[england].title is in 'cy', which is not declared"),
    ("scheme.toml", "fail_at = 10", 'fail_at = 10\ntranslation = { cy = "reviewed" }', "translation: title is not in 'cy', which is said to be reviewed"),
    ("standards.toml", 'code = "1.2"', 'code = "1.1"', "standards[1.1]: is there 2 times"),
    ("standards.toml", "section = 1", "section = 2", "standards[1.1].section: there is no section 2"),
    ("standards.toml", "points = 10", "points = 9", "standards[1.1].points: a critical standard must fail alone: at least 10 points"),
    ("standards.toml", "points = 4", "points = 10", "standards[1.2].critical: 10 points fail alone, so the standard is critical"),
    ("standards.toml", '["chemicals",', '["chemical",', "standards[1.2].applies_when: the form does not declare the fact 'chemical'"),
    ("standards.toml", 'fact = "sectors"', 'fact = "litres"', "standards[1.2].applies_when: the form does not declare the fact 'litres'"),
    ("fees.toml", "below = 50_000", "below = 49_999", "bands[small].below: must be 50000, where band large begins"),
    ("fees.toml", "below = 50_000", "", "bands[small].below: must be 50000, where band large begins"),
    ("fees.toml", "from = 0", "from = 1", "bands[small].from: the lowest band must begin at 0"),
    ("fees.toml", "from = 50_000", "from = 50_000\nbelow = 90_000", "bands[large].below: the highest band must have no upper end"),
    ("fees.toml", 'code = "large"', 'code = "small"', "bands[small]: is there 2 times"),
    ("fees.toml", ", large = 100 }", " }", "amounts.application.large: no amount for this band"),
    ("fees.toml", "large = 100 }", "large = 100, huge = 1 }", "amounts.application.huge: there is no such band"),
    ("fees.toml", "renewal = { small = 5, large = 50 }", "", "amounts.renewal: this key is missing"),
    ("form.toml", 'slug = "work"', 'slug = "business"', "pages[business]: is there 2 times"),
    ("form.toml", 'key = "chemicals"', 'key = "utr"', "questions[utr]: is there 2 times"),
    ("form.toml", 'key = "email"', 'key = "e_mail"', "questions[email]: every scheme must ask this of the organisation"),
    ("form.toml", 'kind = "paye_references"', 'kind = "lines"', "pages[business].questions[paye_reference].kind: the product reads this as 'paye_references'"),
    ("form.toml", 'value = "sole_trader"', 'value = "cooperative"', "pages[business].questions[legal_status].choices[cooperative]: the register knows only sole_trader, company,"),
    ("form.toml", 'label = "Turnover"', 'label = "Turnover", optional = true', "pages[work].questions[turnover]: must be asked always, and answered"),
    ("form.toml", 'label = "Turnover"', 'label = "Turnover", show_when = { any = [{ fact = "chemicals", is = true }] }', "pages[work].questions[turnover]: must be asked always, and answered"),
    ("form.toml", 'slug = "work"', 'slug = "work"\nshow_when = { any = [{ fact = "utr", is = 1 }] }', "pages[work].questions[sectors]: must be asked always, and answered"),
    ("form.toml", 'key = "full_name"', 'key = "name"', "pages[director].questions[full_name]: must be asked of every person, and answered"),
    ("form.toml", 'of = "other"', 'of = "vehicle"', "pages[basins].questions[registration]: must be asked of every vehicle, and answered"),
    ("form.toml", 'of = "other"', 'of = "premises"', "pages[basins].questions[premises_address]: must be asked of every premises, and answered"),
    ("form.toml", 'key = "leaks"', 'key = "litres"', "questions[litres]: is there 2 times"),
    ("form.toml", 'all = [{ fact = "chemicals"', 'all = [{ fact = "acid"', "pages[basins].show_when: the form does not declare the fact 'acid'"),
    ("form.toml", 'fact = "turnover"', 'fact = "income"', "pages[basins].list.at_least_when: the form does not declare the fact 'income'"),
    ("form.toml", 'fact = "litres"', 'fact = "volume"', "pages[basins].questions[leaks].show_when: the form does not declare the fact 'volume'"),
    ("form.toml", 'fact = "legal_status"', 'fact = "litres"', "pages[business].questions[company_number].show_when: the form does not declare"),
    ("form.toml", "at_most = 5", "at_most = 0", "list.at_most: must be greater than or equal to 1"),
    ("form.toml", "at_least = 1, at_most", "at_least = 9, at_most", "pages[basins].list.at_least: asks for more than at_most allows"),
    ("form.toml", 'of = "other"', 'of = "person"', "pages[basins].list.role: a list of persons says in which role they are"),
    ("form.toml", "list = {", 'person = "partner"\nlist = {', "pages[basins].person: a page is either a list or about one person"),
    ("form.toml", ', choices_from = "nations"', "", "pages[work].questions[countries_supplied].choices: there is nothing to choose"),
    ("form.toml", 'label = "UTR"', 'label = "UTR", choices = [{ value = "a", label = "A" }]', "pages[business].questions[utr].choices: a question of kind 'utr' offers no choices"),
    ("form.toml", 'value = "sole_trader"', 'value = "company"', "pages[business].questions[legal_status].choices[company]: is there 2 times"),
    ("form.toml", 'label = "UTR"', 'label = "UTR", all_of = true', "pages[business].questions[utr].all_of: only choices can all be ticked"),
    ("checks.toml", 'code = "police"', 'code = "water"', "checks[water]: is there 2 times"),
    ("checks.toml", 'fact = "chemicals"', 'fact = "acid"', "checks[water].when: the form does not declare the fact 'acid'"),
    ("checks.toml", '["director"]', '["partner"]', "checks[police].roles: the form has nobody in the role 'partner'"),
    ("checks.toml", 'subject = "person"', 'subject = "organisation"', "checks[police].roles: only a check on a person has roles"),
    ("checks.toml", "chaser_days = 5", "chaser_days = 11", "checks[water].chaser_days: the reminder would go out after the reply is due"),
    ("triggers.toml", 'fact = "chemicals"', 'fact = "acid"', "triggers[acid].when: the form does not declare the fact 'acid'"),
    # -- conditions that can never hold
    ("form.toml", 'fact = "legal_status", is = "company"', 'fact = "legal_status", is = "firm"', "show_when: 'firm' is no choice of 'legal_status'"),
    ("form.toml", 'fact = "turnover", at_least = 50_000', 'fact = "turnover", is = true', "list.at_least_when: true and false are the answers to a yes-or-no question, and only to one: 'turnover'"),
    ("form.toml", 'fact = "chemicals", is = true', 'fact = "chemicals", is = "yes"', "show_when: true and false are the answers to a yes-or-no question, and only to one: 'chemicals'"),
    ("form.toml", 'fact = "turnover", at_least', 'fact = "legal_name", at_least', "'at_least' does not fit 'legal_name', a question of kind 'text'"),
    ("standards.toml", 'has = "valeting"', 'has = "polishing"', "standards[1.2].applies_when: 'polishing' is no choice of 'sectors'"),
    ("standards.toml", 'has = "valeting"', 'is = "valeting"', "standards[1.2].applies_when: 'sectors' has a list of answers: say 'has' instead of 'is'"),
    ("triggers.toml", 'fact = "adverse_reply", is = true', 'fact = "adverse_reply", is = "yes"', "triggers[acid].when: 'adverse_reply' is never 'yes'"),
    ("triggers.toml", 'fact = "adverse_reply", is = true', 'fact = "turnover_band", is = "huge"', "triggers[acid].when: 'turnover_band' is never 'huge'"),
    ("triggers.toml", 'fact = "adverse_reply", is = true', 'fact = "turnover_band", at_least = 3', "triggers[acid].when: 'turnover_band' takes 'is' or 'in'"),
    # -- what people would meet
    ("form.toml", 'kind = "company_number"', 'kind = "company_number", step = "legal_status"', "pages[business].questions[company_number].step: is asked together with what it depends on"),
    ("form.toml", 'key = "chemicals", kind = "yes_no"', 'key = "chemicals", from_each = ["leaks"], kind = "yes_no"', "pages[work].questions[chemicals].from_each: is not asked of everyone named: director lacks 'leaks'"),
    ("form.toml", 'key = "chemicals", kind = "yes_no"', 'key = "chemicals", from_each = ["full_name"], kind = "yes_no"', "pages[work].questions[chemicals].from_each: must be a yes-or-no question that is always asked, and answered: director"),
    ("form.toml", 'key = "chemicals", kind = "yes_no"', 'key = "chemicals", tick = "Acids", kind = "yes_no"', "pages[work].questions[chemicals].tick: the step of a list to tick needs a title"),
    ("form.toml", 'label = "UTR"', 'label = "UTR", offer = "utr"', "pages[business].questions[utr].offer: the organisation is not asked 'utr' as a person in a role is asked this"),
    ("form.toml", 'label = "UTR"', 'label = "UTR", tick = "UTR"', "pages[business].questions[utr].tick: must be a yes-or-no question that is always asked, and answered"),
    ("form.toml", 'slug = "work"', 'slug = "submit"', "pages[submit].slug: is the address of a page of the product itself"),
    ("letters.toml", '"It is so."', '"Pay by {{ day }}."', "paragraphs[1]: the text in 'en' is printed as it stands: people would read its braces"),
    ("letters.toml", 'code = "decision_refuse"', 'code = "decision_reject"', "letters[decision_refuse]: this letter is missing"),
    ("letters.toml", 'code = "decision_refuse"', 'code = "request"', "letters[request]: is there 2 times"),
    ("form.toml", "personal = true", "personal = true, public = true", ".public: what is asked about a living person"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "before", "after", "told"), WRONG, ids=[told for *_, told in WRONG])
def test_a_fault_is_said_with_file_key_and_reason(draft: Draft, file: str, before: str, after: str, told: str) -> None:
    draft.spoil(file, before, after)

    faults = draft.faults()

    assert any(told in fault and fault.startswith(f"{BASE}/{file}: ") for fault in faults) or (
        told.startswith(": ") and f"{BASE}/{file}{told}" in "\n".join(faults)
    ), faults


def test_every_fault_is_said_at_once(draft: Draft) -> None:
    draft.spoil("standards.toml", "points = 4", "points = -4")
    draft.spoil("fees.toml", "refundable = true", "refundable = 9")
    draft.spoil("form.toml", 'kind = "utr"', 'kind = "tax"')

    assert [fault.split(": ")[0] for fault in draft.faults()] == [
        f"{BASE}/{name}.toml" for name in ("fees", "form", "standards")
    ]


def test_the_faults_of_all_versions_are_said_together(tmp_path: Path) -> None:
    draft = a_draft(tmp_path, later=True)
    draft.spoil("checks.toml", 'code = "police"', 'code = "water"')
    draft.change("[fees.bands.small]\nfrom = 1\n")

    assert {fault.split(":")[0] for fault in draft.faults()} == {f"{BASE}/checks.toml", LATER}


def test_the_first_fault_is_at_hand_in_parts(draft: Draft) -> None:
    draft.spoil("scheme.toml", "fail_at = 10", "fail_at = -1")

    with pytest.raises(schemes.BrokenPack) as broken:
        schemes.load(draft.root)

    assert (broken.value.file, broken.value.key) == (f"{BASE}/scheme.toml", "fail_at")
    assert broken.value.reason == "must be greater than or equal to 1"


@pytest.mark.parametrize("name", ["scheme", "standards", "fees", "form", "checks", "triggers", "letters"])
def test_a_missing_file_is_a_fault(draft: Draft, name: str) -> None:
    draft.file(f"{name}.toml").unlink()

    assert draft.faults() == [f"{BASE}/{name}.toml: the file is missing"]


def test_a_file_that_belongs_to_no_pack_is_a_fault(draft: Draft) -> None:
    draft.file("feees.toml").write_text("")

    assert draft.faults() == [f"{BASE}/feees.toml: no file of this name belongs to a pack"]


def test_a_file_that_is_not_text_is_a_fault(draft: Draft) -> None:
    draft.file("fees.toml").write_bytes(b"\xff\xfe")

    assert draft.faults()[0].startswith(f"{BASE}/fees.toml: not readable as TOML")


def test_a_root_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(schemes.BrokenPack, match="no such folder"):
        schemes.load(tmp_path / "nowhere")


LINES = [
    (file.name, place, line)
    for file in sorted((PACKS / BASE).glob("*.toml"))
    for place, line in enumerate(file.read_text().splitlines())
    if line.strip()
]
SLIPS = [
    "",
    "{line}\n{line}",
    "{key} = 7",
    '{key} = "x"',
    "{key} = []",
    "{key} = {{}}",
    "{key} = [{{}}]",
    "{key} = true",
    "[{line}",
    "[[{key}]]",
]


@given(st.sampled_from(LINES), st.sampled_from(SLIPS))
@settings(max_examples=300)
def test_a_slip_in_any_line_is_a_fault_or_harmless_but_never_a_crash(where: tuple[str, int, str], slip: str) -> None:
    file, place, line = where
    with TemporaryDirectory() as folder:
        draft = a_draft(Path(folder))
        lines = draft.file(file).read_text().splitlines()
        lines[place] = slip.format(line=line, key=line.split("=")[0].strip(" []"))
        draft.file(file).write_text("\n".join(lines))

        with suppress(schemes.BrokenPack):
            schemes.load(draft.root)


@pytest.mark.parametrize("length", ['code = "appeal_reply"', 'code = "appeal"\nworking_days = 20'])
def test_the_length_of_a_clock_stands_in_one_place(tmp_path: Path, length: str) -> None:
    draft = a_draft(tmp_path)
    draft.file("clocks.toml").write_text(f'[[clocks]]\n{length}\nlaw = "Car Wash Act"\n')

    assert any("working_days is given for appeal_reply" in fault for fault in draft.faults())
