"""The models of every room, for Django alone: code imports them from their rooms."""

import compliance.enforcement.models.cases  # noqa: F401
import compliance.enforcement.models.orders  # noqa: F401
import compliance.enforcement.models.prosecution  # noqa: F401
import compliance.enforcement.models.underpayment  # noqa: F401
import compliance.enforcement.models.undertakings  # noqa: F401
import compliance.exhibits.models  # noqa: F401
import compliance.field.models  # noqa: F401
import compliance.follow_ups.models  # noqa: F401
import compliance.inspection_reports.models  # noqa: F401
import compliance.inspections.models  # noqa: F401
import compliance.intelligence.models  # noqa: F401
import compliance.interviews.models  # noqa: F401
import compliance.plans.models  # noqa: F401
import compliance.reports.models.reports  # noqa: F401
import compliance.reports.models.triage  # noqa: F401
import compliance.safeguarding.models  # noqa: F401
import compliance.statistics.models  # noqa: F401
import compliance.targeting.models  # noqa: F401
