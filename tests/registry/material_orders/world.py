"""Orders of materials on paper, made and handled by the real actions."""

from datetime import datetime
from itertools import count
from typing import Any

from registry.material_orders import actions
from registry.material_orders.models import MaterialOrder
from tests.conftest import NOW
from tests.people import person

NAME = "Halina Zywiec"
_ONCE = count(1)


def an_order_of_cards(*, at: datetime = NOW, **given: Any) -> MaterialOrder:
    """By the form that is open to everyone."""
    said = {
        "kind": "card",
        "sheets": 20,
        "languages": ["pl", "ro"],
        "word": "",
        "name": NAME,
        "organisation": "Fenland Welcome",
        "address": "2 Market Place\nWisbech\nPE13 1AA",
        "email": "halina@mail.example",
        "language": "en-gb",
    }
    return actions.order_materials(**{"once": f"order-{next(_ONCE)}", **said, **given}, by=None, at=at)


def a_sent_order_of_cards(*, at: datetime = NOW, **given: Any) -> MaterialOrder:
    return actions.send_materials(an_order_of_cards(at=at, **given), by=person("manager"), at=at)
