"""The parts that every page is made of: tags that fill the templates of `parts/`, and dates in words."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Literal, cast

import segno
from django import forms, template
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from registry import web
from registry.filtersets import Page

register = template.Library()

Text = str | Promise
Context = dict[str, Any]

# The one mapping of a standing or a status to a colour. The words always stand beside it: nothing is said by colour alone.
TAG_COLOURS: dict[str, str] = {
    # what the register says
    "licensed": "green",
    "licensed_with_conditions": "teal",
    "revocation_to_come": "orange",
    "suspended": "orange",
    "revoked": "red",
    "expired": "grey",
    "surrendered": "grey",
    "refused": "red",
    "applied": "blue",
    # licences and conditions
    "active": "green",
    "ended": "grey",
    "open": "yellow",
    "discharged": "green",
    "failed": "red",
    # applications
    "draft": "grey",
    "submitted": "blue",
    "assessing": "purple",
    "awaiting_applicant": "yellow",
    "granted": "green",
    "withdrawn": "grey",
    # notices of underpayment, and orders made on conviction
    "drafted": "grey",
    "left": "grey",
    "to_pay": "yellow",
    "paid": "green",
    "unpaid": "red",
    "in_court": "orange",
    "withdrawn_notice": "grey",
    "written": "blue",
    "struck": "grey",
    "holds": "orange",
    "lifted": "grey",
    "over": "grey",
    # payments by card
    "created": "grey",
    "started": "blue",
    "success": "green",
    "cancelled": "grey",
    # rows of a bank statement
    "sure": "green",
    "doubtful": "yellow",
    "unmatched": "yellow",
    "seen": "grey",
    "not_credit": "grey",
    "unreadable": "orange",
    # inspections
    "commissioned": "blue",
    "opened": "blue",
    "fixed": "yellow",
    "drawn": "green",
    "reported": "purple",
    "confirmed": "green",
    "called_off": "grey",
    # documents
    "clean": "green",
    "rejected": "red",
    "removed": "grey",
    "unscanned": "yellow",
    # reports
    "received": "blue",
    "being_looked_at": "purple",
    "answered": "purple",
    "in_danger": "red",
    "done": "green",
    # what holders tell
    "told": "blue",
    "accepted": "green",
    "noted": "grey",
    # decisions
    "proposed": "purple",
    "notified": "yellow",
    "decided": "grey",
    "dropped": "grey",
    # appeals
    "acknowledged": "yellow",
    "with_tribunal": "purple",
    "listed": "purple",
    "closed": "grey",
    "disregarded": "grey",
    "allowed": "green",
    # transfers
    "asked": "blue",
    "agreed": "purple",
    "declined": "grey",
    "consented": "green",
    # look-alikes
    "dismissed": "grey",
    "new": "blue",
    # versions of a scheme
    "to_come": "blue",
    "in_force": "green",
    "replaced": "grey",
    # checks, findings, what is to be done
    "nil": "green",
    "adverse": "red",
    "no_trace": "green",
    "no_reply": "orange",
    "look": "yellow",
    "not_needed": "grey",
    "set_aside": "grey",
    "not_applicable": "grey",
    "met": "green",
    "not_met": "red",
    "not_tested": "grey",
    "due": "yellow",
    "overdue": "red",
}
# The few words of a task list: plain text when done, no link when it cannot start, a tint for what is left to do.
TASK_WORDS: dict[str, Text] = {
    "completed": gettext_lazy("Completed"),
    "incomplete": gettext_lazy("Incomplete"),
    "in_progress": gettext_lazy("In progress"),
    "not_started": gettext_lazy("Not started yet"),
    "optional": gettext_lazy("Optional"),
    "cannot_start": gettext_lazy("Cannot start yet"),
    "problem": gettext_lazy("There is a problem"),
    "under_way": gettext_lazy("Now"),
    "to_come": gettext_lazy("Still to come"),
    "not_needed": gettext_lazy("Not needed any more"),
}
TASK_COLOURS = {
    "incomplete": "blue",
    "in_progress": "blue",
    "under_way": "blue",
    "not_started": "grey",
    "problem": "red",
}


@dataclass(frozen=True, slots=True)
class ErrorLink:
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    text: str
    href: str


def path_in(language: str, address: str) -> str:
    """The same address in another language: /cy/check/ and /check/ are one page. The query is kept."""
    for code, _name in settings.LANGUAGES:
        if address == f"/{code}" or address.startswith(f"/{code}/"):
            address = address.removeprefix(f"/{code}") or "/"
    # "//somewhere.example" would be an address outside this site.
    address = escape_leading_slashes(address)
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


def query_with(query: QueryDict, **changed: str) -> str:
    """This query with some values changed; an empty value takes the parameter out."""
    copy = query.copy()
    for name, value in changed.items():
        copy.pop(name, None)
        if value:
            copy[name] = value
    return f"?{copy.urlencode()}" if copy else "?"


def query_without(query: QueryDict, name: str, value: str) -> str:
    """This query without one chosen value, back on the first page."""
    copy = query.copy()
    copy.pop("page", None)
    copy.setlist(name, [kept for kept in copy.getlist(name) if kept != value])
    return f"?{copy.urlencode()}" if copy else "?"


def query_of(context: Context) -> QueryDict:
    return cast(HttpRequest, context["request"]).GET


# --- dates in words ---

# Named here, so that our catalogue holds them: Django's own Welsh misspells July.
MONTHS: tuple[Text, ...] = (
    gettext_lazy("January"),
    gettext_lazy("February"),
    gettext_lazy("March"),
    gettext_lazy("April"),
    gettext_lazy("May"),
    gettext_lazy("June"),
    gettext_lazy("July"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("October"),
    gettext_lazy("November"),
    gettext_lazy("December"),
)


@register.filter
def day(value: date | None) -> str:
    """2 July 2026, in the reader's language. A moment is first brought to London."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


