"""A company in Poland applies: its own address, numbers and authorities, workers from there, and a manager with a visa."""

from datetime import datetime

import pytest

from config.demo.answers import Profile, answers
from tests.conftest import LONDON, SetClock
from tests.journeys.applying import Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import scheme_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
FIRM, MANAGER = "Żniwa Sp. z o.o.", "Łucja Wójcik"
KRAKOW = {"line_1": "ul. Długa 12", "town": "Kraków", "county": "Poland", "postcode": "31-147", "country": "elsewhere"}
SAYS = Profile(
    {
        "legal_name": FIRM,
        "legal_status": "company",
        "address": KRAKOW,
        "telephone": "+48123456789",
        "email": "biuro@zniwa.example",
        "based_overseas": True,
        "home_country": "Poland",
        "overseas_registration": "KRS 0000123456",
        "overseas_tax_number": "NIP 6762345678",
        "overseas_inspectorate": "Państwowa Inspekcja Pracy",
        "overseas_tax_office": "Krajowa Administracja Skarbowa",
        "sectors": ["agriculture"],
        "activities": ["crops"],
        "countries_supplied": ["scotland", "england"],
        "worker_sources": ["eea"],
        "worker_countries": ["Poland", "Lithuania"],
        "worker_numbers_now": 0,
        "worker_numbers_peak": 60,
        "overseas_agents": True,
        "away_from_home": True,
        "turnover": "1400000",
        "signature": MANAGER,
    },
    {
        "principal_authority": {
            "full_name": MANAGER,
            "date_of_birth": "1984-08-17",
            "country_of_birth": "Poland",
            "address": KRAKOW,
            "telephone": "+48600700800",
            "nationality": "Polish",
            "foreign_social_security": "PESEL 84081712345",
            "right_to_work": "visa",
            "visa_number": "V 4471 0098",
            "visa_kind": "Skilled Worker",
            "leave_until": "2029-08-31",
        }
    },
)

# Where being abroad makes a difference, and the end; the whole form is walked by the sole trader.
TYPED = frozenset(
    {
        "legal-status",
        "address",
        "tax",
        "overseas",
        "principal-authority",
        "principal-authority-contact",
        "places",
        "workers",
        "consent",
        "declaration",
    }
)


def test_an_overseas_firm_applies(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(AT)
    scheme = scheme_on(AT.date())
    firm = Applying(sit_down, set_clock, somebody(MANAGER), scheme, list(answers(scheme, SAYS)), AT, typed=TYPED)

    desk = firm.sits_down()
    firm.begins(desk, FIRM)
    left = firm.leaves_at(desk, "workers", worker_numbers_peak="about sixty")
    desk = firm.comes_back(left)
    firm.goes_on(desk)
    firm.sends(desk)

    assert firm.application.facts["home_country"] == "Poland"
    assert not {"company_number", "utr"} & set(firm.application.facts), "a company abroad has neither"
    officer = firm.an_officer_reads(FIRM)
    officer.must_say("Compliance in the country where the business is based")
