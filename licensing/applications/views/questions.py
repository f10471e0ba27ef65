"""The pages of the form, one after the other: questions, what is typed, what somebody else has saved meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from licensing.application_form.forms import answers, fields
from licensing.application_form.forms.places import LONGEST
from licensing.application_form.rules.facts import COMPANY_NUMBER, SIGNATURE
from licensing.application_form.rules.steps import FormStep
from licensing.applications.actions import applications
from licensing.applications.models import Answer
from licensing.applications.queries import applications as queries
from licensing.applications.rules import papers
from licensing.applications.views import items, looking
from licensing.applications.views.around import OFFER, of_session, offer, register_link
from licensing.applications.views.asked import LONGEST_ITEM, ApplicationPage
from licensing.applications.views.stepping import after_step, step_words
from registry import search as index
from registry import web
from registry.errors import Refused
from registry.schemes import FormQuestion, said
from registry.times import clock

# Buttons that keep what is typed, right or not.
LATER = {"later", "again"}


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def question_page(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    asked = ApplicationPage.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    if asked.page.list_of:
        return items.list_page(request, asked)
    return ask(request, asked, "")


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def item_page(request: web.SignedIn, reference: str, page: str, item: str) -> HttpResponse:
    """One thing of a list: to change it, or, when there is none under this name yet, to add it."""
    asked = ApplicationPage.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    if not asked.page.list_of or len(item) > LONGEST_ITEM:
        raise Http404
    return ask(request, asked, item)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that is being filled in: what is kept of it, in which version it was opened, and what is typed."""

    request: web.SignedIn
    asked: ApplicationPage
    item: str
    kept: Mapping[str, Any]
    opened: int
    form: answers.Answers
    step: FormStep | None = None  # none: the whole page
    sought: FormQuestion | None = None  # the address that may be found by its postcode

    def here(self, **query: str) -> str:
        if self.step:
            return self.asked.address_of_step(self.step, **query)
        slug = self.asked.page.slug
        return self.asked.address(*(("item_page", slug, self.item) if self.item else ("question_page", slug)), **query)


def ask(request: web.SignedIn, asked: ApplicationPage, item: str, step: FormStep | None = None) -> HttpResponse:
    """One page, or one step of it: drawn, kept while it is typed, saved."""
    if part := asked.part(item):
        return redirect("part_sent", asked.application.reference, part.reference)
    held = web.held(request, who=request.user.pk)
    filling = _open_page(request, asked, item, step, held=held)
    if held is not None or request.method != "POST":
        return _page(filling, is_held=held is not None)
    if looking.FIND_POSTCODE in request.POST:
        return _find_address(filling)
    if "autosave" in request.POST:
        return _autosave(filling)
    if filling.form.is_valid() or filling.form.to_find() or LATER & request.POST.keys():
        return _saved(filling)
    return _page(filling)


def _saved(filling: OpenPage) -> HttpResponse:
    following = ""
    with web.reasons_on(filling.form):
        saved = _save(filling)
        for left in _left(filling, saved) if saved else ():
            messages.warning(filling.request, left)
        following = _following(filling)
    if not following:
        return _page(filling)
    if "again" in filling.request.POST:
        logout(filling.request)
    return redirect(following)


def _open_page(
    request: web.SignedIn, asked: ApplicationPage, item: str, step: FormStep | None, *, held: QueryDict | None
) -> OpenPage:
    looked = looking.looked_for(request)
    sought = looking.address_asked(asked.page, step.keys) if step else None
    kept = asked.kept(item, looked.typed, by_steps=step is not None, takes_offer=OFFER in request.GET)
    kept = {**kept, **looking.address_used(request, sought)}
    form = answers.Answers(
        asked.filled,
        asked.page,
        kept=kept,
        today=asked.today,
        searched=looked.words,
        data=held or looking.sent_answers(request),
        only=step.keys if step else None,
    )
    return OpenPage(request, asked, item, kept, asked.opened(request.POST or held, item), form, step, sought)


def _find_address(filling: OpenPage) -> HttpResponse:
    name = looking.remember_postcode(filling.request)
    return redirect(f"{filling.here(found=name)}#found") if name else _page(filling)


def _page(filling: OpenPage, *, is_held: bool = False) -> HttpResponse:
    asked, form = filling.asked, filling.form
    meanwhile = _meanwhile(filling) if form.is_bound else None
    is_signed = asked.page is asked.filled.page_asking(SIGNATURE)
    context = {
        **asked.words(),
        **of_session(filling.request),
        "form": form,
        "company": asked.company() if COMPANY_NUMBER in form.fields else None,
        "invitation": asked.invitation(asked.filled) if COMPANY_NUMBER in form.fields else "",
        "register": register_link(asked, form),
        "is_list": bool(asked.page.list_of),
        "is_held": is_held,
        "is_unfinished": not form.is_bound and asked.is_unfinished(filling.item),
        "meanwhile": meanwhile,
        "blockers": list(
            papers.signing_blockers(
                asked.application, asked.filled, asked.page.slug, by=filling.request.user, on=asked.today
            )
        ),
        "opened": meanwhile["version"] if meanwhile else filling.opened,
        "seen": form.seen if form.is_bound and not meanwhile else form.seen_with(asked.saved(filling.item)),
        "saved_at": asked.saved_at(filling.item),
        # To sign is an act of its own: nobody has signed who has only typed.
        "is_signed": is_signed,
        # Not what is signed; nor where places are looked for, whose own buttons keep what was chosen, also after going back.
        "saves_itself": not is_signed and all(question.kind != "premises" for question in asked.page.questions),
    }
    if asked.page.list_of:
        context["back"] = asked.address_of(asked.page)
    context |= offer(asked, form, filling.kept, here=filling.here(**{OFFER: "yes"}))
    context |= looking.addresses_found(filling.request, filling.here()) if filling.sought else {}
    if filling.step:
        context |= step_words(asked, filling.step)
        # The box for the postcode stands between the heading and the question.
        context["is_single"] &= filling.sought is None
    status = 422 if (form.errors or looking.FIND_POSTCODE in filling.request.POST) and not is_held else 200
    template = "applicant_step" if filling.step else "applicant_question"
    return render(filling.request, f"licensing/applications/{template}.html", context, status=status)


