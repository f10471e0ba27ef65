"""Sample authorities: one whose people answer here, one that takes files, one that is written to; and their days."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.demo.people import DOMAIN, person
from licensing import jobs
from registry.accounts.models import User
from registry.agencies import actions as agencies
from registry.agencies.models import Agency
from registry.letters import actions as post
from registry.letters.models import Letter
from registry.schemes import names

# Name, how it is asked, where, under which power, and the checks that it answers.
AUTHORITIES = (
    (
        "HM Revenue and Customs",
        "account",
        {"email": f"checks@tax.{DOMAIN}"},
        "2004 Act, section 19; the agreement of 4 April 2026. Nothing is passed on without its consent.",
        ("tax", "benefits"),
    ),
    (
        "Home Office",
        "file",
        {"email": f"checks@home-office.{DOMAIN}"},
        "2004 Act, section 19; the agreement of 12 May 2026.",
        ("immigration",),
    ),
    (
        "Criminal records unit of the police",
        "post",
        {"address": {"line_1": "PO Box 12", "town": "Sampleton", "postcode": "SA1 1AA"}},
        "2004 Act, section 19; protocol of 1 June 2026.",
        ("police",),
    ),
)
PARTNER = f"partner@{DOMAIN}"


def authorities(at: datetime) -> Iterator[Agency]:
    """The authorities, added by the administrator of people; the sample person of a partner answers for the first."""
    by = person("people-admin")
    for name, way, where, basis, codes in AUTHORITIES:
        particulars = {"name": name, "way": way, "basis": basis, "email": "", "address": {}, "public_key": "", **where}
        remits = [(scheme, code) for scheme in names() for code in codes]
        yield agencies.open_for(particulars=particulars, remits=remits, by=by, at=at)
    User.objects.filter(email=PARTNER).update(agency=Agency.objects.get(name=AUTHORITIES[0][0]))


def days(since: datetime) -> Iterator[datetime]:
    """Every morning, what was put to the authorities is asked, and they are reminded of what is late."""
    at, officer = since.replace(hour=6, minute=0), person("case-officer")
    while True:
        yield (at := at + timedelta(days=1))
        # What was written yesterday went into the post; what is written today waits for somebody.
        written = Letter.objects.to_post().exclude(agency=None).values_list("number", flat=True)
        post.mark_posted(list(written), by=officer, at=at)
        jobs.ask_authorities(at=at)
        jobs.remind_authorities(at=at)
