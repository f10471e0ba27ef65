"""The models of every room, for Django alone: code imports them from their rooms."""

import compliance.contradictions.models
import compliance.danger.models
import compliance.enforcement.models.cases
import compliance.enforcement.models.orders
import compliance.enforcement.models.prosecution
import compliance.enforcement.models.underpayment
import compliance.enforcement.models.undertakings
import compliance.exhibits.models
import compliance.field.models
import compliance.follow_ups.models
import compliance.hand_overs.models
import compliance.inspection_reports.models
import compliance.inspections.models
import compliance.intelligence.models
import compliance.interviews.models
import compliance.joint_cases.models
import compliance.passed_on.models
import compliance.plans.models
import compliance.reports.models.reports
import compliance.reports.models.triage
import compliance.safeguarding.models.codes
import compliance.safeguarding.models.follow_ups
import compliance.safeguarding.models.people
import compliance.safeguarding.models.referrals
import compliance.statistics.models
import compliance.targeting.models
