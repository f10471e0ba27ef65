"""The parts of the pages: the same HTML as upstream gives, dates in words, links of lists, the three-part date."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db.models import TextChoices
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

from compliance.bulletins.states import BulletinStatus
from compliance.danger.states import DangerStatus
from compliance.enforcement.states.sanctions import ConvictionOrderStatus, UnderpaymentStatus
from compliance.follow_ups.states import FollowUpStatus
from compliance.guarded_sharing.states import SharingStatus
from compliance.inspections.states import Finding, InspectionStatus
from compliance.reports.states import ReportStatus
from compliance.targeting.states import ExplanationStatus, RoundStatus
from compliance.training.states import TrainingStatus
from config.forms import BoundField
from licensing.appeals.states import AppealOutcome, AppealStatus
from licensing.applications.states import ApplicationStatus
from licensing.checks.states import CheckResult
from licensing.correspondence.states import EntryStatus
from licensing.decisions.states.decisions import DecisionStatus
from licensing.holding.states import ChangeStatus, TransferStatus
from licensing.packs.queries.packs import PackStanding
from licensing.payments.queries.statements import Fate
from licensing.payments.states import CardPaymentStatus, PaymentKind, RefundStatus
from licensing.phoenix_matches.states import LookAlikeStatus
from licensing.requests.states import RequestStatus
from licensing.retention.states import ErasureBatchStatus, ErasureFailureStatus
from licensing.watchlist_matches.states import WatchlistMatchStatus
from registry.campaigns.states import CampaignStatus
from registry.complaints.states import ComplaintStatus
from registry.directory.states import BreakGlassStatus
from registry.documents.states import DocumentStatus
from registry.editions.states import AgreementStatus, EditionStatus
from registry.errors import Reason
from registry.filtersets import ListPage
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.material_orders.states import MaterialOrderStatus
from registry.register.models import Entry
from registry.register.rules import LOOKS
from registry.register.states import Outcome, Standing
from registry.take_overs.states import QuestionStatus
from registry.templatetags import registry_parts as templatetag_registry_parts
from registry.times import clock
from registry.web import MONTH_NAMES, DatePartsField, addresses, cached_nodes, month_number, tag_colours
from registry.web import form_parts as registry_parts
from registry.yearly_statements.states import StatementStatus

FIXTURES = json.loads((Path(__file__).parent / "govuk_fixtures.json").read_text())["components"]
VOID = {"input", "br", "path", "img", "hr"}
# Ours on top of upstream's: Django says what is wrong, and how wide a box of text is without a style sheet; what is
# typed may run from right to left.
OURS = {"aria-invalid", "cols", "data-prevent-double-click", "dir"}


class Tree(HTMLParser):
    """HTML as nested lists, so that white space and the order of attributes and classes do not matter."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root: list[Any] = []
        self.open = [self.root]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: " ".join(sorted((value or "").split())) for name, value in attrs if name not in OURS}
        node: list[Any] = []
        self.open[-1].append((tag, kept, node))
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.open[-1].append(words)


def tree(html: str) -> list[Any]:
    return Tree(html).root


def like_upstream(html: str, name: str, parts: tuple[str, ...] = ()) -> str:
    """Upstream's ids in place of Django's."""
    html = html.replace(f"id_{name}_helptext", f"{name}-hint").replace(f"id_{name}_error", f"{name}-error")
    for index, part in enumerate(parts):
        html = html.replace(f'"id_{name}_{index}"', f'"{name}-{part}"').replace(f'"{name}_{part}"', f'"{part}"')
    html = re.sub(rf'"id_{name}_0"', f'"{name}"', html)
    html = re.sub(rf'"id_{name}_(\d)"', lambda found: f'"{name}-{int(found[1]) + 1}"', html)
    return html.replace(f'"id_{name}"', f'"{name}"')


def field_for(component: str, options: dict[str, Any]) -> forms.Field:
    title = options.get("label") or options["fieldset"]["legend"]
    facts: dict[str, Any] = {"label": title["text"], "help_text": options.get("hint", {}).get("text", "")}
    choices = [(str(item["value"]), item["text"]) for item in options.get("items", ())]
    style = {"class": options["classes"]} if "classes" in options else {}
    made = {
        "input": lambda: forms.CharField(widget=forms.TextInput(attrs=style), **facts),
        "textarea": lambda: forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **facts),
        "select": lambda: forms.ChoiceField(choices=choices, **facts),
        "file-upload": lambda: forms.FileField(**facts),
        "radios": lambda: forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **facts),
        "checkboxes": lambda: forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **facts),
        "date-input": lambda: DatePartsField(**facts),
    }
    field: forms.Field = made[component]()  # type: ignore[no-untyped-call]
    return field


