"""What was done otherwise than by a declared step, in words for those who read a history."""

from compliance.bulletins.queries import WORDS as OF_BULLETINS
from compliance.check_ins.queries import WORDS as OF_CHECK_INS
from compliance.contradictions.queries.contradictions import WORDS as OF_CONTRADICTIONS
from compliance.danger.queries import WORDS as OF_DANGER
from compliance.enforcement.queries.cases import WORDS as OF_ENFORCEMENT
from compliance.follow_ups.queries import WORDS as OF_FOLLOW_UPS
from compliance.guarded_sharing.queries import WORDS as OF_GUARDED_SHARING
from compliance.hand_overs.queries import WORDS as OF_HAND_OVERS
from compliance.inspections.queries.inspections import WORDS as OF_INSPECTIONS
from compliance.intelligence.queries.intelligence import WORDS as OF_INTELLIGENCE
from compliance.joint_cases.queries import WORDS as OF_JOINT_CASES
from compliance.reports.queries.reports import WORDS as OF_REPORTS
from compliance.safeguarding.queries.referrals import WORDS as OF_REFERRALS
from compliance.targeting.queries.rounds import WORDS as OF_ROUNDS
from compliance.training.steps import WORDS as OF_TRAINING
from registry.trail.queries.history import Words

WORDS: Words = {
    **OF_REFERRALS,
    **OF_DANGER,
    **OF_INSPECTIONS,
    **OF_ENFORCEMENT,
    **OF_FOLLOW_UPS,
    **OF_REPORTS,
    **OF_GUARDED_SHARING,
    **OF_HAND_OVERS,
    **OF_INTELLIGENCE,
    **OF_ROUNDS,
    **OF_JOINT_CASES,
    **OF_CONTRADICTIONS,
    **OF_CHECK_INS,
    **OF_BULLETINS,
    **OF_TRAINING,
}
