"""A part of a long page, folded away with how much is in it, and open where something waits. It needs no script."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from licensing.cases.queries.contents import Contents

register = template.Library()


@register.simple_block_tag(takes_context=True)
def folded(context: Context, content: SafeString, anchor: str) -> str:
    """The part of `contents` with this anchor, round what stands between the tags."""
    contents: Contents = context["contents"]
    part = contents.part(anchor)
    assert context.template is not None, "a tag is rendered by a template"
    page = context.template.engine.get_template("licensing/parts/part_of_page.html")
    is_open = contents.all_open or part.waiting > 0
    return page.render(context.new({"part": part, "is_open": is_open, "content": content}))
