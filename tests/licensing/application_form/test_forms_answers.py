"""Each kind of question: what is taken and how it is kept, what is refused and in which words."""

import re
from datetime import date
from typing import Any, cast

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from config.demo.answers import answers as made_up
from config.forms import BoundField
from licensing.application_form.forms import answers, fields
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.forms import applicant
from registry import schemes
from tests.stories import SCHEME, a_profile
from tests.ticks import ticked

TODAY = date(2026, 11, 2)
PACK = schemes.in_force(SCHEME, TODAY)
EMPTY = ApplicationForm.of(PACK, ())
ADDRESS = {
    "address_line_1": "1 High Street",
    "address_town": "Bangor",
    "address_postcode": "ll571aa",
    "address_country": "wales",
}
NOWHERE_ELSE = ticked("elsewhere")
KEPT_ADDRESS = {
    "line_1": "1 High Street", "line_2": "", "town": "Bangor", "county": "", "postcode": "LL57 1AA", "country": "wales",
}  # fmt: skip
# Some numbers are asked only of whoever has an address here.
HERE = ApplicationForm.of(PACK, [PageAnswers("address", "", {"address": KEPT_ADDRESS}, True)])


def form(
    page: str, typed: dict[str, Any] | None = None, *, filled: ApplicationForm = HERE, **kept: Any
) -> answers.Answers:
    data: MultiValueDict[str, str] | None = None
    if typed is not None:
        data = QueryDict(mutable=True)
        for key, value in typed.items():
            data.setlist(key, value if isinstance(value, list) else [value])
    return answers.Answers(filled, PACK.form.page(page), kept=kept, today=TODAY, data=data)


def answered(page: str, typed: dict[str, Any]) -> dict[str, Any]:
    given = form(page, typed)
    assert given.is_valid(), given.errors
    return given.answered()


def a_page(*questions: dict[str, Any]) -> schemes.FormPage:
    return schemes.FormPage.model_validate({"slug": "one", "title": "One", "why": "To know.", "questions": questions})


@pytest.mark.parametrize(
    ("key", "kind", "typed", "kept"),
    [
        ("paye_reference", "lines", "12345/AB\n7", ["12345/AB", "7"]),
        ("registration", "text", "no 7 of 12", "no 7 of 12"),
        ("website", "text", "The Red Book", "The Red Book"),
        ("employers", "paye_references", "123 ab456", ["123/AB456"]),
        ("boat", "vehicle_registration", "ab12cde", "AB12 CDE"),
        ("home_page", "website", "www.example.com", "https://www.example.com"),
    ],
)
def test_a_question_is_treated_by_its_kind_and_never_by_the_name_of_its_key(
    key: str, kind: str, typed: str, kept: Any
) -> None:
    page = a_page({"key": key, "kind": kind, "label": "Which?"})
    data = QueryDict(mutable=True)
    data[key] = typed

    given = answers.Answers(EMPTY, page, kept={}, today=TODAY, data=data)

    assert given.is_valid(), given.errors
    assert given.answered() == {key: kept}


@pytest.mark.parametrize(("kind", "taken"), [("text", True), ("nationality", False)])
def test_a_nationality_is_as_short_as_the_file_of_a_person_keeps_it(kind: str, taken: bool) -> None:
    page = a_page({"key": "nationality", "kind": kind, "label": "Which?"})
    data = QueryDict(mutable=True)
    data["nationality"] = "x" * 61

    assert answers.Answers(EMPTY, page, kept={}, today=TODAY, data=data).is_valid() is taken


def errors(page: str, typed: dict[str, Any], field: str) -> list[str]:
    return [str(text) for text in cast(BoundField, form(page, typed)[field]).messages]