@register.filter
def clock(value: datetime) -> str:
    """10am, 10:05am, midday: the way English is written; a 24-hour clock in other languages."""
    local = timezone.localtime(value)
    if not (translation.get_language() or settings.LANGUAGE_CODE).startswith("en"):
        return f"{local:%H:%M}"
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def moment(value: datetime | None) -> str:
    """2 July 2026 at 10:05am, in London."""
    return gettext("%(day)s at %(time)s") % {"day": day(value), "time": clock(value)} if value else ""


@register.simple_tag
def when(value: date | None) -> SafeString:
    """A `time` element: a moment with its time of day, a date without."""
    if value is None:
        return SafeString("")
    words = moment(value) if isinstance(value, datetime) else day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


# --- addresses ---


@register.simple_tag
def local(address: str) -> str:
    """An address of this site in the language of this page."""
    return path_in(translation.get_language() or settings.LANGUAGE_CODE, address)


@register.simple_tag
def in_language(language: str, address: str) -> str:
    """An address in the language of the site, such as `this_page`, in another."""
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


@register.inclusion_tag("parts/nav_link.html", takes_context=True)
def nav_link(context: Context, address: str, text: Text, but: str = "") -> Context:
    """A link of the navigation, marked when the page is below it, `but` not below one that has a link of its own."""
    href = local(address)
    path = request.path if (request := context.get("request")) else ""
    return {"href": href, "text": text, "here": path.startswith(href) and not (but and path.startswith(local(but)))}


# --- forms ---


@register.simple_tag(takes_context=True)
def seal(context: Context) -> SafeString:
    """What makes a form of staff outlive its session: what was typed into it is there again after the sign-in."""
    request = context["request"]
    return format_html(
        '<input type="hidden" name="{}" value="{}">', web.SEAL, web.seal_of(request, who=request.user.pk)
    )


