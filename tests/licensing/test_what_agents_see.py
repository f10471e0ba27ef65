"""Everyone who acts for a holder finds by links only what they may do: no page of an agent ends at a button for others."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.licensing.stories import a_licence, a_request, a_suspension_proposed, notified
from tests.people import person, signed_in
from tests.registry.stories import a_condition, an_agent, somebody_acting

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SAYS_NO = ("You are an agent.", "The consent of the organisation does not cover this.")
OWN_PAGES = re.compile(r'href="((?:/licences/|/apply/A-|/account/organisations/|/inspections/|/what-we-found)[^"#?]*)')
#: Files, and what every form page of a draft links to: one of a kind is enough.
LEFT_OUT = re.compile(r"/(certificate|file|pdf|files|documents|calendar|show|steps/(?!declaration).*)/|\.pdf|/letters/")
#: Where the agent who fills in a draft reads who signs and sends it.
SAYS_WHO_ELSE = ("/check-answers/", "/steps/declaration/signing/")


def pages_of(client: Client) -> dict[str, str]:
    """Every page that this person finds by links from their home, by its address: its main part."""
    found: dict[str, str] = {}
    left = ["/licences/"]
    while left:
        address = left.pop()
        if address in found or LEFT_OUT.search(address):
            continue
        answer = client.get(address)
        words = answer.content.decode() if answer.status_code == 200 else ""
        found[address] = words[words.find("<main") :]
        left += OWN_PAGES.findall(found[address])
    return found


@pytest.mark.parametrize("kind", ["representative", "agent"])
def test_no_link_leads_to_what_this_person_may_never_do(kind: str) -> None:
    licence = a_licence()
    a_condition(licence)
    notified(a_suspension_proposed(licence))
    asked = a_request(stories.an_application_being_assessed(organisation=stories.a_provider("Nant Labour Ltd")))
    draft = stories.an_application_answered(stories.an_application(stories.a_provider("Bryn Labour Ltd")))
    user = person("applicant")
    for organisation in (licence.organisation, asked.application.organisation, draft.organisation):
        if kind == "agent":
            an_agent(organisation, user=user)
        else:
            somebody_acting(organisation, "representative", user=user)

    found = pages_of(signed_in(user))
    can_surrender = reverse("surrender_licence", args=[licence.number]) in found
    assert can_surrender == (kind != "agent")

    assert f"/licences/{licence.number}/" in found and any(asked.application.reference in address for address in found)
    ends = [address for address, words in found.items() if any(no in words for no in SAYS_NO)]
    ends = [address for address in ends if not address.endswith(SAYS_WHO_ELSE)]
    assert not ends, ends
