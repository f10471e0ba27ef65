"""The models of every room, for Django alone: code imports them from their rooms."""

import registry.accounts.models
import registry.agencies.models
import registry.assignment.models
import registry.companies.models
import registry.conflicts.models
import registry.documents.models
import registry.holidays.models
import registry.imports.models
import registry.letters.models
import registry.licences.models
import registry.matching.models
import registry.memberships.models
import registry.organisations.models
import registry.outbox.models
import registry.premises.models
import registry.register.models
import registry.retention.models
import registry.schemes.models
import registry.search.models
import registry.tasks.models
import registry.trail.models.covered
import registry.trail.models.events
import registry.trail.models.rows
import registry.trail.models.verifications
import registry.watchlists.models
import registry.worklists.models
