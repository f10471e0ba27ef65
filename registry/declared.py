"""Every list and every step of the registry that is declared once; each is in its room."""

from registry.accounts import lists as accounts
from registry.accounts.steps import ACCESS_REQUEST
from registry.agencies.steps import AGENCY
from registry.complaints import lists as complaints
from registry.complaints.steps import COMPLAINT
from registry.conflicts.lists import CONFLICTS
from registry.conflicts.steps import END
from registry.directory.steps import BREAK_GLASS_SIGN_IN
from registry.editions import lists as editions
from registry.editions.steps import EDITION
from registry.holidays.lists import HOLIDAYS
from registry.material_orders.lists import MATERIAL_ORDERS
from registry.material_orders.steps import MATERIAL_ORDER
from registry.organisations.lists import ORGANISATIONS
from registry.outbox.lists import UNDELIVERED
from registry.partner_statistics.steps import PARTNER_AGREEMENT
from registry.premises.lists import PREMISES
from registry.retention.steps import HOLD
from registry.take_overs.lists import QUESTIONS
from registry.take_overs.steps import QUESTION
from registry.tasks import lists as tasks
from registry.tasks import steps as task_steps
from registry.trail.lists import TRAIL
from registry.yearly_statements import lists as yearly_statements
from registry.yearly_statements.steps import STATEMENT

LISTS = (
    tasks.TASKS,
    accounts.ACCESS_REQUESTS,
    editions.EDITIONS,
    yearly_statements.STATEMENTS,
    complaints.COMPLAINTS,
    MATERIAL_ORDERS,
    QUESTIONS,
    ORGANISATIONS,
    PREMISES,
    CONFLICTS,
    HOLIDAYS,
    accounts.PEOPLE,
    UNDELIVERED,
    TRAIL,
)
STEPS = (
    task_steps.TASK,
    ACCESS_REQUEST,
    BREAK_GLASS_SIGN_IN,
    EDITION,
    PARTNER_AGREEMENT,
    STATEMENT,
    COMPLAINT,
    MATERIAL_ORDER,
    QUESTION,
    END,
    HOLD,
    AGENCY,
)
