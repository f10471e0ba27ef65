"""An analyst says which methods of offenders a piece of intelligence speaks of."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.methods import IntelligenceMethod
from compliance.intelligence.queries.methods import methods_for
from compliance.reports.rules.triage import tag_blockers
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def tag_methods(intelligence: Intelligence, *, methods: Collection[str], by: User, at: datetime) -> Intelligence:
    """Say which methods of the pack it speaks of: these and no others. Raises `Refused` (unknown_tag)."""
    permissions.require(by, "compliance.record_intelligence")
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    refuse_for(tag_blockers(methods, {one.code for one in methods_for(intelligence)}, "methods"))
    intelligence.methods.all().delete()
    IntelligenceMethod.objects.bulk_create(
        IntelligenceMethod(intelligence=intelligence, code=code) for code in dict.fromkeys(methods)
    )
    trail.record(intelligence, "tag_methods", by=by, at=at, methods=sorted(methods))
    return intelligence
