"""The models of every room, for Django alone: code imports them from their rooms."""

import licensing.appeals.models  # noqa: F401
import licensing.applications.models  # noqa: F401
import licensing.cases.models  # noqa: F401
import licensing.checks.models  # noqa: F401
import licensing.conditions.models  # noqa: F401
import licensing.decisions.models.decisions  # noqa: F401
import licensing.decisions.models.grounds  # noqa: F401
import licensing.holding.models  # noqa: F401
import licensing.inspections.models  # noqa: F401
import licensing.messages.models  # noqa: F401
import licensing.payments.models  # noqa: F401
import licensing.people_named.models  # noqa: F401
import licensing.phoenix_matches.models  # noqa: F401
import licensing.progress.models  # noqa: F401
import licensing.requests.models  # noqa: F401