@pytest.mark.parametrize("version", schemes.versions(SCHEME), ids=str)
def test_every_page_of_every_version_can_be_drawn_and_takes_what_it_shows(version: date) -> None:
    pack = schemes.get(SCHEME, version)
    items = list(made_up(pack, a_profile(accommodation=True, transport=True, sectors=["shellfish"])))
    filled = ApplicationForm.of(pack, items)
    for item in items:
        page = pack.form.page(item.page)
        shown = answers.Answers(filled, page, kept=item.data, today=TODAY)
        typed = QueryDict(mutable=True)
        for name, field in shown.fields.items():
            value = field.widget.get_context(name, shown[name].value(), {"id": name})["widget"]
            for part in value.get("subwidgets", [value]):
                typed.setlist(part["name"], as_posted(part.get("value"), shown[name].value()))

        # A place typed by hand stands in the form as a digest: what was typed is kept, and not sent back and forth.
        places = {q.key: item.data[q.key] for q in page.questions if q.kind == "premises"}
        again = answers.Answers(filled, page, kept=places, today=TODAY, data=typed)

        assert str(shown)
        assert again.is_valid(), (item.page, again.errors)
        assert {key: value for key, value in again.answered().items() if key in item.data} == {
            key: value for key, value in item.data.items() if value not in ([], "")
        }


def as_posted(drawn: Any, value: Any) -> list[str]:
    if isinstance(drawn, list):
        return [str(one) for one in drawn]
    return [] if drawn is None else [str(drawn)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("445790", "00445790"), ("sc 1234", "SC001234"), ("  01234567 ", "01234567")],
)
def test_numbers_are_taken_as_people_write_them(typed: str, kept: str) -> None:
    assert answered("company", {"company_number": typed})["company_number"] == kept


@pytest.mark.parametrize(
    ("page", "field", "typed", "says"),
    [
        ("company", "company_number", "12ab", "company number of 8 characters"),
        ("tax", "utr", "123", "Unique Taxpayer Reference of 10 digits"),
        ("contact", "email", "nobody", "email address in the right format"),
        ("contact", "telephone", "12", "telephone number"),
        ("contact", "website", "javascript:alert(1)", "web address"),
        ("names", "legal_name", "", "Legal name – enter an answer"),
        ("names", "legal_name", "x" * 201, "Legal name – write at most 200 characters, not 201"),
        ("names", "legal_name", "x" * 201, "200"),
        ("address", "address", "", "Registered or main business address – enter the address"),
        ("principal-authority", "date_of_birth", "", "Date of birth – enter a date, for example 27 3 2026"),
        ("turnover", "turnover", "lots", "Enter a number"),
        ("turnover", "turnover", "-1", "Enter 0 or more"),
        ("turnover", "turnover", "1.234", "pounds and pence"),
        ("turnover", "turnover", "9e30", "Enter a number"),
        ("turnover", "turnover", "NaN", "Enter a number"),
        ("workers", "worker_numbers_now", "2.5", "whole number"),
        ("legal-status", "legal_status", "cooperative", "Select a valid choice"),
        ("legal-status", "legal_status", "", "choose an answer"),
        ("sectors", "sectors", [], "choose at least one"),
        ("sectors", "sectors", ["mining"], "Select a valid choice"),
        ("consent", "consent", ["checks"], "Tick every box"),
        ("names", "trading_names", "x" * 201, "Each line"),
    ],
)
def test_what_is_wrong_is_said_beside_the_question(page: str, field: str, typed: Any, says: str) -> None:
    found = errors(page, {field: typed}, field)

    assert len(found) == 1
    assert says in found[0]


def test_a_percent_sign_in_what_was_typed_breaks_no_sentence() -> None:
    assert errors("contact", {"email": "50%@%s.%d"}, "email")


def test_money_is_kept_without_pound_sign_and_commas() -> None:
    typed = {"turnover_basis": "forecast", "turnover": "£1,250,000.50"}
    typed |= {f"forecast_year_start_{part}": said for part, said in (("day", "1"), ("month", "4"), ("year", "2026"))}

    assert answered("turnover", typed)["turnover"] == "1250000.50"
    assert answered("turnover", typed | {"turnover": " 640 000 "})["turnover"] == "640000"


