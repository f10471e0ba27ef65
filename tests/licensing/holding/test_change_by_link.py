"""A director who joins answers for themselves by a link; the holder reports it and reads nothing of what they answered."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from licensing.applications.models import Application
from licensing.holding.models import Change
from licensing.holding.queries import holding
from licensing.people_named.models import Part
from registry import schemes
from registry.licences.models import Licence
from tests.conftest import NOW
from tests.licensing.holding.test_actions_changes import accept
from tests.licensing.holding.world import the_holder
from tests.licensing.people_named.test_views_person import SECRET, typed
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = {"happened_on_day": "1", "happened_on_month": "11", "happened_on_year": "2026"}


def begun() -> tuple[Licence, Client, str, Client, str]:
    """A holder who has printed the link, and the newcomer who has opened it."""
    licence = a_licence()
    holder, here = signed_in(the_holder(licence)), reverse("change_by_link", args=[licence.number, "director_joins"])
    begins = holder.post(here)
    sends = holder.get(begins["Location"])["Location"]
    page = holder.post(sends, {"name": "Gethin Parry", "how": "print"}).content.decode()
    code, pin = re.search(r"/part/([^/\s<\"]+)/", page), re.search(r"\b(\d{6})\b", page)
    assert code and pin
    newcomer = Client()
    assert newcomer.post(reverse("part", args=[code[1]]), {"pin": pin[1]}).status_code == 302
    return licence, holder, here, newcomer, code[1]


def test_who_joins_answers_by_a_link_and_the_holder_reports_it_without_reading_it() -> None:
    licence, holder, here, newcomer, code = begun()
    assert "It says that you join it as: Director" in newcomer.get(reverse("part", args=[code])).content.decode()
    early = holder.post(here, DAY)
    assert early.status_code == 422 and not Change.objects.exists()
    newcomer.post(reverse("part_page", args=[code, "directors"]), typed())
    assert newcomer.post(reverse("sign_part", args=[code]), {"name": "Gethin Parry"}).status_code == 302

    told = holder.post(here, DAY)

    change = Change.objects.get()
    assert told["Location"] == reverse("told_change", args=[licence.number, change.reference])
    assert (change.called, change.kind) == ("Gethin Parry", "director_joins") and change.checks.count() == 3
    receipt = holder.get(told["Location"]).content.decode()
    assert "Gethin Parry" in receipt and SECRET not in receipt
    assert SECRET in signed_in(person("manager")).get(reverse("change", args=[change.reference])).content.decode()
    # The draft is closed, and is no application of anyone.
    draft = Application.objects.get(altering="director_joins")
    assert (draft.status, draft.submitted_at) == ("withdrawn", None)
    assert newcomer.get(reverse("part", args=[code])).status_code == 404


def test_what_they_answered_is_not_in_what_the_holder_renews_with() -> None:
    licence, holder, here, newcomer, code = begun()
    newcomer.post(reverse("part_page", args=[code, "directors"]), typed())
    newcomer.post(reverse("sign_part", args=[code]), {"name": "Gethin Parry"})
    holder.post(here, DAY)
    accept(Change.objects.get())

    now = holding.answers_now(licence, schemes.in_force(licence.scheme, NOW.date()))

    (joined,) = [one for one in now if one.page == "directors" and one.name == Change.objects.get().item]
    assert joined.data["full_name"] == "Gethin Parry" and SECRET not in str(joined.data) and not joined.is_complete


def test_one_who_refuses_is_withdrawn_and_another_is_asked() -> None:
    _licence, holder, here, newcomer, code = begun()
    newcomer.post(reverse("refuse_part", args=[code]))
    assert "Refused" in holder.get(here).content.decode()
    part = Part.objects.get()

    holder.post(reverse("withdraw_part", args=[part.application.reference, part.reference]))

    assert "We email the person a link" in holder.get(here).content.decode()
    assert "/parts/send/directors/" in holder.post(here)["Location"]
    assert holder.get(f"/apply/{part.application.reference}/")["Location"] == here
    submitted = holder.post(f"/apply/{part.application.reference}/submit/")
    assert "report it at the licence" in submitted.content.decode()
