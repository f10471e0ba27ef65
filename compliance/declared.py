"""Every list and every step of compliance that is declared once; each is in its room."""

from compliance.advice.steps import ADVICE
from compliance.bulletins import steps as bulletins
from compliance.danger import steps as danger
from compliance.enforcement import lists as enforcement
from compliance.enforcement.steps import cases, prosecution, underpayment, undertakings
from compliance.exhibits.steps import EXHIBIT, REGISTER
from compliance.follow_ups import lists as follow_ups
from compliance.follow_ups import steps as remedies
from compliance.hand_overs import lists as hand_overs
from compliance.hand_overs import steps as hand_over_steps
from compliance.inspection_reports.steps import FOR_BUSINESS
from compliance.inspections import lists as inspections
from compliance.inspections import steps as inspection_steps
from compliance.intelligence import lists as intelligence
from compliance.intelligence import steps as intelligence_steps
from compliance.interviews.steps import MET
from compliance.joint_cases import steps as joint_cases
from compliance.outreach import steps as outreach
from compliance.passed_on.steps import PARTNER_ANSWER, PARTNER_ASKS
from compliance.releases.steps import GRADE, TEXT
from compliance.reports import lists as reports
from compliance.reports import steps as report_steps
from compliance.safeguarding import lists as safeguarding
from compliance.safeguarding import steps as aftercare
from compliance.sharing_requests import lists as guarded_sharing
from compliance.sharing_requests import steps as guarded_steps
from compliance.targeting import lists as targeting
from compliance.targeting import steps as targeting_steps
from compliance.training import lists as trainings
from compliance.training import steps as training_steps
from compliance.who_saw import lists as who_saw

LISTS = (
    safeguarding.REFERRALS,
    inspections.INSPECTIONS,
    follow_ups.FOLLOW_UPS,
    follow_ups.REMEDIES,
    targeting.ROUNDS,
    targeting.SCORES,
    reports.REPORTS,
    hand_overs.HAND_OVERS,
    guarded_sharing.GUARDED_SHARINGS,
    intelligence.INTELLIGENCE,
    enforcement.UNLICENSED,
    enforcement.UNDERTAKINGS,
    enforcement.UNDERPAYMENTS,
    who_saw.READERS,
    trainings.TRAININGS,
)


STEPS = (
    danger.DANGER,
    aftercare.REFERRAL,
    aftercare.REFERRAL_FOLLOW_UP,
    aftercare.CONCERN,
    remedies.REMEDY,
    inspection_steps.INSPECTION,
    REGISTER,
    EXHIBIT,
    MET,
    ADVICE,
    FOR_BUSINESS,
    remedies.AFTER_VISIT,
    targeting_steps.ROUND,
    targeting_steps.CHOICE,
    targeting_steps.EXPLANATION,
    targeting_steps.WEIGHTS,
    outreach.STEPS,
    bulletins.STEPS,
    training_steps.TRAINING,
    report_steps.REPORT,
    report_steps.HANDED_OVER,
    hand_over_steps.HAND_OVER,
    intelligence_steps.FROM_INTELLIGENCE,
    intelligence_steps.TIE,
    intelligence_steps.SOURCE,
    TEXT,
    GRADE,
    PARTNER_ANSWER,
    PARTNER_ASKS,
    guarded_steps.GUARDED_INTELLIGENCE,
    guarded_steps.GUARDED_HAND_OVER,
    guarded_steps.GUARDED_VISIT,
    guarded_steps.SHARING,
    joint_cases.OF_INTELLIGENCE,
    joint_cases.OF_REPORT,
    joint_cases.JOINT_CASE,
    joint_cases.JOINT_STEP,
    remedies.FOLLOW_UP,
    cases.CASE,
    prosecution.MATERIAL,
    prosecution.PROSECUTOR_FILE,
    undertakings.UNDERTAKING,
    underpayment.NOTICE,
    underpayment.ORDER,
)
