"""How somebody who is named in an application opens their own part from the link that they were mailed, and signs it."""

import re

from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.utils import timezone

from config.management.commands.run_due import run_due
from tests.journeys.desk import Desk

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def for_everybody(desk: Desk) -> None:
    found = Axe().run(desk.page, options=RULES)  # which waits for ever where no script runs
    assert found.violations_count == 0, found.generate_report()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= desk.page.viewport_size["width"]  # type: ignore[index]


def newest_mail_to(address: str) -> str:
    run_due(timezone.now())
    return str([one for one in mail.outbox if one.to == [address]][-1].body)


def link_mailed_to(address: str) -> str:
    """Where the link in the mail leads, without the host."""
    found = re.search(r"http://[^/\s]+(/part/\S+)", newest_mail_to(address))
    assert found
    return found[1]


def sends_link(desk: Desk, address: str, *, name: str = "") -> None:
    """On the page that asks whom to send the link; without a name where the application knows it."""
    if name:
        desk.fill("name", name)
    desk.choose("how", "email")
    desk.fill("email", address)
    desk.press("Send the link")
    desk.must_say(f"The link was emailed to {address}")


def opens_part(desk: Desk, address: str, link: str, *, of: str) -> None:
    """From the link in the mail, and with the number in the next. Before it is typed the page names nobody."""
    desk.go(link)
    for_everybody(desk)
    assert of not in desk.text
    desk.press("Mail me the number")
    number = re.search(r"\b(\d{6})\b", newest_mail_to(address))
    assert number
    desk.fill("pin", number[1])
    desk.press("Open your part")
    desk.must_say(f"Your part of the application of {of}")
    for_everybody(desk)


def signs(desk: Desk, name: str, *reads: str) -> None:
    """Reads once more what they answered, and signs it with their name."""
    desk.press("Check and sign")
    for_everybody(desk)
    desk.must_say("true and complete", *reads)
    desk.fill("name", name)
    desk.press("Sign")
    desk.must_say("You signed on ")