def drawn(component: str, options: dict[str, Any]) -> str:
    name = options.get("id") or options.get("idPrefix") or options["name"]
    form = forms.Form(initial={name: [i["value"] for i in options.get("items", ()) if i.get("checked")] or None})
    form.fields[name] = field_for(component, options)
    if values := options.get("values"):
        form.initial[name] = date(values["year"], values["month"], values["day"])
    if component == "radios" and form.initial[name]:
        form.initial[name] = form.initial[name][0]
    if wrong := options.get("errorMessage"):
        parts = tuple(part for part in ("day", "month", "year") if options.get(part))
        form.cleaned_data = {}
        form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
        form.add_error(name, forms.ValidationError(wrong["text"], params={"parts": parts}))
    heading = (
        str(title.get("isPageHeading", "")) if (title := options.get("label") or options["fieldset"]["legend"]) else ""
    )
    template = Template(
        "{% load registry_parts %}{% if heading %}{% heading_field field %}{% else %}{{ field.as_field_group }}{% endif %}"
    )
    html = str(template.render(Context({"field": form[name], "heading": heading})))
    html = like_upstream(html, name, ("day", "month", "year") if component == "date-input" else ())
    return html.replace(f'name="{name}"', f'name="{options.get("name", name)}"')


FIELDS = [
    (component, fixture)
    for component in FIXTURES
    for fixture in FIXTURES[component]
    if "label" in fixture["options"] or "fieldset" in fixture["options"]
]


@pytest.mark.parametrize(
    ("component", "fixture"), FIELDS, ids=lambda value: value if isinstance(value, str) else value["name"]
)
def test_fields_are_drawn_as_upstream_draws_them(component: str, fixture: dict[str, Any]) -> None:
    upstream = fixture["html"]
    if component == "date-input":  # a month may be typed as a word: a wider box, and not the numeric keys
        name = fixture["options"]["id"]
        upstream = re.sub(rf'(govuk-input--width-)2([^>]*id="{name}-month")', r"\g<1>4\2", upstream)
        upstream = re.sub(rf'(id="{name}-month"[^>]*) inputmode="numeric"', r"\1", upstream)

    assert tree(drawn(component, fixture["options"])) == tree(upstream)


def render(source: str, **context: Any) -> str:
    return Template("{% load registry_parts %}" + source).render(Context(context))


def upstream(component: str, name: str) -> tuple[dict[str, Any], list[Any]]:
    fixture = next(fixture for fixture in FIXTURES[component] if fixture["name"] == name)
    return fixture["options"], tree(fixture["html"])


@pytest.mark.parametrize("name", [fixture["name"] for fixture in FIXTURES["button"]])
def test_buttons_are_drawn_as_upstream_draws_them(name: str) -> None:
    options, expected = upstream("button", name)
    style = options.get("classes", "").removeprefix("govuk-button--")
    facts = {"text": options["text"], "style": style, "name": options.get("name", ""), "href": options.get("href", "")}

    html = render(
        "{% button text style=style name=name value=value href=href %}", value=options.get("value", ""), **facts
    )

    assert tree(html) == expected


def test_the_error_summary_is_drawn_as_upstream_draws_it() -> None:
    options, expected = upstream("error-summary", "mixed with and without links")
    without, with_link = options["errorList"]
    errors = [
        registry_parts.ErrorLink(without["text"], ""),
        registry_parts.ErrorLink(with_link["text"], with_link["href"][1:]),
    ]

    assert tree(render('{% include "parts/error_summary.html" %}', errors=errors)) == expected


@pytest.mark.parametrize(
    ("component", "template", "renamed"),
    [
        ("warning-text", "parts/warning.html", {}),
        ("inset-text", "parts/inset.html", {}),
        ("details", "parts/details.html", {"summary": "summaryText"}),
    ],
)
def test_boxes_are_drawn_as_upstream_draws_them(component: str, template: str, renamed: dict[str, str]) -> None:
    options, expected = upstream(component, "default")
    context = {**options, **{ours: options[theirs] for ours, theirs in renamed.items()}}

    assert tree(render(f'{{% include "{template}" %}}', **context)) == expected


