"""What the list of questions from take-overs can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from registry.filtersets import AnyOfFilter
from registry.pagination import in_order
from registry.take_overs.models import TakeOverQuestion
from registry.take_overs.states import QuestionKind, QuestionStatus
from registry.tasks.filters import DueFilter


class TakeOverQuestionFilter(DueFilter[TakeOverQuestion]):
    """The newest first."""

    orders = {"": in_order("-pk")}

    status = AnyOfFilter(label=_("Status"), choices=QuestionStatus.choices)
    kind = AnyOfFilter(label=_("What to look at"), choices=QuestionKind.choices)