def test_lines_are_a_list_without_the_empty_ones() -> None:
    typed = {"legal_name": "Dyffryn", "trading_names": " One \r\n\r\nTwo\n"}

    assert answered("names", typed)["trading_names"] == ["One", "Two"]


def test_each_line_of_references_is_checked() -> None:
    tax = {"utr": "1955839661", "vat_registered": "no", "paye_registered": "yes", "paye_more": "no"}
    tax |= {"paye_since_day": "6", "paye_since_month": "4", "paye_since_year": "2020"}

    assert answered("tax", tax | {"paye_reference": "123 ab456\n120/XY9"})["paye_reference"] == ["123/AB456", "120/XY9"]
    assert "PAYE reference" in errors("tax", tax | {"paye_reference": "123/AB456\nnone"}, "paye_reference")[0]


def test_an_address_is_kept_part_by_part_with_its_postcode_in_order() -> None:
    assert answered("address", ADDRESS | NOWHERE_ELSE)["address"] == KEPT_ADDRESS


def test_an_address_abroad_needs_no_postcode() -> None:
    abroad = ADDRESS | {"address_country": "elsewhere", "address_postcode": "", **NOWHERE_ELSE}

    assert answered("address", abroad)["address"]["country"] == "elsewhere"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"address_line_1": ""}, "first line"),
        ({"address_town": ""}, "town or city"),
        ({"address_country": ""}, "nation"),
        ({"address_country": "narnia"}, "nation"),
        ({"address_postcode": "nowhere"}, "postcode"),
        ({"address_postcode": ""}, "postcode"),
    ],
)
def test_each_part_of_an_address_that_is_wrong_is_said(changed: dict[str, str], says: str) -> None:
    assert says in " ".join(errors("address", ADDRESS | changed, "address"))


def test_a_drop_down_within_an_address_looks_like_a_drop_down() -> None:
    (drawn,) = re.findall(r"<select[^>]*>", str(form("address")["address"]))

    assert 'class="govuk-select"' in drawn and "govuk-input" not in drawn


def test_what_is_wrong_is_said_with_its_question_where_a_page_asks_for_two_of_a_kind() -> None:
    typed = {"telephone": "12", "mobile": "13"}

    assert errors("contact", typed, "mobile")[0].startswith("Mobile number – Enter a telephone number, like ")


def test_all_that_is_wrong_with_an_address_is_said_at_once() -> None:
    found = errors("address", {"address_line_2": "Flat 2"}, "address")

    assert len(found) == 3


def test_an_optional_address_may_stay_empty() -> None:
    page = a_page({"key": "elsewhere", "kind": "address", "label": "Elsewhere", "optional": True})
    given = answers.Answers(EMPTY, page, kept={}, today=TODAY, data=QueryDict("elsewhere_country=wales"))

    assert given.is_valid() and given.answered() == {}


@pytest.mark.parametrize(
    ("parts", "ok"),
    [(("2", "11", "2010"), True), (("3", "11", "2010"), False), (("1", "January", "1980"), True)],
)
def test_a_person_must_be_as_old_as_the_pack_says(parts: tuple[str, str, str], ok: bool) -> None:
    typed = dict(zip(("date_of_birth_day", "date_of_birth_month", "date_of_birth_year"), parts, strict=True))

    found = errors("principal-authority", typed, "date_of_birth")

    assert (found == []) is ok
    assert ok or found == ["Date of birth – The person must be 16 or older."]


def test_who_is_born_on_a_leap_day_comes_of_age_in_an_ordinary_year() -> None:
    assert fields._years_before(date(2028, 2, 29), 18) == date(2010, 2, 28)


