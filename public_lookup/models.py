"""The models of every room, for Django alone: code imports them from their rooms."""

import public_lookup.bulk_checks.models  # noqa: F401
import public_lookup.follows.models.follows  # noqa: F401
import public_lookup.follows.models.texts  # noqa: F401
import public_lookup.follows.models.webhooks  # noqa: F401
import public_lookup.formal_checks.models  # noqa: F401
import public_lookup.receipts.models  # noqa: F401