def _autosave(filling: OpenPage) -> HttpResponse:
    """Keeps what is typed so far and says when; a program asks for it, so what is wrong with it is not said yet."""
    now = {"left": web.session_left(filling.request)}
    filling.form.is_valid()
    if filling.form.is_unchanged:
        return JsonResponse(now | {"version": filling.opened})
    try:
        saved = _save(filling)
    except Refused as refused:
        why = [*map(str, refused.reasons), gettext("Not saved. Press “Continue” to see what to do.")]
        return JsonResponse(now | {"said": " ".join(why)}, status=409)
    if saved is None:
        return JsonResponse(now | {"version": filling.opened})
    words = [gettext("Saved at %s") % clock(saved.saved_at), *_left(filling, saved)]
    seen = filling.form.seen_with(filling.form.answered())
    told = {"version": saved.version, "seen": seen, "said": " ".join(words)}
    return JsonResponse(now | told)


def _save(filling: OpenPage) -> Answer | None:
    """Keeps what was typed, right or not; nothing typed is nothing to keep, and neither is a mere search.

    A thing that is not on the list yet comes there when a place of it is chosen, and not by being looked for.
    """
    form = filling.form
    is_complete, data = form.is_valid() and form.is_right_elsewhere(), form.answered()
    if not (form.is_valid() or data) or _only_finds(filling, data):
        return None
    saved = applications.save_page(
        filling.asked.application,
        page=filling.asked.page.slug,
        item=filling.item,
        data=data,
        is_complete=is_complete,
        keys=form.keys,
        opened=filling.opened,
        was=form.was,
        by=filling.request.user,
        at=timezone.now(),
    )
    web.let_go(filling.request)
    return saved


def _left(filling: OpenPage, saved: Answer) -> Iterator[str]:
    """What stays as another window of the same person saved it, in words."""
    typed = filling.form.answered()
    asked = [one for one in filling.asked.page.questions if one.key in filling.form.was]
    left = [said(one.label, fields.language()) for one in asked if saved.data.get(one.key) != typed.get(one.key)]
    if left:
        words = gettext("You changed this page in another window too. What you saved there stays: %s.")
        yield words % "; ".join(left)


def _only_finds(filling: OpenPage, data: Mapping[str, Any]) -> bool:
    is_new = bool(filling.item) and not filling.opened
    has_place = any(one.kind == "premises" and one.key in data for one in filling.asked.page.questions)
    return bool(filling.form.to_find()) and (filling.form.is_unchanged or (is_new and not has_place))


def _typed_beside(filling: OpenPage) -> dict[str, str]:
    """What is typed about a thing that is not kept yet, so that it is there when something was found."""
    if filling.asked.filled.item(filling.asked.page, filling.item) or not filling.item:
        return {}
    typed = filling.form.answered()
    texts = (question.key for question in filling.asked.page.questions if question.kind == "text")
    return {key: str(typed[key])[:LONGEST] for key in texts if key in typed}


def _meanwhile(filling: OpenPage) -> dict[str, Any] | None:
    """What somebody else has made of the answers since they were opened here, beside what is typed here."""
    asked, page, filled = filling.asked, filling.asked.page, filling.asked.filled
    filling.form.is_valid()
    typed = filling.form.answered()
    found = queries.meanwhile(
        asked.application,
        page=page.slug,
        item=filling.item,
        opened=filling.opened,
        typed=typed,
        was=filling.form.was,
        by=filling.request.user,
    )
    if found is None:
        return None
    theirs = found.answer.data if found.answer else {}
    differing = [q for q in page.questions if q.key in filling.form.keys and theirs.get(q.key) != typed.get(q.key)]
    if filling.step and found.answer and not differing:
        return None  # it was about other steps of the page
    return {
        "who": found.who,
        "at": found.at,
        "version": found.version,
        "is_removed": found.answer is None,
        "leave": filling.here() if found.answer else asked.address_of(page),
        "rows": [
            {
                "question": said(question.label, fields.language()),
                "theirs": filled.in_words(question, theirs.get(question.key)),
                "yours": filled.in_words(question, typed.get(question.key)),
            }
            for question in differing
        ],
    }


def _following(filling: OpenPage) -> str:
    """Where the button leads: to what was found, back to this page for one more, to the tasks, or on."""
    asked, pressed = filling.asked, filling.request.POST
    if "later" in pressed:
        return reverse("application_tasks", args=(asked.application.reference,))
    if find := filling.form.to_find():
        name = looking.remember(filling.request, find.strip()[: index.LONGEST], _typed_beside(filling))
        return f"{filling.here(found=name)}#found"
    if {"another", "again"} & pressed.keys():
        return filling.here()
    if filling.step:
        return after_step(asked, filling.step)
    if filling.form.arisen:
        return f"{filling.here()}#id_{filling.form.arisen[0]}"
    return asked.address_of(asked.page) if filling.item else asked.after_saving()
