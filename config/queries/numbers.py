"""The page of whatever bears a reference that we print, for who may read it there."""

import re
from collections.abc import Mapping

from django.apps import apps
from django.urls import Resolver404, resolve

from compliance.who_saw.queries import sees
from registry import reading
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.reading import ReadSubject

_REFERENCE = re.compile(r"[A-Z]{1,3}-\w{4}-\w{4}")
#: What is shown on the page of another thing: by its model, which field leads to the reference of that one.
SHOWN_WITH: Mapping[str, str] = {
    "registry.condition": "licence__number",
    "registry.document": "about",
    "registry.person": "roles__organisation__reference",
    "licensing.informationrequest": "application__reference",
    "licensing.reply": "asked__reference",
    "licensing.demand": "application__reference",
    "licensing.payment": "application__reference",
    "licensing.refund": "application__reference",
    "licensing.part": "application__reference",
}


def page_called(typed: str, *, by: User) -> str:
    """The address of the page for this reference, however it was typed; empty where there is none that this person may open."""
    number = reference_typed(typed)
    return _page(number, by) if _REFERENCE.fullmatch(number) else ""


def _page(number: str, by: User) -> str:
    pages = ((subject, _own_page(subject, number)) for subject in reading.subjects())
    own = (page for subject, page in pages if page and _opens(page, by) and sees(subject, number, by))
    return next(own, "") or _page_of_whole(number, by)


def _page_of_whole(number: str, by: User) -> str:
    for label, leads_to in SHOWN_WITH.items():
        whole = apps.get_model(label)._default_manager.filter(reference=number).values_list(leads_to, flat=True).first()
        if whole:
            return _page(whole, by)
    return ""


def _own_page(subject: ReadSubject, number: str) -> str:
    """Among the pages of staff the first that takes such a number."""
    return next((page for path in subject.paths if _is_page(page := f"/staff/{path}/{number}/")), "")


def _is_page(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def _opens(page: str, by: User) -> bool:
    """Whether one of the permissions is held that the page itself asks for."""
    return any(map(by.has_perm, getattr(resolve(page).func, "needs", ())))
