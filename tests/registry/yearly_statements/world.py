"""Yearly statements, announced, written, signed and published by the real actions. There must be a published edition."""

from datetime import datetime, timedelta
from typing import Any

from registry.yearly_statements import actions
from registry.yearly_statements.models import YearlyStatement
from tests.conftest import NOW
from tests.people import person

YEAR = "2025"
DAY = (NOW + timedelta(days=30)).date()
TEXTS = {
    "did": "We visited 41 businesses and opened a line for reports at night.",
    "worked": "Unannounced visits found standards not met twice as often.",
    "did_not_work": "Letters of advice changed nothing that we can measure.",
    "changes": "From January, each letter of advice is followed by a call within 20 days.",
}


def an_announced_statement(code: str = YEAR, *, at: datetime = NOW) -> YearlyStatement:
    return actions.announce_statement(code=code, publish_by=DAY, by=person("manager"), at=at)


def a_written_statement(code: str = YEAR, **texts: Any) -> YearlyStatement:
    by = person("intelligence_analyst")
    return actions.write_statement(an_announced_statement(code), **{**TEXTS, **texts}, by=by, at=NOW)


def a_signed_statement(code: str = YEAR) -> YearlyStatement:
    return actions.sign_statement(a_written_statement(code), by=person("intelligence_analyst"), at=NOW)


def a_published_statement(code: str = YEAR) -> YearlyStatement:
    return actions.publish_statement(a_signed_statement(code), by=person("manager"), at=NOW)
