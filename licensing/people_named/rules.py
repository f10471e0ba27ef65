"""What must be true before a person's own part is sent, opened, answered and signed, and before it is handed in."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.facts import Progress
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import SAME
from licensing.applications.models import Application
from licensing.applications.states import ApplicationStatus
from licensing.people_named.models import Part
from registry import names, signing
from registry.errors import Reason
from registry.schemes import FormPage
from registry.schemes.answers import is_answered

# Wrong numbers before the number is worth nothing any more: one guess in 200,000 would hit.
MOST_TRIES = 5


def send_blockers(
    application: Application, filled: ApplicationForm, *, page: str, item: str, name: str, parts: Iterable[Part]
) -> Iterator[Reason]:
    """Why nobody may be sent a link for this. `parts` are those that stand in this application."""
    yield from _draft_blockers(application)
    if filled.scheme.parts is None or not (pages := filled.about_same_person(page)):
        yield Reason("not_asked", _("No person is asked about here. Go on from the list of tasks."))
    elif part_of(filled, parts, page=page, item=item):
        yield Reason("sent_already", _("This person has a link already. Send that one again, or withdraw it."))
    elif (most := _most(filled, pages[0], item)) and len(filled.on(pages[0])) >= most:
        yield Reason("list_is_full", ngettext("Give at most %d.", "Give at most %d.", most) % most)
    if not name.strip():
        yield Reason("no_name", _("Enter the person’s full name."), "name")


def _most(filled: ApplicationForm, page: FormPage, item: str) -> int:
    """How many a list takes, when this would be one more; 0 when it would not."""
    return page.list_of.at_most if page.list_of and filled.item(page, item) is None else 0


def again_blockers(part: Part) -> Iterator[Reason]:
    """Why the link may not be sent once more."""
    yield from withdraw_blockers(part)
    if part.signed_at:
        yield Reason("signed", gettext("%s has signed. There is nothing left to send.") % part.name)


def withdraw_blockers(part: Part) -> Iterator[Reason]:
    yield from _draft_blockers(part.application)
    if part.withdrawn_at:
        yield Reason("withdrawn", _("The link has been withdrawn already."))


def open_blockers(part: Part, *, pin: str, pin_digest: str, at: datetime) -> Iterator[Reason]:
    """Why this number does not open the part. `pin_digest` is that of the number typed."""
    if not part.pin_digest or (part.pin_until and at >= part.pin_until) or part.tries >= MOST_TRIES:
        yield Reason("pin_spent", _no_number_text(part), "pin")
    elif not pin.strip():
        yield Reason("no_pin", _("Enter the number, 6 digits."), "pin")
    elif not signing.same_digest(pin_digest, part.pin_digest):
        yield Reason("wrong_pin", _("That is not the number. Check it and type it again."), "pin")


def _no_number_text(part: Part) -> str:
    if part.address:
        return gettext("Ask for a number first: the last one has been used up or is too old.")
    return gettext("The number has been typed wrongly too often. Ask the person who gave you the paper for a new one.")


def closed_blockers(part: Part, *, at: datetime) -> Iterator[Reason]:
    if not part.is_open(at):
        yield Reason("closed", _("This link does not work any more. What you have just typed was not kept."))


def answer_blockers(part: Part, filled: ApplicationForm, *, page: str, at: datetime) -> Iterator[Reason]:
    """Why an answer is not kept: the person answers what is asked about them alone, until it is handed in."""
    yield from _open_draft_blockers(part, at=at)
    if page not in {one.slug for one in filled.about_same_person(part.page)}:
        yield Reason("not_asked", _("This is not asked of you any more."))


def sign_blockers(part: Part, filled: ApplicationForm, *, name: str, at: datetime) -> Iterator[Reason]:
    """Who signs has answered all, and signs with the name that they gave."""
    yield from _open_draft_blockers(part, at=at)
    if part.signed_at:
        yield Reason("signed", _("You have signed already."))
    pages = filled.about_same_person(part.page)
    if not pages or any(not is_answered_whole(part, filled, page.slug) for page in pages):
        yield Reason("incomplete", _("Answer every question about yourself before you sign."))
    own = answers_of(part, filled).get("full_name", "")
    if not name.strip():
        yield Reason("no_name", _("Type your full name to sign."), "name")
    elif own and names.person_key(name) != names.person_key(own):
        text = gettext("You gave your name as “%(own)s”. Sign with that name, or change your answer.") % {"own": own}
        yield Reason("another_name", text, "name")


def refuse_blockers(part: Part, *, at: datetime) -> Iterator[Reason]:
    """Why a person cannot say any more that they do not answer."""
    yield from _open_draft_blockers(part, at=at)
    if part.signed_at:
        yield Reason("signed", _("You have signed already."))
    if part.refused_at:
        yield Reason("refused", _("You have refused already."))


def unsigned_blockers(filled: ApplicationForm, parts: Iterable[Part]) -> Iterator[Reason]:
    """Who was sent their part has to sign it; and whom the pack names has to, sent or not."""
    standing = list(parts)
    for part in standing:
        if part.signed_at is None and filled.about_same_person(part.page):
            text = _refused_text() if part.refused_at else _unsigned_text()
            yield Reason("part_unsigned", text % part.name, part.page)
    for page, item, name in must_sign(filled):
        if part_of(filled, standing, page=page, item=item) is None:
            text = gettext("%s must fill in and sign their own part. Send them a link.") % name
            yield Reason("part_not_sent", text, page)


def _unsigned_text() -> str:
    return gettext("%s has not signed their own part. Wait, send the link again, or withdraw it.")


def _refused_text() -> str:
    return gettext("%s refuses to answer. Remove them from the list, or withdraw the link and answer for them.")


def left_to_themselves(filled: ApplicationForm, parts: Iterable[Part]) -> frozenset[tuple[str, str]]:
    """The pages and things of lists that persons have still to answer: that they have not signed is all to be said of it."""
    return frozenset(
        (page.slug, part.item)
        for part in parts
        if part.signed_at is None
        for page in filled.about_same_person(part.page)
    )


def must_sign(filled: ApplicationForm) -> Iterator[tuple[str, str, str]]:
    """Whom the pack wants to sign for themselves: page, thing of the list, and what they are called."""
    # On paper they have signed the paper.
    roles = filled.scheme.parts.must_sign if filled.scheme.parts and not filled.on_paper else ()
    for page, item in filled.listed("person"):
        # Who is named elsewhere too signs there.
        if page.list_of and page.list_of.role in roles and SAME not in item.kept:
            yield page.slug, item.name, filled.title_of(page, item)
    for role in roles:
        page_of_one = next((page for page in filled.pages() if page.person == role), None)
        if page_of_one:
            yield page_of_one.slug, "", filled.person(role).get("full_name", "")


def answered_by_another_blockers(
    filled: ApplicationForm, parts: Iterable[Part], *, page: str, item: str
) -> Iterator[Reason]:
    if part := part_of(filled, parts, page=page, item=item):
        text = gettext("%s answers this for themselves. Withdraw the link to answer it yourself.") % part.name
        yield Reason("answered_by_another", text)


def part_of(filled: ApplicationForm, parts: Iterable[Part], *, page: str, item: str) -> Part | None:
    """The part that these answers belong to, if the person answers for themselves."""
    same = {one.slug for one in filled.about_same_person(page)}
    return next((part for part in parts if part.item == item and part.page in same), None)


def answers_of(part: Part, filled: ApplicationForm) -> dict[str, Any]:
    """Everything answered about the person."""
    found: dict[str, Any] = {}
    for page in filled.about_same_person(part.page):
        item = filled.item(page, part.item)
        found |= {key: value for key, value in (item.data if item else {}).items() if is_answered(value)}
    return found


def is_answered_whole(part: Part, filled: ApplicationForm, slug: str) -> bool:
    return progress(part, filled, slug) is Progress.COMPLETED


def progress(part: Part, filled: ApplicationForm, slug: str) -> Progress:
    """How far the person has come with one of their pages."""
    page = filled.scheme.form.page(slug)
    item = filled.item(page, part.item)
    if item is None:
        return Progress.NOT_STARTED
    return Progress.COMPLETED if filled.is_complete(page, item) else Progress.IN_PROGRESS


def mail_blockers(part: Part, *, at: datetime) -> Iterator[Reason]:
    """Why no number can be mailed for this link."""
    yield from closed_blockers(part, at=at)
    if not part.address:
        yield Reason(
            "printed", _("This link was printed. Ask the person who gave you the paper for the number."), "pin"
        )


def _draft_blockers(application: Application) -> Iterator[Reason]:
    if application.status != ApplicationStatus.DRAFT:
        yield Reason("handed_in", _("The application has been submitted, so its answers cannot be changed here."))


def _open_draft_blockers(part: Part, *, at: datetime) -> Iterator[Reason]:
    yield from closed_blockers(part, at=at)
    if part.application.status != ApplicationStatus.DRAFT:
        yield Reason("handed_in", _("The application has been submitted, so your answers cannot be changed any more."))
