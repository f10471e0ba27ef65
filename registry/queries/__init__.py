"""Reads with a name. Import from here."""

from registry.queries.accounts import OpenSession, PersonFile, people, person_file, session_keys_of, sessions_of, teams
from registry.queries.conflicts import called_by, conflicts, officers
from registry.queries.exports import organisation_columns, views_of_organisations
from registry.queries.files import OrganisationFile, organisation_file, organisations
from registry.queries.history import Happening, Row, Verification, events, history_of, in_words, verify_history
from registry.queries.holidays import holiday_changes, holiday_table, holidays, holidays_end
from registry.queries.letters import letters_to_organisations, letters_to_post, undelivered, undelivered_count
from registry.queries.lists import company, newest_edition
from registry.queries.memberships import (
    Member,
    OrganisationPeople,
    invitations_for,
    memberships_of,
    organisation_people,
)
from registry.queries.places import (
    PremisesFile,
    listed_premises,
    no_longer_listed,
    premises,
    premises_file,
    premises_like,
)

__all__ = [
    "Happening",
    "Member",
    "OpenSession",
    "OrganisationFile",
    "OrganisationPeople",
    "PersonFile",
    "PremisesFile",
    "Row",
    "Verification",
    "called_by",
    "company",
    "conflicts",
    "events",
    "history_of",
    "holiday_changes",
    "holiday_table",
    "holidays",
    "holidays_end",
    "in_words",
    "invitations_for",
    "letters_to_organisations",
    "letters_to_post",
    "listed_premises",
    "memberships_of",
    "newest_edition",
    "no_longer_listed",
    "officers",
    "organisation_columns",
    "organisation_file",
    "organisation_people",
    "organisations",
    "people",
    "person_file",
    "premises",
    "premises_file",
    "premises_like",
    "session_keys_of",
    "sessions_of",
    "teams",
    "undelivered",
    "undelivered_count",
    "verify_history",
    "views_of_organisations",
]
