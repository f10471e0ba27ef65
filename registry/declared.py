"""Every list and every step of the registry that is declared once; each is in its room."""

from registry.accounts import lists as accounts
from registry.accounts.steps import ACCESS_REQUEST
from registry.complaints import lists as complaints
from registry.complaints.steps import COMPLAINT
from registry.editions import lists as editions
from registry.editions.steps import EDITION
from registry.partner_statistics.steps import PARTNER_AGREEMENT
from registry.tasks import lists as tasks
from registry.tasks import steps as task_steps
from registry.yearly_statements import lists as yearly_statements
from registry.yearly_statements.steps import STATEMENT

LISTS = (tasks.TASKS, accounts.ACCESS_REQUESTS, editions.EDITIONS, yearly_statements.STATEMENTS, complaints.COMPLAINTS)
STEPS = (task_steps.TASK, ACCESS_REQUEST, EDITION, PARTNER_AGREEMENT, STATEMENT, COMPLAINT)
