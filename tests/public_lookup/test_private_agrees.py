"""A sample of `python -m tests.benchmarks.private_look_up`: on the phone the answers are those of the server."""

import shutil
from random import Random

import pytest

from registry import register
from registry.actions import licences
from tests.benchmarks import private_look_up
from tests.benchmarks.search import made_up_names
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder, an_applicant, rename
from tests.registry.stories import a_decider, day

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TOWNS = [("Hereford", "HR1 1AA"), ("Ballymena", "BT43 4JW"), ("Spalding", "PE11 2AB"), ("Ashford", "TN23 1AA")]


@pytest.mark.skipif(not shutil.which("node"), reason="Node is not here")
def test_the_private_look_up_answers_as_the_ordinary_one() -> None:
    random, names = Random(3), list(made_up_names(140, seed=3))
    for number, name in enumerate(names[:60]):
        town, postcode = random.choice(TOWNS)
        a_holder(
            name,
            trading_names=[names[60 + number]] if number % 3 == 0 else [],
            address={"line_1": "1 Orchard Lane", "town": town, "county": "Shire", "postcode": postcode},
            telephone=f"+4416329601{number:02}",
            company_number=f"{1234500 + number:08}",
        )
    a_holder("Olteanu Crews Ltd")
    a_holder("Olteanu Crews LLP")
    a_holder("Marrowby Farms Ltd", trading_names=["Marrowby Fruit Pickers"])
    gone = a_holder("Marrowby Fruit Pickers Ltd")
    licences.revoke(gone, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    a_holder("Балкан Персонал ООД")
    renamed = a_holder("Meadow Staffing Ltd")
    rename(renamed.organisation, NOW, legal_name="Brook Staffing Ltd", telephone="+441632960999")
    hidden = an_applicant("Vanished Gangs Ltd")
    register.hide(hidden.listing, at=NOW)
    own = [
        "Olteanu Crews", "olteanu crews llp", "Olteanu Crews GmbH", "Marrowby Fruit Pickers", "Marrowby Fruit Pickers Ltd",
        "Balkan Personal", "балкан персонал оод", "Meadow Staffing", "01632 960123", "01632 960999", "Ballymena", "BT43 4JW", "bt43",
        "Vanished Gangs", "...", "A", "Shire", "harvest.example", "श्रम सेवा", "Nobody at all", gone.number.lower(), gone.listing.code,
    ]  # fmt: skip
    entries = list(private_look_up.queries.instants.on_register(NOW).order_by("entry_number"))
    asking = list(private_look_up.asked_of(entries, 240, seed=3))
    asking += [private_look_up.questions.Question("own", text, "") for text in own]

    found = private_look_up.compare(asking, at=NOW)

    assert found.differing == ()
    assert found.by_phone >= 0.985 * found.typos
