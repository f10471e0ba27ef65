"""What is wrong with questions that follow from what everyone named is asked in their own part."""

from collections.abc import Iterator

from registry.schemes.form import Form, FormPage, FormQuestion
from registry.schemes.found import Found


def faults(form: Form) -> Found:
    """Each is about the whole, follows from what everyone is asked, and leaves its page something to ask."""
    for page in form.pages:
        key = f"pages[{page.slug}]"
        if not page.asked:
            yield f"{key}.questions", "nothing is asked on the page itself"
        for question in page.from_each:
            for reason in _of_question(page, question, form):
                yield f"{key}.questions[{question.key}].from_each", reason


def _of_question(page: FormPage, question: FormQuestion, form: Form) -> Iterator[str]:
    if page.scope:
        yield "only what is asked of the organisation follows from what each person is asked"
    if question.kind == "yes_no" and len(question.from_each) != 1:
        yield "yes or no follows from one question"
    roles = {one.scope for one in form.pages if one.is_about_people}
    for scope in sorted(roles):
        asked = {one.key: one for other in form.pages if other.scope == scope for one in other.questions}
        yield from (
            f"is not asked of everyone named: {scope} lacks {key!r}" for key in question.from_each if key not in asked
        )
        if question.kind == "yes_no" and any(not _is_sure(asked[key]) for key in question.from_each if key in asked):
            yield f"must be a yes-or-no question that is always asked, and answered: {scope}"


def _is_sure(question: FormQuestion) -> bool:
    return question.kind == "yes_no" and not question.optional and question.show_when is None
