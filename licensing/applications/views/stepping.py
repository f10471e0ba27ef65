"""From one step to the next: where saving leads, where one came from, and how far it is."""

from dataclasses import replace
from typing import Any

from licensing.application_form.forms.fields import language
from licensing.application_form.rules import steps
from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.steps import FormStep
from licensing.applications.queries import applications
from licensing.applications.views.asked import ApplicationPage
from registry.schemes import said


def after_step(asked: ApplicationPage, step: FormStep) -> str:
    """The next question by the answers as they are now; from the check, only what the change newly calls for."""
    now = applications.form_of(asked.application, today=asked.today)
    if COMPANY_NUMBER in step.keys and asked.is_news(now):
        return f"{asked.address_of_step(step)}#company"
    if not asked.then:
        following = steps.following(now, step)
        return asked.address_of_step(following) if following else _after_last(asked, step, now)
    arisen = dict.fromkeys([*asked.arisen, *steps.pages_arisen(asked.filled, now)])
    with_arisen = replace(asked, arisen=tuple(slug for slug in arisen if slug != asked.page.slug))
    following = steps.arisen(asked.filled, now, step)
    return with_arisen.address_of_step(following) if following else _after_last(with_arisen, step, now)


def _after_last(asked: ApplicationPage, step: FormStep, now: ApplicationForm) -> str:
    """From a thing that is being added back to its list; what was complete before is only changed."""
    found = asked.filled.item(asked.page, step.item)
    is_changed = asked.then and found is not None and asked.filled.is_complete(asked.page, found)
    return asked.address_of(asked.page) if step.item and not is_changed else asked.after(now)


def step_words(asked: ApplicationPage, step: FormStep) -> dict[str, Any]:
    """What is said around a step: its heading, how far one is, and the way back."""
    first = steps.before(asked.filled, step) is None
    return {
        "heading": said(steps.heading_of(asked.filled.scheme.form, step), language()),
        "place": steps.place_of(asked.filled, step),
        "is_single": step.is_single,
        "is_first": first,
        "back": asked.back if asked.then else _before(asked, step),
        "whole": asked.address("item_page", step.page.slug, step.item)
        if step.item
        else asked.address("question_page", step.page.slug),
        "is_only": len(steps.steps(asked.filled, step.page, step.item)) == 1,
    }


def _before(asked: ApplicationPage, step: FormStep) -> str:
    if earlier := steps.before(asked.filled, step):
        return asked.address_of_step(earlier)
    if step.item:
        return asked.address_of(asked.page)
    page = steps.page_before(asked.filled, asked.page)
    if page is None:
        return asked.back
    last = None if page.list_of else next(reversed(steps.steps(asked.filled, page)), None)
    return asked.address_of_step(last) if last else asked.address_of(page)
