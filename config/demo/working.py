"""How the sample people of the authority work: the teams that they are in, and the views that they have kept of lists."""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle

from config.demo.people import person
from licensing.applications.queries.offices import case_officers
from registry.accounts.actions import accounts, keys
from registry.worklists import actions as saved_views

TEAMS = ("North", "South and Wales")
# Whose: of which list, under what name, narrowed by what.
VIEWS = {
    "case-officer": (
        ("applications", "Mine, waiting for me", "officer=mine&turn=authority"),
        ("applications", "My team’s, overdue", "officer=team&overdue=on"),
        ("staff_licences", "Conditions to chase", "conditions=on&sort=until"),
    ),
    "manager": (("applications", "Older than 40 days", "age=40"),),
}


def work(at: datetime) -> Iterator[object]:
    """By the real actions. Everybody who assesses is in one of two teams; the manager is in the first."""
    admin = person("people-admin")
    for officer, team in zip([person("manager"), *case_officers()], cycle(TEAMS), strict=False):
        yield accounts.change_team(officer, team=team, by=admin, at=at)
    for who, views in VIEWS.items():
        for of_list, name, query in views:
            yield saved_views.keep(of_list=of_list, name=name, query=query, by=person(who), at=at)
    # Nobody is told the secret: it shows what the page of keys looks like, and lets nobody in.
    yield keys.make(name="Monthly report", scopes=["read"], days=90, by=person("case-officer"), at=at)