@register.inclusion_tag("account/idle.html", takes_context=True)
def idle_warning(context: Context) -> dict[str, Any]:
    """What a script shows to staff shortly before they are signed out for doing nothing; without one it says when that is."""
    request = context["request"]
    return {"left": web.idle_left(request), "minutes": settings.STAFF_IDLE_SECONDS // 60, "request": request}


# --- words in boxes ---


@register.simple_tag
def status_tag(code: str, label: Text = "") -> SafeString:
    """A standing or status as a tag. A member of a TextChoices brings its own label."""
    return _drawn_tag(TAG_COLOURS.get(str(code), "grey"), str(label or getattr(code, "label", code)))


@lru_cache(maxsize=512)
def _drawn_tag(colour: str, label: str) -> SafeString:
    """Drawn once: a list says the same few of them on every row."""
    return render_to_string("parts/tag.html", {"colour": colour, "label": label})


@register.inclusion_tag("parts/button.html")
def button(
    text: Text, blockers: Iterable[object] = (), *, style: str = "", name: str = "", value: str = "", href: str = ""
) -> Context:
    """A button; or, when a rule gives reasons against it, what it would do and every reason why not yet."""
    return {"text": text, "blockers": list(blockers), "style": style, "name": name, "value": value, "href": href}


@register.simple_tag
def square_code(text: str, words: Text) -> SafeString:
    """A QR code drawn in the page itself, with words for those who do not see it."""
    rows = list(segno.make(text, error="m").matrix_iter(border=4))
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {size} {size}" width="260" height="260" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{}"/></svg>',
        words,
        dark,
        size=len(rows),
    )


# --- forms ---


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    links = [ErrorLink(str(text), "") for text in form.non_field_errors()]
    for bound in form:
        anchor = "" if bound.is_hidden else getattr(bound, "anchor", bound.auto_id)
        links.extend(ErrorLink(str(text), anchor) for text in getattr(bound, "messages", bound.errors))
    return links


@register.inclusion_tag("parts/error_summary.html")
def error_summary(*several: forms.BaseForm | Literal[""] | None) -> Context:
    """Every error of the forms on a page, each linking to the input that puts it right; a form may be missing."""
    return {"errors": [link for form in several if form and form.errors for link in error_links(form)]}


@register.inclusion_tag("parts/field.html")
def heading_field(field: forms.BoundField) -> Context:
    """A field whose label is the heading of the page: one thing on a page."""
    return {"field": field, "heading": True}


@register.simple_tag
def holding(field: forms.BoundField, text: str, drawn_by: str) -> SafeString:
    """A field of one box with this text in it, and nothing wrong with it, drawn by a template that is given the `field`."""
    return render_to_string(drawn_by, {"field": type(field.form)(initial={field.name: text})[field.name]})


#: Stands for an address, or for what was typed, while something is drawn that holds it: neither has such a sign.
HOLE = "\ue000"


