"""Every list and every step of the registry that is declared once; each is in its room."""

from registry.tasks import lists as tasks
from registry.tasks import steps as task_steps

LISTS = (tasks.TASKS,)
STEPS = (task_steps.TASK,)
