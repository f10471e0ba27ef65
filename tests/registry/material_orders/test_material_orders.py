"""Materials are ordered on paper, sent or declined by a day, and who ordered them is forgotten."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from licensing.retention.jobs import erase_due
from registry.errors import Refused
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.material_orders import actions
from registry.material_orders.models import MaterialOrder
from registry.tasks.models import Task
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.campaigns.world import an_approved_campaign
from tests.registry.material_orders.world import NAME, a_sent_order_of_cards, an_order_of_cards

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "card",
    "sheets": "20",
    "languages": ["pl", "ro"],
    "name": NAME,
    "address": "2 Market Place, Wisbech",
    "email": "halina@mail.example",
    "word": "harvest",
    "once": "of-this-form",
}


def waits() -> list[tuple[str, date]]:
    return list(Task.objects.open().filter(kind__startswith="materialorder.").values_list("kind", "due_on"))


def test_anyone_orders_without_a_cookie_and_staff_send_it_by_a_day() -> None:
    an_approved_campaign()
    for _press in range(2):
        answer = Client().post("/materials/order/", TYPED)
        assert (answer.status_code, answer.cookies) == (200, {})
    one = MaterialOrder.objects.get()
    assert one.reference in answer.content.decode() and one.word == "harvest"
    assert waits() == [("materialorder.send", date(2026, 11, 16))]  # 10 working days after Monday 2 November
    assert "16 November 2026" in answer.content.decode()

    desk = signed_in(person("manager"))
    assert one.reference in desk.get("/staff/material-orders/").content.decode()
    page = desk.get(f"/staff/material-orders/{one.reference}/").content.decode()
    assert NAME in page and "/materials/card.pdf?language=pl&amp;language=ro&amp;campaign=harvest" in page
    assert f"/staff/material-orders/{one.reference}/send/" in page
    actions.send_materials(one, by=person("manager"), at=NOW)

    assert waits() == []
    send_mail(at=NOW)
    assert [sent.subject for sent in mail.outbox] == ["We have your order", "Your posters and cards are on their way"]


def test_an_order_is_declined_with_a_reason_that_the_person_reads() -> None:
    one = an_order_of_cards()
    with pytest.raises(Refused):
        actions.decline_materials(one, because=" ", by=person("manager"), at=NOW)

    actions.decline_materials(one, because="We do not post abroad.", by=person("manager"), at=NOW)

    send_mail(at=NOW)
    assert "We do not post abroad." in mail.outbox[-1].body
    with pytest.raises(Refused):
        actions.send_materials(one, by=person("manager"), at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        MaterialOrder.objects.filter(pk=one.pk).update(address="Elsewhere")


def test_what_cannot_be_sent_is_said_beside_its_field_and_what_was_typed_stays() -> None:
    answer = Client().post("/materials/order/", {**TYPED, "sheets": "501", "languages": ["pl", "ro", "bg", "uk", "uz"]})

    page = answer.content.decode()
    assert answer.status_code == 422 and not MaterialOrder.objects.exists()
    assert "Enter a number of sheets from 1 to 500." in page and "Choose at most 4 languages." in page
    assert NAME in page and 'value="501"' in page


def test_three_months_after_it_was_sent_no_one_is_known_any_more() -> None:
    one = a_sent_order_of_cards()
    send_mail(at=NOW)
    erase_due(at=NOW + timedelta(days=80))
    assert MaterialOrder.objects.get().name == NAME

    erase_due(at=NOW + timedelta(days=100))

    kept = MaterialOrder.objects.get()
    assert (kept.name, kept.address, kept.email) == ("[erased]", "[erased]", "")
    assert (kept.kind, kept.sheets) == ("card", 20)
    assert not Letter.objects.filter(reference=one.reference).exists()