# --- what is wrong, and where ---


class Visit(forms.Form):
    on = DatePartsField(label="When is the visit?", name="The date of the visit")
    kind = forms.ChoiceField(choices=[("a", "Announced"), ("u", "Unannounced")], widget=forms.RadioSelect)
    note = forms.CharField(required=False, max_length=10)
    agreed = forms.BooleanField(label="The manager was told")


def visit(**typed: str) -> Visit:
    return Visit({"kind": "a", "agreed": "on", **typed})


def test_the_error_summary_links_to_the_first_input_that_is_wrong() -> None:
    form = Visit({"on_day": "3", "on_month": "", "on_year": "2026"})

    html = render("{% error_summary form %}", form=form)

    assert re.findall(r'href="#([^"]+)"', html) == ["id_on_1", "id_kind_0", "id_agreed"]
    for anchor in ("id_on_1", "id_kind_0", "id_agreed"):
        assert f'id="{anchor}"' in str(form)


def test_the_summary_and_the_field_say_the_same_words() -> None:
    form = Visit({})

    for link in registry_parts.error_links(form):
        assert str(form).count(link.text) == 1
        assert link.text != "This field is required."


def test_an_error_of_the_whole_form_stands_in_the_summary_without_a_link() -> None:
    form = visit(on_day="3", on_month="3", on_year="2026")
    form.add_error(None, "The fee has not been paid.")

    assert registry_parts.error_links(form) == [registry_parts.ErrorLink("The fee has not been paid.", "")]


def test_a_missing_form_has_no_errors_to_sum_up() -> None:
    assert render("{% error_summary form other %}", other=None).strip() == ""


def test_what_was_typed_is_kept() -> None:
    html = str(visit(on_day="31", on_month="Chwef", on_year="20x6", note="<b>&"))

    for typed in ('value="31"', 'value="Chwef"', 'value="20x6"', 'value="&lt;b&gt;&amp;"'):
        assert typed in html


def test_the_browser_is_left_nothing_to_judge() -> None:
    class Everything(Visit):
        name = forms.CharField()
        why = forms.CharField(widget=forms.Textarea)
        where = forms.ChoiceField(choices=[("a", "Kent")])
        which = forms.MultipleChoiceField(choices=[("a", "Kent")], widget=forms.CheckboxSelectMultiple)
        file = forms.FileField()

    assert not re.search(r"\b(required|maxlength|minlength|placeholder)\b", str(Everything()))


def test_optional_questions_say_so_and_others_do_not() -> None:
    assert re.findall(r"(\w+) \(optional\)", str(Visit())) == ["Note"]


def test_a_wrong_value_of_a_hidden_field_gets_no_link() -> None:
    class Sealed(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert [link.anchor for link in registry_parts.error_links(Sealed({}))] == [""]


# --- the date in three parts ---


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("3", "7", "2026"),
        ("03", "07", "2026"),
        ("3", "July", "2026"),
        (" 3 ", "jul.", "2026"),
        ("3", "Gorffennaf", "2026"),
        ("3", "GORFF", "2026"),
    ],
)
def test_a_date_is_read_as_people_write_it(day: str, month: str, year: str) -> None:
    assert DatePartsField().clean([day, month, year]) == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("typed", "parts", "words"),
    [
        (["", "", ""], ("day", "month", "year"), "Enter a date"),
        (["3", "", "2026"], ("month",), "must include a month"),
        (["", "7", ""], ("day", "year"), "must include a day and a year"),
        (["32", "7", "2026"], ("day",), "must be a real date"),
        (["0", "7", "2026"], ("day",), "must be a real date"),
        (["3", "13", "2026"], ("month",), "must be a real date"),
        (["3", "Ju", "2026"], ("month",), "must be a real date"),
        (["3", "Oc", "2026"], ("month",), "must be a real date"),
        (["3", "007", "2026"], ("month",), "must be a real date"),
        (["003", "7", "2026"], ("day",), "must be a real date"),
        (["x", "y", "2026"], ("day", "month"), "must be a real date"),
        (["3", "7", "26"], ("year",), "a year of 4 numbers"),
        (["3", "7", "0000"], ("year",), "a year of 4 numbers"),
        (["30", "2", "2026"], ("day", "month", "year"), "must be a real date"),
        (["29", "2", "2027"], ("day", "month", "year"), "must be a real date"),
        (["9" * 5000, "7", "2026"], ("day",), "must be a real date"),
        (["3", "9" * 5000, "2026"], ("month",), "must be a real date"),
        (["%s", "%d", "100%"], ("day", "month", "year"), "a year of 4 numbers"),
    ],
)
def test_an_impossible_date_points_at_the_part_that_is_wrong(
    typed: list[str], parts: tuple[str, ...], words: str
) -> None:
    with pytest.raises(forms.ValidationError) as wrong:
        DatePartsField(name="50% of it").clean(typed)

    assert wrong.value.params == {"parts": parts}
    assert words in wrong.value.messages[0] and "for example" in wrong.value.messages[0]


