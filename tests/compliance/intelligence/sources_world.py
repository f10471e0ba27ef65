"""Sources, kept by the real action."""

from compliance.intelligence.actions import sources
from compliance.intelligence.models.sources import Source
from registry.accounts.models import User
from tests.conftest import NOW
from tests.people import person

# Found nowhere but in the vault.
IDENTITY = {
    "name": "Ffion Canarybird",
    "telephone": "07700 900987",
    "email": "ffion@canarybird.example",
    "notes": "Meets behind the chapel at Canarybird Cross.",
}


def a_source(*, by: User | None = None) -> Source:
    return sources.keep(identity=IDENTITY, about="Right twice.", by=by or person("source_handler"), at=NOW)