class Kept(template.Node):
    """See `kept`. What it keeps lives as long as the parsed template, in each process by itself."""

    MOST = 256

    def __init__(self, keys: Sequence[FilterExpression], address: str, inside: template.NodeList) -> None:
        self.keys, self.address, self.nodelist = keys, address, inside
        self.drawn: dict[Hashable, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = tuple(key.resolve(context, ignore_failures=True) for key in self.keys)
        if None in key:
            return self.nodelist.render(context)
        wanted = (translation.get_language(), *key)
        drawn = self.drawn.get(wanted) or self._draw(wanted, context)
        return SafeString(drawn.replace(HOLE, escape(context[self.address]))) if self.address else drawn

    def _draw(self, wanted: Hashable, context: template.Context) -> SafeString:
        if len(self.drawn) >= self.MOST:
            self.drawn.clear()
        with context.push(**({self.address: HOLE} if self.address else {})):
            self.drawn[wanted] = self.nodelist.render(context)
        return self.drawn[wanted]


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept key %} … {% endkept %}` draws what is inside once for each language and key; every time while there is none.

    All that the inside depends on must be in the keys: whoever asks next is shown the same. Only an address, or a text that
    was typed, may differ: with `{% kept key at variable %}` it is put in each time, and is never kept.
    """
    _name, *keys = token.split_contents()
    address = keys[-1] if keys[-2:-1] == ["at"] else ""
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept([parser.compile_filter(key) for key in (keys[:-2] if address else keys)], address, inside)


# --- lists ---


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> Context:
    """The pages of a list; the rest of the query is kept. Beyond the pages with numbers there are only those beside this."""
    query = query_of(context)
    last = page.numbered if page.number else 1
    numbers = Paginator(range(last), 1).get_elided_page_range(page.number or 1, on_each_side=1, on_ends=1)
    more = () if page.number and page.is_counted else (Paginator.ELLIPSIS,)
    items = [(n, query_with(query, page=str(n)) if isinstance(n, int) else "") for n in chain(numbers, more)]
    return {
        "several": page.previous or page.following,
        "previous": query_with(query, page=page.previous) if page.previous else "",
        "next": query_with(query, page=page.following) if page.following else "",
        "items": [{"number": n, "href": href, "current": n == page.number} for n, href in items],
    }


def words_for(bound: forms.BoundField, value: str) -> str:
    """A chosen value as the form names it."""
    for subwidget in bound.subwidgets if hasattr(bound.field, "choices") else ():
        if str(subwidget.data.get("value")) == value:
            return str(subwidget.choice_label)
    return value


def chosen(form: forms.BaseForm, query: QueryDict) -> list[ChosenFilter]:
    found = []
    for bound in form:
        own = [key for key in query if key == bound.html_name or key.startswith(f"{bound.html_name}_")]
        for name, value in ((key, value) for key in own for value in query.getlist(key) if value):
            is_ticked = isinstance(bound.field.widget, forms.CheckboxInput)
            text = str(bound.label) if is_ticked else f"{bound.label}: {words_for(bound, value)}"
            found.append(ChosenFilter(text, query_without(query, name, value)))
    return found


@register.inclusion_tag("parts/filter_panel.html", takes_context=True)
def filter_panel(context: Context, filterset: Any, action: str = "") -> Context:
    """The filters of a list as a form that gets, and the chosen ones as tags that can be taken off."""
    form: forms.BaseForm = getattr(filterset, "form", filterset)
    form.all_optional = True  # type: ignore[attr-defined]
    query = query_of(context)
    return {
        "fields": [(bound, drawn_from(bound)) for bound in form.visible_fields()],
        "hidden_fields": form.hidden_fields(),
        "chosen": chosen(form, query),
        "action": action,
        "sort": query.get("sort", ""),
    }


def drawn_from(bound: forms.BoundField) -> Hashable:
    """All that a filter with few possible values is drawn from, as a key of `kept`; None for a box, or when something is wrong.

    To draw the choices of a list anew for each reader took as long as to draw its rows.
    """
    field = bound.field
    if bound.errors or not isinstance(field, forms.ChoiceField | forms.BooleanField):
        return None
    choices = _in_words(cast(Any, field.choices)) if isinstance(field, forms.ChoiceField) else ()
    return type(field.widget), bound.auto_id, str(bound.label), str(bound.help_text), choices, str(bound.value())


def _in_words(choices: Iterable[tuple[Any, Any]]) -> Hashable:
    return tuple(
        (str(value), _in_words(said) if isinstance(said, list | tuple) else str(said)) for value, said in choices
    )


@register.inclusion_tag("parts/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, text: Text, numeric: bool = False) -> Context:
    """A column heading that sorts on the server: once up, once more down."""
    query = query_of(context)
    now = query.get("sort", "")
    ways = {key: "ascending", f"-{key}": "descending"}
    href = query_with(query, sort=f"-{key}" if now == key else key, page="")
    return {"text": text, "href": href, "sorted": ways.get(now, "none"), "numeric": numeric}


@register.inclusion_tag("parts/task_list.html")
def task_list(tasks: Iterable[Any], name: str = "tasks") -> Context:
    """Tasks with `title`, `state` (one of TASK_WORDS), `href` and perhaps `hint`, as attributes or keys."""
    return {"tasks": list(tasks), "words": TASK_WORDS, "colours": TASK_COLOURS, "name": name}


@register.filter
def at_key(mapping: dict[str, Any], key: str) -> Any:
    """Look a key up that is known only when the page is drawn."""
    return mapping.get(str(key), "")


@register.inclusion_tag("parts/summary_list.html")
def summary_list(rows: Iterable[Any]) -> Context:
    """Rows with `key`, `value` and perhaps `change` (an address) and `what` (said to those who cannot see the row).

    Where `lines` has several, they are a list instead of `value`.
    """
    return {"rows": list(rows)}


@register.inclusion_tag("parts/timeline.html")
def timeline(events: Iterable[Any], level: int = 3) -> Context:
    """What happened, newest first as given: `title`, `at`, and perhaps `by`, `text`."""
    return {"events": list(events), "level": level}


@register.inclusion_tag("parts/table.html")
def plain_table(caption: Text, headings: Sequence[Text], rows: Iterable[Sequence[Any]]) -> Context:
    """A table of plain values; the first cell of a row is its heading."""
    return {"caption": caption, "headings": headings, "rows": list(rows)}