def test_the_wrong_part_alone_is_marked() -> None:
    form = visit(on_day="3", on_month="13", on_year="2026")

    assert re.findall(r'govuk-input--error" id="(id_on_\d)"', str(form)) == ["id_on_1"]


@pytest.mark.parametrize(("year", "month", "day"), [(2026, 1, 1), (2026, 12, 31), (1900, 1, 1), (2086, 12, 31)])
def test_the_first_and_the_last_day_are_days(year: int, month: int, day: int) -> None:
    assert DatePartsField().clean([str(day), str(month), f"{year:04}"]) == date(year, month, day)


@pytest.mark.parametrize("year", ["1899", "2087", "9999", "0001"])
def test_a_year_that_cannot_be_meant_is_refused_by_the_field(year: str) -> None:
    with pytest.raises(forms.ValidationError, match="a year from 1900 to 2086"):
        DatePartsField().clean(["1", "1", year])


def test_a_date_is_judged_by_what_its_field_asks_for() -> None:
    def is_past(given: date) -> None:
        if given > date(2026, 7, 3):
            raise forms.ValidationError("Not yet.")

    field = DatePartsField(validators=[is_past])

    assert field.clean(["3", "7", "2026"]) == date(2026, 7, 3)
    with pytest.raises(forms.ValidationError, match="Not yet"):
        field.clean(["4", "7", "2026"])


def test_an_optional_date_may_be_left_out() -> None:
    assert DatePartsField(required=False).clean(["", " ", ""]) is None


def test_a_date_on_file_is_shown_in_three_parts_and_is_no_change() -> None:
    class Kept(forms.Form):
        on = DatePartsField()

    form = Kept({"on_day": "3", "on_month": "7", "on_year": "2026"}, initial={"on": date(2026, 7, 3)})

    assert not form.has_changed()
    assert [part.value for part in Kept(initial={"on": date(2026, 7, 3)})["on"].date_parts] == ["3", "7", "2026"]  # type: ignore[attr-defined]


def test_every_month_is_known_by_its_name_and_its_first_letters_in_both_languages() -> None:
    for number, names in enumerate(MONTH_NAMES, 1):
        for name in names:
            assert month_number(name) == month_number(name.title()) == number
            assert month_number(name[:3]) in (number, None)


# --- words in boxes ---


STATUSES = (
    Standing,
    LicenceStatus,
    ConditionStatus,
    AppealOutcome,
    AppealStatus,
    ApplicationStatus,
    DecisionStatus,
    CheckResult,
    InspectionStatus,
    Finding,
    ReportStatus,
    PackStanding,
    CardPaymentStatus,
    ChangeStatus,
    TransferStatus,
    FollowUpStatus,
    DocumentStatus,
    LookAlikeStatus,
    WatchlistMatchStatus,
    RoundStatus,
    ExplanationStatus,
)


@pytest.mark.parametrize("status", [member for statuses in STATUSES for member in statuses], ids=repr)
def test_every_status_is_said_in_words_and_has_a_colour(status: TextChoices) -> None:
    html = render("{% status_tag status %}", status=status)

    assert f">{status.label}</strong>" in html
    assert status.value in tag_colours.TAG_COLOURS


@pytest.mark.parametrize("outcome", list(Outcome), ids=repr)
def test_every_outcome_is_a_symbol_and_a_word(outcome: Outcome) -> None:
    html = render("{% load outcomes %}{% outcome_tag outcome %}", outcome=outcome)

    assert f"app-outcome--{LOOKS[outcome].tone.name}" in html
    assert '<svg class="app-symbol"' in html and f" {outcome.label}</strong>" in html


