"""The models of every room, for Django alone: code imports them from their rooms."""

import public_lookup.board.models.boards
import public_lookup.board.models.sharing
import public_lookup.bulk_checks.models
import public_lookup.follows.models.follows
import public_lookup.follows.models.texts
import public_lookup.follows.models.webhooks
import public_lookup.formal_checks.models
import public_lookup.help.models
import public_lookup.material_news.models
import public_lookup.receipts.models
import public_lookup.release_notices.models
import public_lookup.service_figures.models
