"""What a role is: its title, what it is for, and what it permits."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class AccountRole:
    title: str | Promise
    about: str | Promise
    permissions: frozenset[str]
    is_staff: bool = True

    @property
    def codenames(self) -> frozenset[str]:
        return self.permissions | {"registry.work_for_authority"} if self.is_staff else self.permissions