def test_a_list_to_tick_says_yes_to_what_is_ticked_and_no_to_the_rest() -> None:
    matters = "principal-authority-declarations"

    some = form(matters, ticked("own_matters", "own_trial") | {"seen": form(matters).seen})
    assert some.is_valid() and some.arisen == ["own_trial_details"]
    assert [key for key, answer in some.answered().items() if answer] == ["own_trial"]
    assert set(answered(matters, ticked("own_matters")).values()) == {False}
    assert {"own_bankruptcy", "own_licence", "own_trial"} <= answered(matters, ticked("own_matters")).keys()


@pytest.mark.parametrize(
    ("typed", "why", "kept"),
    [
        ({}, "Do any of these apply to this person? – Tick all that apply, or “None of these”", {}),
        (
            {"ticked-own_matters": ["own_trial", "none-of-these"]},
            "Do any of these apply to this person? – Tick what applies, or “None of these”, but not both",
            {"own_trial": True},
        ),
    ],
)
def test_a_list_to_tick_with_nothing_ticked_or_with_both_is_refused_in_words(
    typed: dict[str, Any], why: str, kept: dict[str, Any]
) -> None:
    given = form("principal-authority-declarations", typed)

    assert not given.is_valid() and given["ticked-own_matters"].messages == [why]  # type: ignore[attr-defined]
    assert given.answered() == kept
    assert all(f'value="{box}" checked' in str(given) for box in typed.get("ticked-own_matters", ()))


@pytest.mark.parametrize(
    ("kept", "checked"),
    [
        ({"trades_elsewhere": False, "letters_elsewhere": False}, {"none-of-these"}),
        ({"trades_elsewhere": False, "letters_elsewhere": True}, {"letters_elsewhere"}),
        ({"trades_elsewhere": False}, set()),
    ],
)
def test_a_list_to_tick_shows_again_what_was_kept(kept: dict[str, Any], checked: set[str]) -> None:
    drawn = str(form("address", **kept)["ticked-elsewhere"])

    assert set(re.findall(r'value="([^"]+)" checked', drawn)) == checked
    assert 'value="none-of-these"' in drawn and drawn.count('data-behaviour="exclusive"') == 1


def test_a_question_that_an_answer_calls_for_must_then_be_answered() -> None:
    tax = {"utr": "1955839661", "paye_registered": "no"}

    assert "enter an answer" in errors("tax", tax | {"vat_registered": "yes"}, "vat_number")[0]
    assert form("tax", tax | {"vat_registered": "no"}).is_valid()


def test_what_was_typed_for_a_question_not_called_for_is_dropped() -> None:
    given = answered(
        "tax", {"utr": "1955839661", "paye_registered": "no", "vat_registered": "no", "vat_number": "rubbish"}
    )

    assert "vat_number" not in given


def test_a_former_answer_does_not_call_for_a_question_any_more() -> None:
    """It was saved as registered; now no is ticked."""
    filled = ApplicationForm.of(
        PACK, [PageAnswers("tax", "", {"vat_registered": True, "vat_number": "980780684"}, True)]
    )
    typed = {"utr": "1955839661", "paye_registered": "no", "vat_registered": "no", "vat_number": ""}

    assert form("tax", typed, filled=filled).is_valid()


def test_a_question_that_depends_on_another_is_not_there_until_that_is_answered() -> None:
    assert "vat_number" not in form("tax").fields
    assert "vat_number" in form("tax", vat_registered=True).fields


def test_a_question_that_was_not_on_the_page_is_not_missing_but_arises() -> None:
    typed = {"utr": "1955839661", "paye_registered": "no", "vat_registered": "yes"}
    given = form("tax", typed | {"seen": "utr vat_registered paye_registered"})

    assert given.is_valid() and given.arisen == ["vat_number", "vat_since"]
    assert given.keys == {"utr", "vat_registered", "paye_registered"}