def test_no_colour_is_kept_for_a_status_that_is_gone() -> None:
    said_elsewhere = (
        EntryStatus,
        PaymentKind,
        RefundStatus,
        Fate,
        UnderpaymentStatus,
        ConvictionOrderStatus,
        DangerStatus,
        CampaignStatus,
        RequestStatus,
        SharingStatus,
        AgreementStatus,
        EditionStatus,
        BulletinStatus,
        StatementStatus,
        ComplaintStatus,
        MaterialOrderStatus,
        QuestionStatus,
        BreakGlassStatus,
        ErasureBatchStatus,
        ErasureFailureStatus,
        TrainingStatus,
    )
    known = {member.value for statuses in (*STATUSES, *said_elsewhere) for member in statuses}

    assert set(tag_colours.TAG_COLOURS) - known == {
        "overdue",
        "resolved",
        "released",
        "explained",
        "in_danger",
        "unscanned",
        "new",
        "danger",
        "urgent",
    }  # of tasks, urgent reports, documents in the demonstration, waived triggers and fresh evidence, not of things


def test_an_unknown_status_is_grey() -> None:
    assert 'govuk-tag--grey">Odd<' in render("{% status_tag 'odd' 'Odd' %}")


def test_a_blocked_button_gives_every_reason_in_place_of_the_button() -> None:
    blockers = [Reason("unpaid", "The fee has not been paid."), Reason("unsigned", "There are no signatures.")]

    html = render("{% button 'Grant' blockers %}", blockers=blockers)

    assert "<button" not in html
    assert all(reason.text in html for reason in blockers if isinstance(reason.text, str))
    assert "Grant" in html


def test_a_task_that_cannot_start_is_no_link() -> None:
    tasks = [
        {"title": "People", "state": "completed", "href": "/people/"},
        {"title": "Sites", "state": "incomplete", "href": "/sites/"},
        {"title": "Sign", "state": "cannot_start", "href": "/sign/"},
    ]

    html = render("{% task_list tasks %}", tasks=tasks)

    assert re.findall(r'href="([^"]+)"', html) == ["/people/", "/sites/"]
    assert re.findall(r"govuk-tag[^>]*>([^<]+)<", html) == ["Incomplete"]
    assert "Cannot start yet" in html


def test_an_answer_that_was_left_out_is_said_to_be() -> None:
    rows = [
        {"key": "Fax", "value": ""},
        {"key": "Vehicles", "value": 0, "change": "/vehicles/", "what": "number of vehicles"},
    ]

    html = render("{% summary_list rows %}", rows=rows)

    assert "Not provided" in html
    assert ">0<" in html
    assert 'Change<span class="govuk-visually-hidden"> number of vehicles</span>' in html


def test_an_event_is_shown_with_its_doer_and_a_time_for_programs() -> None:
    event = {
        "title": "Granted",
        "by": "Ann <Example>",
        "at": datetime(2026, 7, 2, 9, 5, tzinfo=UTC),
        "text": "Because.",
    }

    html = render("{% timeline events %}", events=[event])

    assert "by Ann &lt;Example&gt;" in html
    assert '<time datetime="2026-07-02T09:05:00+00:00">2 July 2026 at 10:05am</time>' in html


# --- dates in words ---


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "midday"), (12, 30, "12:30pm"), (17, 0, "5pm")],
)
def test_a_time_of_day_is_written_as_english_is(hour: int, minute: int, words: str) -> None:
    assert clock(datetime(2026, 1, 15, hour, minute, tzinfo=UTC)) == words


def test_a_moment_is_told_in_london() -> None:
    assert templatetag_registry_parts.moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026 at 12:30am"


def test_dates_are_told_in_welsh_to_welsh_readers() -> None:
    with translation.override("cy"):
        assert templatetag_registry_parts.day(date(2026, 6, 2)) == "2 Mehefin 2026"
        assert clock(datetime(2026, 1, 15, 17, 0, tzinfo=UTC)) == "17:00"


def test_no_date_is_no_words() -> None:
    assert render("{{ nothing|day }}{{ nothing|moment }}{% when nothing %}", nothing=None) == ""


# --- addresses and lists ---


