"""Reads with a name. Import from here."""

from registry.queries.accounts import (
    OpenSession,
    PersonFile,
    keys_of,
    people,
    person_file,
    session_keys_of,
    sessions_of,
    teams,
)
from registry.queries.agencies import agencies, agency_in_words, checks_of_packs
from registry.queries.conflicts import called_by, conflicts, officers
from registry.queries.exports import organisation_columns, views_of_organisations
from registry.queries.files import OrganisationFile, organisation_file, organisations
from registry.queries.history import Happening, Row, events, history_of, in_words
from registry.queries.holidays import holiday_changes, holiday_table, holiday_years, holidays, holidays_end
from registry.queries.letters import (
    last_letters,
    letters_of_business,
    letters_open_to,
    letters_to_post,
    to_post_count,
    undelivered,
    undelivered_count,
)
from registry.queries.listed import Match, listed_companies, listed_people, lists_read
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
from registry.queries.verification import Verification, verifications, verify_history

__all__ = [
    "Happening",
    "Match",
    "Member",
    "OpenSession",
    "OrganisationFile",
    "OrganisationPeople",
    "PersonFile",
    "PremisesFile",
    "Row",
    "Verification",
    "agencies",
    "agency_in_words",
    "called_by",
    "checks_of_packs",
    "company",
    "conflicts",
    "events",
    "history_of",
    "holiday_changes",
    "holiday_table",
    "holiday_years",
    "holidays",
    "holidays_end",
    "in_words",
    "invitations_for",
    "keys_of",
    "last_letters",
    "letters_of_business",
    "letters_open_to",
    "letters_to_post",
    "listed_companies",
    "listed_people",
    "listed_premises",
    "lists_read",
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
    "to_post_count",
    "undelivered",
    "undelivered_count",
    "verifications",
    "verify_history",
    "views_of_organisations",
]
