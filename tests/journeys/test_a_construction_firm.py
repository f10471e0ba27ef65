"""A firm that supplies building sites, under the draft of 2027: its director must sign, and does so from a telephone."""

from datetime import datetime, timedelta

import pytest

from config.demo.answers import Profile, answers
from tests.conftest import LONDON, SetClock
from tests.journeys.applying import PHONE, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on
from tests.journeys.signing import link_mailed_to, opens_part, sends_link, signs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = datetime(2027, 5, 4, 10, 0, tzinfo=LONDON)
FIRM, PRINCIPAL, DIRECTOR = "Craig Labour Ltd", "Owain Tudur", "Catrin Mai"
ADDRESS = "catrin@craig.example"
SAYS = Profile(
    {
        "legal_name": FIRM,
        "legal_status": "company",
        "email": "office@craig.example",
        "sectors": ["building_sites"],
        "activities": ["homes"],
        "countries_supplied": ["wales"],
        "cards_checked": True,
        "card_kinds": ["green", "blue"],
        "cis_registered": True,
        "cis_rate": "registered",
        "uses_subcontractors": True,
        "subcontractor_numbers": 8,
        "cis_verified": True,
        "chain_known": True,
        "turnover": "310000",
        "signature": PRINCIPAL,
    },
    {"principal_authority": {"full_name": PRINCIPAL, "job_title": "Labour manager"}},
    {
        "directors": [{"full_name": DIRECTOR, "date_of_birth": "1977-10-09", "nationality": "Welsh"}],
        "sites": [
            {"site_name": "Cae Ffynnon, phase 2", "site_place": "Bangor", "principal_contractor": "Adeiladu Ltd"}
        ],
    },
)

# What only construction asks, and the end; the whole form is walked by the sole trader.
TYPED = frozenset(
    {
        "directors",
        "sectors",
        "skills",
        "construction-industry-scheme",
        "supply-chain",
        "sites",
        "consent",
        "declaration",
    }
)


def names_the_director(desk: Desk) -> str:
    """From the list of directors; whoever applies types the name and nothing else about her."""
    desk.press("Ask another person to answer for themselves")
    sends_link(desk, ADDRESS, name=DIRECTOR)
    return link_mailed_to(ADDRESS)


def signs_again(desk: Desk) -> None:
    """The principal authority signs what is handed in, also what somebody else has answered since."""
    desk.press("Send the application")
    assert desk.problems == ["Answers were changed after the declaration was signed. Read it and sign it again."]
    desk.click(desk.page.locator(".govuk-error-summary a"))
    desk.press("Continue")


def test_a_construction_firm_applies_and_its_director_signs(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(AT)
    scheme = scheme_on(AT.date(), "construction")
    said = list(answers(scheme, SAYS))
    (hers,) = [item for item in said if item.page == "directors"]
    ours = [one for one in said if one != hers]
    firm = Applying(sit_down, set_clock, somebody(PRINCIPAL), scheme, ours, AT, typed=TYPED)

    desk = firm.sits_down()
    firm.begins(desk, FIRM)
    firm.walks(desk, until="directors")
    link = names_the_director(desk)
    desk.press("Go on with the application")
    firm.opens(desk, "directors")
    left = firm.leaves_at(desk, "construction-industry-scheme", subcontractor_numbers="a few")
    desk = firm.comes_back(left)
    firm.goes_on(desk)
    desk.press("Send the application")
    assert desk.problems == [f"{DIRECTOR} has not signed their own part. Wait, send the link again, or withdraw it."]

    set_clock(firm.at + timedelta(hours=1))
    director = sit_down(**PHONE)
    opens_part(director, ADDRESS, link, of=FIRM)
    director.follow("About you")
    director.type_answers(scheme, hers)
    director.press("Continue")
    signs(director, DIRECTOR, "9 October 1977")

    signs_again(desk)
    firm.sends(desk)
    assert "9 October 1977" not in desk.text
    officer = firm.an_officer_reads("Cae Ffynnon, phase 2", f"signed “{DIRECTOR}”", "9 October 1977")
    officer.must_say("Notification (F10) of the sites supplied", "rate of deduction")
    assert director.complaints == []