@pytest.mark.parametrize(
    ("language", "address", "there"),
    [
        ("cy", "/", "/cy/"),
        ("cy", "/check/?q=a&at=2026-01-01", "/cy/check/?q=a&at=2026-01-01"),
        ("cy", "/cy/check/", "/cy/check/"),
        ("en-gb", "/cy/check/?q=a", "/check/?q=a"),
        ("en-gb", "/cy", "/"),
        ("en-gb", "/cycle/", "/cycle/"),
        ("en-gb", "/cy//evil.example/", "/%2Fevil.example/"),
        ("en-gb", "/cy/cy//evil.example/", "/cy//evil.example/"),
    ],
)
def test_a_page_has_the_same_address_in_each_language(language: str, address: str, there: str) -> None:
    assert addresses.path_in(language, address) == there


def test_paging_keeps_the_query_and_marks_the_page() -> None:
    request = RequestFactory().get("/list/", {"q": "a&b", "page": "2"})
    page: ListPage[Entry] = ListPage([], 100, 2, previous="1", following="3")

    html = render("{% pagination page %}", page=page, request=request)

    assert 'href="?q=a%26b&amp;page=1" rel="prev"' in html
    assert 'href="?q=a%26b&amp;page=3" rel="next"' in html
    assert re.findall(r'aria-label="Page (\d+)" aria-current="page"', html) == ["2"]
    assert '<nav class="govuk-pagination" aria-label=' in html


def test_one_page_needs_no_paging() -> None:
    html = render("{% pagination page %}", page=ListPage([], 5, 1), request=RequestFactory().get("/"))

    assert html.strip() == ""


def test_beyond_the_pages_with_numbers_there_are_those_beside_and_the_first() -> None:
    page: ListPage[Entry] = ListPage([], 1001, None, previous="earlier", following="later")

    html = render("{% pagination page %}", page=page, request=RequestFactory().get("/", {"q": "a", "page": "x"}))

    assert re.findall(r'href="\?q=a&amp;page=(\w+)"', html) == ["earlier", "1", "later"]
    assert "aria-current" not in html


def test_where_counting_stopped_the_last_number_is_not_the_end() -> None:
    html = render("{% pagination page %}", page=ListPage([], 1001, 1, following="2"), request=RequestFactory().get("/"))

    assert re.findall(r"&hellip;|…|aria-label=\"Page (\d+)\"", html) == ["1", "2", "", "40", ""]


class Filters(forms.Form):
    q = forms.CharField(label="Name")
    kind = forms.MultipleChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.CheckboxSelectMultiple)
    on = DatePartsField(label="On")


def test_a_ticked_filter_is_named_by_its_label_alone() -> None:
    class Ticked(forms.Form):
        late = forms.BooleanField(label="With an overdue check", required=False)

    (tag,) = registry_parts.chosen(Ticked({"late": "on"}), RequestFactory().get("/", {"late": "on"}).GET)

    assert tag.text == "With an overdue check"


def test_each_chosen_filter_can_be_taken_off_alone() -> None:
    request = RequestFactory().get("/", {"q": "x", "kind": ["a", "b"], "page": "4", "sort": "-name", "stranger": "1"})

    html = render("{% filter_panel form %}", form=Filters(request.GET), request=request)
    tags = re.findall(r'moj-filter__tag app-break-word" href="([^"]+)"><span[^>]*>[^<]+</span> ([^<]+)<', html)

    assert tags == [
        ("?kind=a&amp;kind=b&amp;sort=-name&amp;stranger=1", "Name: x"),
        ("?q=x&amp;kind=b&amp;sort=-name&amp;stranger=1", "Kind: First"),
        ("?q=x&amp;kind=a&amp;sort=-name&amp;stranger=1", "Kind: Second"),
    ]
    assert '<input type="hidden" name="sort" value="-name">' in html
    assert "(optional)" not in html


@pytest.mark.parametrize(
    ("now", "then", "sorted_"), [("", "name", "none"), ("name", "-name", "ascending"), ("-name", "name", "descending")]
)
def test_a_column_sorts_up_then_down(now: str, then: str, sorted_: str) -> None:
    request = RequestFactory().get("/", {"q": "x", "sort": now, "page": "3"})

    html = render("{% sort_header 'name' 'Name' %}", request=request)

    assert f'href="?q=x&amp;sort={then}"' in html
    assert f'aria-sort="{sorted_}"' in html


