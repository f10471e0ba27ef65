"""The models of every room, for Django alone: code imports them from their rooms."""

import registry.accounts.models  # noqa: F401
import registry.agencies.models  # noqa: F401
import registry.companies.models  # noqa: F401
import registry.conflicts.models  # noqa: F401
import registry.documents.models  # noqa: F401
import registry.holidays.models  # noqa: F401
import registry.imports.models  # noqa: F401
import registry.letters.models  # noqa: F401
import registry.licences.models  # noqa: F401
import registry.matching.models  # noqa: F401
import registry.memberships.models  # noqa: F401
import registry.organisations.models  # noqa: F401
import registry.outbox.models  # noqa: F401
import registry.premises.models  # noqa: F401
import registry.register.models  # noqa: F401
import registry.retention.models  # noqa: F401
import registry.schemes.models  # noqa: F401
import registry.search.models  # noqa: F401
import registry.trail.models.covered  # noqa: F401
import registry.trail.models.events  # noqa: F401
import registry.trail.models.rows  # noqa: F401
import registry.trail.models.verifications  # noqa: F401
import registry.watchlists.models  # noqa: F401
import registry.worklists.models  # noqa: F401
