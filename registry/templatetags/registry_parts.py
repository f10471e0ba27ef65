"""The parts that every page is made of: tags that fill the templates of `parts/`, and dates in words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Literal
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings
from django.core.paginator import Paginator
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from registry import reading, web
from registry.filtersets import ListPage
from registry.languages import direction
from registry.permissions import NOT_THEIRS
from registry.times import clock
from registry.web.addresses import Context, path_in, query_of, query_with
from registry.web.cached_nodes import CachedNode
from registry.web.form_parts import chosen, drawn_from, error_links
from registry.web.tag_colours import TAG_COLOURS, TASK_COLOURS, TASK_WORDS, Text

register = template.Library()


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


register.filter(clock)


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


@register.simple_tag
def lang_dir(language: str) -> SafeString:
    """The attributes of an element whose words are in this language: which one it is, and which way it is written."""
    return format_html('lang="{}" dir="{}"', language, direction(language))


register.simple_tag(web.style_sheet)


@register.inclusion_tag("parts/back_link.html")
def back_link(page: str, *keys: Any, text: Text = "") -> dict[str, Any]:
    """The link to the page before this one, which has this name and, of what it is about, these keys."""
    return {"href": reverse(page, args=keys), "text": text}


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


@register.simple_tag(takes_context=True)
def readers_page(context: Context) -> str:
    """Where this person can see who read what this page is about; "" where they may not, or where it is nothing that is read."""
    request = context["request"]
    match, user = request.resolver_match, getattr(request, "user", None)
    read = next(reading.reads(match.route, match.kwargs), None) if match else None
    if read is None or user is None or not any(map(user.has_perm, reading.readers_told_to(read.kind))):
        return ""
    return f"{reverse('who_saw')}?{urlencode({'reference': read.reference})}"


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
    """A button; or, when a rule gives reasons against it, what it would do and every reason why not yet.

    Where this person may never do it, there is no button: only who may is said.
    """
    reasons = list(blockers)
    others = [one for one in reasons if getattr(one, "code", "") in NOT_THEIRS]
    return {
        "text": text,
        "blockers": others or reasons,
        "is_for_others": bool(others),
        "style": style,
        "name": name,
        "value": value,
        "href": href,
    }


@register.inclusion_tag("parts/error_summary.html")
def error_summary(*several: forms.BaseForm | list[forms.BaseForm] | Literal[""] | None) -> Context:
    """Every error of the forms on a page, each linking to the input that puts it right; a form may be missing, or be many."""
    every = [form for one in several for form in (one if isinstance(one, list) else [one])]
    return {"errors": [link for form in every if form and form.errors for link in error_links(form)]}


@register.inclusion_tag("parts/field.html")
def heading_field(field: forms.BoundField) -> Context:
    """A field whose label is the heading of the page: one thing on a page."""
    return {"field": field, "heading": True}


@register.simple_tag
def holding(field: forms.BoundField, text: str, drawn_by: str) -> SafeString:
    """A field of one box with this text in it, and nothing wrong with it, drawn by a template that is given the `field`."""
    return render_to_string(drawn_by, {"field": type(field.form)(initial={field.name: text})[field.name]})


@register.tag
def kept(parser: Parser, token: Token) -> CachedNode:
    """`{% kept key %} … {% endkept %}` draws what is inside once for each language and key; every time while there is none.

    All that the inside depends on must be in the keys: whoever asks next is shown the same. Only an address, or a text that
    was typed, may differ: with `{% kept key at variable %}` it is put in each time, and is never kept.
    """
    _name, *keys = token.split_contents()
    address = keys[-1] if keys[-2:-1] == ["at"] else ""
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return CachedNode([parser.compile_filter(key) for key in (keys[:-2] if address else keys)], address, inside)


# --- lists ---


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: Context, page: ListPage[Any]) -> Context:
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


@register.inclusion_tag("staff/filter_panel.html", takes_context=True)
def filter_panel(context: Context, filterset: Any, action: str = "") -> Context:
    """The filters of a list as a form that gets, and the chosen ones as tags that can be taken off."""
    form: forms.BaseForm = getattr(filterset, "form", filterset)
    vars(form)["all_optional"] = True
    query = query_of(context)
    return {
        "fields": [(bound, drawn_from(bound)) for bound in form.visible_fields()],
        "hidden_fields": form.hidden_fields(),
        "chosen": chosen(form, query),
        "action": action,
        "look": [(name, value) for name in web.LOOK for value in query.getlist(name)],
        "no_filters": urlencode([(name, value) for name in web.LOOK for value in query.getlist(name)]),
        "is_wrong": bool(form.errors),
    }


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
def plain_table(
    caption: Text, headings: Sequence[Text], rows: Iterable[Sequence[Any]], *, is_headed: bool = False
) -> Context:
    """A table of plain values; the first cell of a row is its heading. `is_headed`: a heading above it says its caption."""
    return {"caption": caption, "headings": headings, "rows": list(rows), "is_headed": is_headed}