@override_settings(LANGUAGE_CODE="en-gb")
def test_links_stay_in_the_language_of_the_page() -> None:
    with translation.override("cy"):
        assert render("{% local '/check/' %}") == "/cy/check/"


# --- what is drawn once ---


def test_what_is_kept_is_drawn_once_for_each_language_and_key() -> None:
    template = Template("{% load registry_parts %}{% kept key %}{{ drawn }}{% endkept %}")

    def draw(drawn: str, key: object, language: str = "en-gb") -> str:
        with translation.override(language):
            return template.render(Context({"drawn": drawn, "key": key}))

    assert [draw("first", "a"), draw("second", "a"), draw("third", "b")] == ["first", "first", "third"]
    assert [draw("Welsh", "a", "cy"), draw("again", "a", "cy"), draw("English", "a")] == ["Welsh", "Welsh", "first"]
    assert [draw("anew", None), draw("each time", None)] == ["anew", "each time"]


def test_without_a_key_nothing_is_kept() -> None:
    template = Template("{% load registry_parts %}{% kept form.untouched %}{{ drawn }}{% endkept %}")

    assert [template.render(Context({"form": object(), "drawn": drawn})) for drawn in ("a", "b")] == ["a", "b"]


def test_an_address_is_put_into_what_is_kept_each_time_and_is_never_kept() -> None:
    template = Template(
        "{% load registry_parts %}{% kept key extra|yesno at this_page %}{% in_language 'cy' this_page %} {{ drawn }}{% endkept %}"
    )

    def draw(drawn: str, this_page: str, **more: object) -> str:
        return template.render(Context({"drawn": drawn, "key": "a", "this_page": this_page, **more}))

    assert draw("first", "/check/?q=a&b") == "/cy/check/?q=a&amp;b first"
    assert draw("second", '/"><script>') == "/cy/&quot;&gt;&lt;script&gt; first"
    assert draw("third", "/check/", extra=True) == "/cy/check/ third"
    [tag] = template.nodelist.get_nodes_by_type(cached_nodes.CachedNode)
    assert isinstance(tag, cached_nodes.CachedNode)
    assert "check" not in "".join(tag.drawn.values())


def test_what_is_kept_does_not_grow_without_end() -> None:
    template = Template("{% load registry_parts %}{% kept key %}{{ key }}{% endkept %}")

    drawn = [template.render(Context({"key": key})) for key in range(3 * cached_nodes.CachedNode.MOST)]

    assert drawn == [str(key) for key in range(3 * cached_nodes.CachedNode.MOST)]
    [tag] = template.nodelist.get_nodes_by_type(cached_nodes.CachedNode)
    assert isinstance(tag, cached_nodes.CachedNode)
    assert len(tag.drawn) <= tag.MOST


def test_filters_with_choices_are_drawn_once_for_all_who_chose_the_same_and_what_is_typed_is_never_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Filters(forms.Form):
        q = forms.CharField(label="Search", required=False)
        sector = forms.ChoiceField(label="Sector", required=False)
        late = forms.BooleanField(label="Late", required=False)

    def drawn(choices: Sequence[tuple[str, str]], **asked: str) -> str:
        request = RequestFactory().get("/", asked)
        form = Filters(request.GET)
        form.fields["sector"].choices = choices  # type: ignore[attr-defined]
        return render("{% filter_panel form %}", form=form, request=request)

    farming, fishing = [("farm", "Farming")], [("farm", "Farming"), ("fish", "Fishing")]
    assert "Fishing" not in drawn(farming) and "Fishing" in drawn(fishing) and "Fishing" not in drawn(farming)
    assert "selected" not in drawn(fishing) and 'value="fish" selected' in drawn(fishing, sector="fish")
    assert (
        "selected" not in drawn(fishing)
        and " checked" in drawn(fishing, late="on")
        and " checked" not in drawn(fishing)
    )
    assert "Canarytext" in drawn(fishing, q="Canarytext") and "Canarytext" not in drawn(fishing)
    assert "govuk-error-message" in drawn(farming, sector="fish") and "govuk-error-message" not in drawn(farming)
    anew: list[str] = []
    as_field_group = BoundField.as_field_group

    def noted(one: BoundField) -> str:
        anew.append(one.name)
        return as_field_group(one)

    monkeypatch.setattr(BoundField, "as_field_group", noted)
    drawn(fishing, late="on")
    assert anew == ["q"]
