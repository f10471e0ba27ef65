"""What is wrong with a form whose every key is well-formed."""

from collections.abc import Mapping

from registry.schemes import each_faults
from registry.schemes.clauses import Asked, asked_of_all, asked_of_applicant
from registry.schemes.form import Form, FormPage, FormQuestion, Kind
from registry.schemes.found import Found, doubles, unfit
from registry.schemes.scheme import Scheme

# What the product reads by name, so that every pack's form must ask it of the organisation: always, or where it fits.
ALWAYS_ASKED = ("legal_name", "legal_status", "address", "sectors", "countries_supplied", "turnover")
ASKED = (*ALWAYS_ASKED, "trading_names", "company_number", "utr", "vat_number", "paye_reference", "telephone", "email")
# As what the product reads it, where a pack asks it: what another kind takes would be kept as something that it is not.
KINDS: Mapping[str, Kind] = {
    "legal_name": "text",
    "legal_status": "choice",
    "address": "address",
    "sectors": "choices",
    "countries_supplied": "choices",
    "turnover": "money",
    "trading_names": "lines",
    "former_names": "lines",
    "company_number": "company_number",
    "utr": "utr",
    "vat_number": "vat",
    "paye_reference": "paye_references",
    "telephone": "telephone",
    "email": "email",
    "website": "website",
}
# The kinds of organisation that the register knows (registry.models.LegalStatus).
LEGAL_STATUSES = ("sole_trader", "company", "partnership", "unincorporated", "other")
# The same of each thing in a list, and of the one person whom pages describe.
ASKED_OF_EACH = {
    "person": ("full_name",),
    "premises": ("premises_name", "premises_address"),
    "vehicle": ("registration",),
    "other": (),
}
# Below the address of an application these words are pages of the product's own.
TAKEN_SLUGS = frozenset(
    {
        "add",
        "again",
        "check-answers",
        "company-register",
        "decisions",
        "documents",
        "files",
        "messages",
        "payments",
        "parts",
        "preview",
        "remove",
        "requests",
        "steps",
        "submit",
        "submitted",
        "transfers",
        "withdraw",
    }
)


def faults(scheme: Scheme) -> Found:
    """What is wrong with a well-formed form: asked twice, not asked, asked in a way that the product cannot read."""
    form = scheme.form
    yield from doubles("sections", (section.code for section in form.sections))
    yield from doubles("pages", (page.slug for page in form.pages))
    scopes: dict[str, list[FormQuestion]] = {}
    for page in form.pages:
        scopes.setdefault(page.scope, []).extend(page.questions)
    for questions in scopes.values():
        yield from doubles("questions", (question.key for question in questions))
    yield from _of_asked(form)
    yield from _of_each_thing(form)
    yield from _of_steps(form)
    yield from _of_lists_to_tick(form)
    yield from _of_offers(form)
    yield from each_faults.faults(form)
    for page in form.pages:
        for question in page.questions:
            if question.personal and question.public:
                key = f"pages[{page.slug}].questions[{question.key}].public"
                yield key, "what is asked about a living person is never shown to the public"
        yield from _of_page(page, scheme, {question.key: question for question in scopes[page.scope]})


def _of_asked(form: Form) -> Found:
    """What the product reads by name must be asked, and what it cannot do without must be answered."""
    for missing in [key for key in ASKED if key not in form.facts()]:
        yield f"questions[{missing}]", "every scheme must ask this of the organisation"
    for page in [page for page in form.pages if not page.scope]:
        for question in page.questions:
            key = f"pages[{page.slug}].questions[{question.key}]"
            if question.key in ALWAYS_ASKED and (page.show_when or _can_be_left_out(question)):
                yield key, "must be asked always, and answered"
            yield from _of_kind(key, question)


def _of_steps(form: Form) -> Found:
    """What is asked together cannot depend on each other, and nothing is called what is asked nowhere."""
    yield from doubles("steps", (step.code for step in form.steps))
    asked = {question.step for page in form.pages for question in page.questions}
    yield from (
        (f"steps[{step.code}]", "no question is asked in this step") for step in form.steps if step.code not in asked
    )
    for page in form.pages:
        of_step = {question.key: question.asked_in for question in page.questions}
        for question in page.questions:
            key = f"pages[{page.slug}].questions[{question.key}].step"
            if any(of_step.get(fact) == question.asked_in for fact in question.depends_on):
                yield key, "is asked together with what it depends on"
            if question.step and question.step in of_step and of_step[question.step] != question.step:
                yield key, "is the key of another question of the page, which is asked elsewhere"


