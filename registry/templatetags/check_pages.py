"""What a check page shows before something is sent: the answers in words, and the same answers to be sent again."""

from typing import Any, cast

from django import forms, template
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from registry import web

register = template.Library()


@register.simple_tag
def sent_again(form: forms.BaseForm) -> SafeString:
    """All that was sent, hidden on its check page: what is confirmed is what was shown."""
    left_out = {"csrfmiddlewaretoken", web.ASKS}
    sent = (
        (name, value) for name, values in cast(QueryDict, form.data).lists() if name not in left_out for value in values
    )
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', sent)


@register.simple_tag
def answers_of(form: forms.BaseForm) -> list[dict[str, Any]]:
    """What was answered, in words, as rows of a `summary_list`."""
    return web.answers_in_words(form)
