"""What must be true of an application before it moves.

What must be true while a case is being verified: checks, requests, inspections."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules import choosing
from licensing.application_form.rules.facts import SIGNATURE
from licensing.application_form.rules.filled import ApplicationForm, tag_of
from licensing.application_form.rules.registered import RegisterPerson, is_on
from licensing.applications.models import Answer, Application
from licensing.applications.states import IN_HAND, NOT_OVER, ApplicationStatus
from licensing.holding.rules.renewals import keep_blockers
from licensing.people_named import rules as part_rules
from licensing.people_named.models import Part
from registry import names
from registry.accounts.models import User
from registry.errors import Reason
from registry.licences.models import Licence

NOTHING: Mapping[str, str] = {}


def start_blockers(
    others: Iterable[Application],
    *,
    legal_name: str,
    scheme: str,
    offered: bool,
    held: Licence | None = None,
    namesake: Licence | None = None,
) -> Iterator[Reason]:
    """One application at a time for one organisation under one scheme: `others` are all it has made.

    `offered` says whether a version of the scheme is in force today; `held` is the licence that the organisation has today; `namesake`
    that of a business of the same name, of which no one has said that it is another one.
    """
    if not offered:
        yield Reason("no_such_scheme", _("You cannot apply under this scheme today."), "scheme")
    if any(other.scheme == scheme and other.status in NOT_OVER for other in others):
        yield Reason("open_already", _("There is an open application for this organisation. Go on with that one."))
    if held is not None:
        text = _("The organisation holds licence %s under this scheme. Renew that one when its last day comes near.")
        yield Reason("licensed_already", text % held.number, "organisation")
    if namesake is not None:
        yield Reason("licensed_namesake", ask_to_be_invited(namesake), "legal_name")
    if not legal_name.strip():
        yield Reason("no_name", _("Enter the legal name of the organisation."), "legal_name")


def ask_to_be_invited(held: Licence) -> str | Promise:
    """What is said to who applies in the name of a business that holds a licence, and does not act for it."""
    text = _(
        "{name} holds licence {number}. If you work for it, ask its principal authority to invite you: "
        "they open “People who act for it” under “Your licences and applications”."
    )
    return format_lazy(text, name=held.organisation.legal_name, number=held.number)


def save_blockers(
    application: Application, filled: ApplicationForm, *, page: str, item: str = "", parts: Iterable[Part] = ()
) -> Iterator[Reason]:
    """What is saved must answer a page of the form that these answers call for; a list takes no more than the pack says.

    `parts` are those that persons answer for themselves: nobody else may.
    """
    if application.status != ApplicationStatus.DRAFT:
        yield Reason("handed_in", _("The application has been submitted, so its answers cannot be changed here."))
    asked = next((one for one in filled.pages() if one.slug == page), None)
    if asked is None or bool(item) != bool(asked.list_of):
        yield Reason("not_asked", _("This is not asked any more. Go on from the list of tasks."))
    elif asked.list_of and filled.item(asked, item) is None and len(filled.on(asked)) >= asked.list_of.at_most:
        most = asked.list_of.at_most
        yield Reason("list_is_full", ngettext("Give at most %d.", "Give at most %d.", most) % most)
    yield from part_rules.answered_by_another_blockers(filled, parts, page=page, item=item)


def person_blockers(filled: ApplicationForm, *, page: str, person: str) -> Iterator[Reason]:
    """Why a list does not take this person, who is named elsewhere in the form."""
    asked = next((one for one in filled.pages() if one.slug == page), None)
    if asked is None or person not in {one.place for one in choosing.offered(filled, asked)}:
        yield Reason("not_offered", _("Choose a person from the list. Someone else may have changed it."), "person")


def register_blockers(offered: RegisterPerson | None, *, is_principal: bool) -> Iterator[Reason]:
    """Why a person of the companies register is not named: they are not offered, or not any more."""
    if offered is None or (is_principal and offered.own_page is None):
        yield Reason("not_offered", _("Choose a person from the list. Someone else may have changed it."), "person")


def name_blockers(filled: ApplicationForm, *, page: str, name: str) -> Iterator[Reason]:
    """Why no one of this name is put on a list."""
    asked = next((one for one in filled.pages() if one.slug == page), None)
    if asked and is_on(filled, asked, names.person_key(name)):
        yield Reason("named_already", gettext("%s has this role already.") % name.strip(), "name")


def merged(
    kept: Mapping[str, Any], data: Mapping[str, Any], *, keys: Collection[str] | None, left: Collection[str] = ()
) -> dict[str, Any]:
    """What is kept of a page once these of its questions (None: all), but for those that are `left`, have been answered so."""
    stays = {} if keys is None else without(kept, [key for key in keys if key not in left])
    return {**stays, **without(data, left)}


def without(data: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def left_alone(kept: Answer | None, data: Mapping[str, Any], *, was: Mapping[str, str], by: User) -> frozenset[str]:
    """The questions that another window of the same person has changed since this one was opened, and this one has not.

    `was` has the tag of each answer as this window knows it (`tag_of`).
    """
    if kept is None or kept.saved_by_id != by.pk:
        return frozenset()
    return frozenset(key for key, tag in was.items() if tag == tag_of(data.get(key)) != tag_of(kept.data.get(key)))


def changed_twice(kept: Answer, data: Mapping[str, Any] | None, *, was: Mapping[str, str], by: User) -> bool:
    """Whether two windows of the same person have changed one answer, each otherwise."""
    if data is None or kept.saved_by_id != by.pk:
        return False
    tags = ((tag, tag_of(data.get(key)), tag_of(kept.data.get(key))) for key, tag in was.items() if tag)
    return any(before not in (typed, now) and typed != now for before, typed, now in tags)


def overtaken_blockers(
    kept: Answer | None,
    data: Mapping[str, Any] | None,
    *,
    keys: Collection[str] | None = None,
    opened: int | None,
    was: Mapping[str, str] = NOTHING,
    by: User,
) -> Iterator[Reason]:
    """Nobody saves over what somebody else has saved, or put back what somebody else has removed, without having seen it.

    `kept` is the answer as it is now, `data` what it is to be (None: gone), `opened` the version that was opened, 0 for
    none; None stands for whoever does not open anything first. With `keys` it is about these questions alone: two people
    who answer different questions of one page take nothing from each other.
    """
    if opened is None:
        return
    if kept is None and opened:
        yield Reason("removed_meanwhile", _("This was removed after you opened it."))
    elif kept is not None and (
        (kept.is_news_to(by, opened=opened) and _differs(kept.data, data, keys))
        or changed_twice(kept, data, was=was, by=by)
    ):
        yield _saved_meanwhile(kept)


def _differs(kept: Mapping[str, Any], data: Mapping[str, Any] | None, keys: Collection[str] | None) -> bool:
    if keys is None:
        return kept != data
    theirs = {key: value for key, value in kept.items() if key in keys}
    return bool(theirs) and theirs != data


def remove_blockers(application: Application) -> Iterator[Reason]:
    if application.status != ApplicationStatus.DRAFT:
        yield Reason("handed_in", _("The application has been submitted, so its answers cannot be changed here."))


def _saved_meanwhile(kept: Answer) -> Reason:
    return Reason("saved_meanwhile", gettext("%s saved this after you opened it.") % kept.saver)


def submit_blockers(
    application: Application, filled: ApplicationForm, *, parts: Iterable[Part] = (), today: date
) -> Iterator[Reason]:
    """Everything that keeps an application from being handed in, at once, each with the page that puts it right."""
    yield from application.lifecycle.blockers(application.status, "submit")
    if application.renews is not None:
        yield from keep_blockers(application.renews, today=today)
    if application.alters is not None and filled.scheme.change_kind(application.altering).sets_off != "application":
        yield Reason("is_reported", _("This is a change to report, not an application: report it at the licence."))
    standing = list(parts)
    yield from filled.missing(apart=part_rules.left_to_themselves(filled, standing))
    yield from part_rules.unsigned_blockers(filled, standing)
    yield from _signature_blockers(filled)


def _signature_blockers(filled: ApplicationForm) -> Iterator[Reason]:
    """The principal authority signs (2009 Rules, r.3(2)), and signs what is handed in, not an earlier draft of it."""
    page = filled.page_asking(SIGNATURE)
    signature, principal = filled.facts.get(SIGNATURE, ""), filled.person("principal_authority").get("full_name", "")
    if not signature or page is None:
        return
    if principal and names.person_key(signature) != names.person_key(principal):
        yield Reason(
            "signed_by_another",
            gettext("The declaration is signed “%(signature)s”, but the principal authority is %(principal)s.")
            % {"signature": signature, "principal": principal},
            page.slug,
        )
    if filled.changed_since_signed():
        yield Reason(
            "changed_since_signed",
            _("Answers were changed after the declaration was signed. Read it and sign it again."),
            page.slug,
        )


def begin_assessment_blockers(application: Application) -> Iterator[Reason]:
    yield from application.lifecycle.blockers(application.status, "begin_assessment")
    if application.still_to_pay > 0:
        still = f"{application.still_to_pay:,.2f}"
        yield Reason("fee_unpaid", gettext("The fee has not been paid: £%s is still to come.") % still)


def withdraw_blockers(application: Application) -> Iterator[Reason]:
    yield from application.lifecycle.blockers(application.status, "withdraw")


def still_held_blockers(application: Application, *, held: Mapping[str, str]) -> Iterator[Reason]:
    """Whether it is still with whom it was, by the reference of the officer or with nobody; what is not said is not asked."""
    officer = application.case_officer
    now = officer.reference if officer else ""
    if held.get(application.reference, now) != now:
        text = _("{who} has it by now, who did not have it when you chose it.")
        yield Reason("taken_meanwhile", format_lazy(text, who=officer or _("No one")), "applications")


def assign_blockers(application: Application, *, case_officer: User) -> Iterator[Reason]:
    if application.status not in IN_HAND:
        yield Reason("not_in_hand", _("The application is not open any more."))
    if not case_officer.is_active or not case_officer.has_perm("licensing.assess_application"):
        yield Reason("not_an_officer", _("Choose a person who assesses applications."), "case_officer")


BEING_ASSESSED = frozenset({ApplicationStatus.ASSESSING, ApplicationStatus.AWAITING_APPLICANT})


def in_hand_blockers(application: Application) -> Iterator[Reason]:
    if application.status not in IN_HAND:
        yield Reason("not_in_hand", _("The application is not open any more."))
