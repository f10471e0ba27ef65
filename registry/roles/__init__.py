"""Who may do what. Roles are data; `manage.py sync_roles` makes the groups match. So is what each kind of person may do for
an organisation."""

from registry.roles.account_role import AccountRole as AccountRole
from registry.roles.of_others import BUSINESSES, OUTSIDE
from registry.roles.of_staff import STAFF

ROLES: dict[str, AccountRole] = {**BUSINESSES, **STAFF, **OUTSIDE}

# What anyone may sign up as; every other role is given by an administrator of people.
OPEN_ROLES = frozenset({"applicant", "labour_user"})

# The roles that people hold; the system's own is for jobs.
GIVEN_ROLES = frozenset(ROLES) - {"system"}

STAFF_ROLES = frozenset(name for name, role in ROLES.items() if role.is_staff)
