"""What was answered is held no longer than the scheme says."""

from datetime import datetime

from django.db import transaction

from licensing.models import Application
from licensing.rules import erasures as rules
from registry import trail
from registry.actions import documents, erasures
from registry.errors import refuse_for
from registry.models import Document


@transaction.atomic
def erase_answers(application: Application, *, rule: str, by: None, at: datetime) -> Application:
    """Erase what was answered and uploaded with an application; that it was made, and how it was decided, stays.

    `rule` is the line of the scheme's table. Raises `Refused` (in_hand, held).
    """
    application = trail.locked(application)
    refuse_for(rules.erase_blockers(application))
    answers = list(application.answers.order_by("pk").values("page", "item", "data"))
    asked = application.requests.exclude(answer="").order_by("pk")
    said = list(asked.values("reference", "answer"))
    files = Document.objects.about(application.reference, *(one["reference"] for one in said)).on_disk()
    digests = list(files.values_list("digest", flat=True))
    content = {"answers": answers, "requests": said, "documents": digests, "facts": application.facts}
    things = len(answers) + len(said) + len(digests)
    erasures.note(application, rule=rule, content=content, things=things, by=by, at=at)
    for document in files:
        documents.remove(document, by=by, at=at)
    asked.update(answer="")
    application.answers.all().delete()
    application.facts, application.signed_name = {}, ""
    application.save(update_fields=["facts", "signed_name"])
    return application