def _of_offers(form: Form) -> Found:
    """What is offered is asked of the organisation in the same way, and offered about the one person in a role."""
    asked = {question.key: question.kind for page in form.pages if not page.scope for question in page.questions}
    for page in form.pages:
        for question in (one for one in page.questions if one.offer):
            if not page.person or asked.get(question.offer) != question.kind:
                key = f"pages[{page.slug}].questions[{question.key}].offer"
                yield key, f"the organisation is not asked {question.offer!r} as a person in a role is asked this"


def _of_lists_to_tick(form: Form) -> Found:
    """A list to tick is drawn under its own title, and says yes or no to every question of its step."""
    titled = {step.code for step in form.steps}
    for page in form.pages:
        ticked = {question.asked_in for question in page.questions if question.tick}
        for question in (one for one in page.questions if one.asked_in in ticked):
            key = f"pages[{page.slug}].questions[{question.key}].tick"
            if not (question.tick or question.from_each):
                yield key, "is missing: its step is a list to tick"
            elif question.tick and not _is_ticked(question):
                yield key, "must be a yes-or-no question that is always asked, and answered"
            elif question.asked_in not in titled:
                yield key, "the step of a list to tick needs a title"


def _is_ticked(question: FormQuestion) -> bool:
    return question.kind == "yes_no" and not _can_be_left_out(question) and not question.from_each


def _of_kind(key: str, question: FormQuestion) -> Found:
    if question.kind != KINDS.get(question.key, question.kind):
        yield f"{key}.kind", f"the product reads this as {KINDS[question.key]!r}"
    unknown = [choice.value for choice in question.choices if choice.value not in LEGAL_STATUSES]
    for value in unknown if question.key == "legal_status" else ():
        yield f"{key}.choices[{value}]", f"the register knows only {', '.join(LEGAL_STATUSES)}"


def _of_each_thing(form: Form) -> Found:
    """The same of what a list holds, and of the one person whom some pages describe."""
    scopes = {page.scope: page.list_of.of if page.list_of else "person" for page in form.pages if page.scope}
    answered = {
        (page.scope, question.key)
        for page in form.pages
        for question in page.questions
        if not _can_be_left_out(question)
    }
    for scope, of in scopes.items():
        for key in [key for key in ASKED_OF_EACH[of] if (scope, key) not in answered]:
            yield f"pages[{scope}].questions[{key}]", f"must be asked of every {of}, and answered"


def _can_be_left_out(question: FormQuestion) -> bool:
    return question.optional or question.show_when is not None


def _of_page(page: FormPage, scheme: Scheme, own: Asked) -> Found:
    key = f"pages[{page.slug}]"
    asked = asked_of_applicant(scheme)
    yield from unfit(f"{key}.show_when", page.show_when, asked, scheme)
    if page.slug in TAKEN_SLUGS:
        yield f"{key}.slug", "is the address of a page of the product itself"
    if page.list_of:
        yield from unfit(f"{key}.list.at_least_when", page.list_of.at_least_when, asked, scheme)
        yield from _of_list(key, page)
    for question in page.questions:
        near = asked_of_all(scheme) if question.from_each else {k: one for k, one in own.items() if not one.from_each}
        yield from _of_question(f"{key}.questions[{question.key}]", question, {**asked, **near}, scheme)


def _of_list(key: str, page: FormPage) -> Found:
    assert page.list_of is not None
    if page.list_of.at_least > page.list_of.at_most:
        yield f"{key}.list.at_least", "asks for more than at_most allows"
    if page.list_of.of == "person" and not page.list_of.role:
        yield f"{key}.list.role", "a list of persons says in which role they are"
    if page.person:
        yield f"{key}.person", "a page is either a list or about one person"


def _of_question(key: str, question: FormQuestion, asked: Asked, scheme: Scheme) -> Found:
    yield from unfit(f"{key}.show_when", question.show_when, asked, scheme)
    chooses = question.kind in ("choice", "choices")
    if chooses and not question.choices:
        yield f"{key}.choices", "there is nothing to choose"
    if question.choices and not chooses:
        yield f"{key}.choices", f"a question of kind {question.kind!r} offers no choices"
    if question.all_of and question.kind != "choices":
        yield f"{key}.all_of", "only choices can all be ticked"
    yield from doubles(f"{key}.choices", (choice.value for choice in question.choices))
