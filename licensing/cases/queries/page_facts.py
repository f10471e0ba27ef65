"""What the page of a case says, all of it: its preview beside the list shows a part of the same."""

from datetime import date
from typing import Any

from licensing.applications.models import Application
from licensing.cases.queries import case_page
from licensing.cases.queries.contents import contents_of, missing_of
from licensing.cases.queries.what_next import next_of_case
from licensing.decisions.queries.readiness import OPEN
from licensing.due_dates.queries.about import dates_of
from licensing.findings.queries import findings_of
from licensing.messages import queries as message_queries
from licensing.phoenix_matches.queries.links import links_of
from licensing.requests.states import RequestStatus
from licensing.watchlist_matches.queries import matches_of
from registry.accounts.models import User


def facts_of_page(case: Application, *, by: User, on: date, all_open: bool = False) -> dict[str, Any]:
    """By the names that the templates use. `all_open`: every part of the page is unfolded."""
    file = case_page.case_file(case, by=by, on=on)
    said = message_queries.said_to_authority(case)
    new_messages = sum(one.is_new for one in said)
    links, dates = links_of(case.organisation, by=by), dates_of(case, on=on)
    contents = contents_of(
        file,
        links=links if by.has_perm("licensing.view_look_alikes") else None,
        said=said,
        new_messages=new_messages,
        dates=dates,
        all_open=all_open,
    )
    asked = [one.request for one in file.requests]
    return {
        "file": file,
        "application": case,
        "said": said,
        "new_messages": new_messages,
        "dates": dates,
        "findings": findings_of(case, by=by),
        "watchlist_matches": matches_of(case.organisation, by=by),
        "links": links,
        "contents": contents,
        "missing": missing_of(file, contents),
        "next": next_of_case(
            case,
            opened=next((one for one in file.decisions if one.status in OPEN), None),
            due_on=min((one.due_on for one in asked if one.status == RequestStatus.OPEN), default=None),
            lapsed=next((one.reference for one in asked if one.status == RequestStatus.LAPSED), ""),
            is_held_up=any(one.code != "still_to_pay" for one in file.waiting),
            on=on,
        ),
    }
