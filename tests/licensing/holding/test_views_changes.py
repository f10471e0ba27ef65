"""Reporting a change on the pages: found by subject or word, checked first, at once where it is harmless, many by a table."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from licensing.holding.actions.changes import tell
from licensing.holding.models import Change
from licensing.holding.queries.kinds import SUBJECTS
from registry import schemes
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register.models import Entry
from tests.conftest import NOW, SetClock
from tests.licensing.holding.test_actions_changes import accept
from tests.licensing.holding.test_views import ADDRESS, THAT_DAY
from tests.licensing.holding.world import a_change, the_holder
from tests.licensing.stories import TODAY
from tests.people import signed_in
from tests.registry.stories import an_agent

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PHONE = {"telephone": "01970 900123", "contact_preference": "email", **THAT_DAY}
PASSWORD = "correct horse battery staple"


@pytest.fixture
def licence() -> Licence:
    """Of a business that has begun to carry workers since."""
    return accept(a_change("transport", {"transport": True})).licence


@pytest.fixture
def holder(licence: Licence) -> Client:
    return signed_in(the_holder(licence))


def changes(licence: Licence) -> str:
    return reverse("licence_changes", args=[licence.number])


def tell_address(licence: Licence, kind: str) -> str:
    return reverse("tell_change", args=[licence.number, kind])


def test_the_kinds_are_under_their_subjects_and_are_found_by_words(holder: Client, licence: Licence) -> None:
    groups = holder.get(changes(licence)).context["groups"]
    assert [group.subject for group in groups] == list(SUBJECTS)

    found = holder.get(changes(licence), {"q": "vehicle GIVEN"}).context["groups"]
    assert [kind.code for group in found for kind in group.kinds] == ["vehicle_leaves"]
    none = holder.get(changes(licence), {"q": "zeppelin"}).content.decode()
    assert "No kind of change has these words." in none and "Show every kind of change" in none


def test_an_agent_is_shown_only_what_an_agent_may_apply_for(licence: Licence) -> None:
    page = signed_in(an_agent(licence.organisation)).get(changes(licence))

    codes = [kind.code for group in page.context["groups"] for kind in group.kinds]
    scheme = schemes.in_force(licence.scheme, TODAY)
    assert sorted(codes) == sorted(kind.code for kind in scheme.holding.change_kinds if kind.sets_off == "application")
    words = page.content.decode()
    assert "tells us of all other changes" in words and reverse("surrender_licence", args=[licence.number]) not in words


def test_a_change_is_checked_with_its_letter_before_it_is_told_and_the_next_steps_are_said(
    holder: Client, licence: Licence
) -> None:
    address = tell_address(licence, "address")

    checked = holder.post(address, {**ADDRESS, **THAT_DAY, "preview": "1"}).content.decode()

    assert not Change.objects.filter(status="told").exists()
    assert "Check before you tell us" in checked and "4 Quay Street" in checked and "2 November 2026" in checked
    assert "We have what you told us" in checked
    assert holder.post(address, {**ADDRESS, **THAT_DAY, "go_back": "1"}).status_code == 200
    done = holder.post(address, {**ADDRESS, **THAT_DAY}, follow=True).content.decode()
    assert "You have told us of the change." in done
    assert "An officer looks at it, by " in done


def test_a_day_of_ours_that_has_passed_is_not_told_as_one_to_come(
    holder: Client, licence: Licence, set_clock: SetClock
) -> None:
    holder.post(tell_address(licence, "address"), {**ADDRESS, **THAT_DAY})
    change = Change.objects.get(status="told")
    set_clock(NOW + timedelta(days=60))

    page = signed_in(the_holder(licence)).get(reverse("told_change", args=[licence.number, change.reference]))

    said = page.content.decode()
    assert "An officer should have looked at it by" in said and "We are late." in said
    assert "An officer looks at it, by " not in said


def test_a_telephone_number_is_on_the_register_at_once_and_another_answer_stays(
    holder: Client, licence: Licence
) -> None:
    email = licence.organisation.email
    asked = holder.get(tell_address(licence, "contact")).context["form"].fields
    assert "telephone" in asked and "email" not in asked

    done = holder.post(tell_address(licence, "contact"), PHONE, follow=True).content.decode()

    licence.organisation.refresh_from_db()
    assert (licence.organisation.telephone, licence.organisation.email) == ("+441970900123", email)
    assert Entry.objects.get(listing=licence.listing, shown_until=None).telephone == "+441970900123"
    assert "It took effect when you told us" in done
    again = holder.post(tell_address(licence, "contact"), {**PHONE, "telephone": "01970 900124"})
    assert again.status_code == 302  # the first is not read yet, and no one has to wait for it


def test_who_answers_at_once_shows_who_they_are_first(licence: Licence) -> None:
    user = the_holder(licence)
    user.set_password(PASSWORD)
    user.save()

    answer = signed_in(user).post(tell_address(licence, "contact"), PHONE)

    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert not Change.objects.filter(status="told").exists()


# --- many by a table ---


def table(licence: Licence) -> str:
    return reverse("tell_changes", args=[licence.number, "vehicle_joins"])


def vehicles(holder: Client, licence: Licence, *numbers: str) -> str:
    template = holder.get(f"{table(licence)}template/").getvalue().decode("utf-8-sig")
    headings = next(csv.reader(StringIO(template)))
    rows = [[number, "8", "Hired"] + [""] * (len(headings) - 3) for number in numbers]
    return "\n".join("\t".join(row) for row in [headings, *rows])


def test_many_vehicles_are_shown_with_every_column_and_told_together_with_one_letter(
    holder: Client, licence: Licence
) -> None:
    assert table(licence) in holder.get(tell_address(licence, "vehicle_joins")).content.decode()
    text = vehicles(holder, licence, "CD34 EFG", "GH56 IJK")

    shown = holder.post(table(licence), {"text": text, **THAT_DAY})

    assert not Change.objects.filter(status="told").exists()
    words = shown.content.decode()
    assert all(f"{escape(column.heading)}</th>" in words for column in shown.context["columns"])
    assert [row.cells[:3] for row in shown.context["rows"]] == [("CD34 EFG", "8", "Hired"), ("GH56 IJK", "8", "Hired")]
    confirmed = {"text": shown.context["text"], "confirm": "yes", **dict(shown.context["form"].sent_for_all_rows())}
    done = holder.post(table(licence), confirmed, follow=True).content.decode()
    assert "You have told us of all the rows." in done
    assert list(Change.objects.filter(kind="vehicle_joins").order_by("pk").values_list("called", flat=True)) == [
        "CD34 EFG",
        "GH56 IJK",
    ]
    letter = Letter.objects.filter(template="licensing/letters/change_told.html").order_by("-pk")[0]
    assert letter.facts["called"] == "CD34 EFG, GH56 IJK"

    twice = holder.post(table(licence), confirmed)
    assert twice.status_code == 422 and Change.objects.filter(kind="vehicle_joins").count() == 2
    assert "You have told us of “CD34 EFG” already" in twice.content.decode()


def test_people_come_by_no_table_and_a_table_needs_its_day(holder: Client, licence: Licence) -> None:
    assert holder.get(reverse("tell_changes", args=[licence.number, "director_joins"])).status_code == 404
    missing = holder.post(table(licence), {"text": vehicles(holder, licence, "CD34 EFG")})
    assert missing.status_code == 422


def test_a_text_that_no_one_can_read_has_one_error(holder: Client, licence: Licence) -> None:
    answer = holder.post(table(licence), {"text": "a\x00b", **THAT_DAY})

    assert answer.context["form"].errors == {"text": ["We could not read the list. Put each row on a line of its own."]}


def test_what_holds_at_once_can_end_no_licence(licence: Licence) -> None:
    """An email address waits for an officer: where we write to is not changed by a person who only has the account."""
    change = tell(
        licence, kind="email", data={"email": "new@firm.example"}, happened_on=TODAY, by=the_holder(licence), at=NOW
    )

    licence.organisation.refresh_from_db()
    assert (change.status, licence.organisation.email) != ("told", "new@firm.example")