def test_a_step_is_saved_alone_and_what_is_kept_beside_it_is_judged_too() -> None:
    page, kept = PACK.form.page("tax"), {"utr": "12", "vat_registered": False, "vat_number": "980780684"}
    given = answers.Answers(
        HERE, page, kept=kept, today=TODAY, data=QueryDict("paye_registered=no"), only={"paye_registered"}
    )

    assert given.is_valid() and given.answered() == {"paye_registered": False}
    assert not given.is_right_elsewhere()
    given.kept = kept | {"utr": "1955839661"}
    assert given.is_right_elsewhere()


def test_what_is_not_yet_right_is_kept_as_it_was_typed() -> None:
    given = form("principal-authority", {"full_name": "Nest", "date_of_birth_day": "31", "date_of_birth_year": "19"})

    assert not given.is_valid()
    assert given.answered() == {"full_name": "Nest", "date_of_birth": ["31", "", "19"]}


def test_half_an_address_is_kept_and_shown_again() -> None:
    given = form("address", {"address_town": "Bangor", "address_postcode": "nowhere"})
    given.is_valid()

    assert given.answered()["address"] == {"town": "Bangor", "postcode": "nowhere"}
    assert 'value="nowhere"' in str(form("address", **given.answered()))


def test_what_cannot_be_kept_in_a_database_is_left_out() -> None:
    given = form("names", {"legal_name": "Dy\x00ffryn"})

    assert not given.is_valid()
    assert given.answered()["legal_name"] == "Dyffryn"


@pytest.mark.parametrize(
    ("page", "kept", "shown"),
    [
        ("contact", {"telephone": "+441632960123"}, 'value="01632 960123"'),
        ("contact", {"telephone": "+44 nobody"}, 'value="+44 nobody"'),
        ("company", {"registered_on": "2015-03-27"}, 'value="2015"'),
        ("company", {"registered_on": ["27", "", "20"]}, 'value="20"'),
        ("names", {"trading_names": ["One", "Two"]}, "One\nTwo"),
        ("tax", {"vat_registered": False}, 'value="no" checked'),
    ],
)
def test_what_was_kept_is_shown_again(page: str, kept: dict[str, Any], shown: str) -> None:
    assert shown in str(form(page, **kept))


def test_every_input_of_an_address_has_a_label_of_its_own() -> None:
    drawn = str(form("address")["address"].as_field_group())

    labelled, inputs = set(re.findall(r'for="(\w+)"', drawn)), set(re.findall(r'\bid="(\w+)"', drawn))

    assert len(labelled) == 6
    assert labelled <= inputs


def test_the_error_of_an_address_leads_to_its_first_input() -> None:
    bound = cast(BoundField, form("address", {})["address"])

    assert f'id="{bound.anchor}"' in str(bound)


def start(typed: dict[str, str], organisations: dict[str, str]) -> applicant.Start:
    return applicant.Start(typed, schemes={SCHEME: PACK}, organisations=organisations)


def test_starting_for_another_organisation_needs_its_name() -> None:
    known = {"O-1": "Dyffryn Labour Ltd"}

    assert start({"scheme": SCHEME, "organisation": "new"}, known).errors["legal_name"]
    assert start({"scheme": SCHEME, "organisation": "O-1"}, known).is_valid()
    assert start({"scheme": SCHEME, "organisation": "new", "legal_name": "Another", "whose": "own"}, known).is_valid()


def test_starting_for_another_organisation_needs_whose_business_it_is() -> None:
    typed = {"scheme": SCHEME, "organisation": "new", "legal_name": "Another"}

    assert start(typed, {}).errors["whose"]
    assert start({**typed, "whose": "client"}, {}).errors["client_email"]
    assert start({**typed, "whose": "client", "client_email": "boss@firm.example"}, {}).is_valid()


def test_starting_for_an_organisation_of_somebody_else_is_no_choice() -> None:
    assert start({"scheme": SCHEME, "organisation": "O-2"}, {"O-1": "Dyffryn"}).errors["organisation"]
