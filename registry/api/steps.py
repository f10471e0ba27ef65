"""Declared steps for programs."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from ninja import Schema

from registry.accounts.models import Scope
from registry.api import ByKey, StaffRouter
from registry.steps import Step


def add_step(
    router: StaffRouter,
    path: str,
    step: Step,
    subject: str,
    *,
    find: Callable[[ByKey, str], Any],
    scope: Scope,
    about: str,
    body: type[Schema] | None = None,
) -> None:
    """A declared step for programs, at `<path>/<step>`: what it takes is `body`, if it takes anything.

    `subject` ends the names of the operation and of its address; `find` gives the thing of this reference, if this person may
    take the step with it.
    """
    asked: Any = body

    def with_body(request: ByKey, reference: str, body: asked) -> Any:
        return step.action(find(request, reference), **body.dict(), by=request.user, at=timezone.now())

    def without_body(request: ByKey, reference: str) -> Any:
        return step.action(find(request, reference), by=request.user, at=timezone.now())

    words = step.name.replace("_", " ")
    path = f"{path}/{step.name.replace('_', '-')}"
    router.does(path, f"{step.name}_{subject}", scope, summary=words.title(), description=about)(
        with_body if body else without_body
    )
