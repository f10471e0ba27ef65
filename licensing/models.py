"""The models of every room, for Django alone: code imports them from their rooms."""

import licensing.appeals.models
import licensing.applications.models
import licensing.cases.models
import licensing.checks.models
import licensing.conditions.models
import licensing.correspondence.models
import licensing.decisions.models.decisions
import licensing.decisions.models.grounds
import licensing.decisions.models.reasons
import licensing.decisions.models.reviews
import licensing.duties.models
import licensing.findings.models
import licensing.holding.models
import licensing.inspections.models
import licensing.insurances.models
import licensing.letters.models
import licensing.messages.models
import licensing.overrides.models
import licensing.payments.models
import licensing.people_named.models
import licensing.phoenix_matches.models
import licensing.progress.models
import licensing.requests.models
import licensing.retention.models
import licensing.watchlist_matches.models
