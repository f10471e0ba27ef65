"""Orders of materials on paper."""

from django.db import models
from django.db.models import Q

from registry.accounts.models import User
from registry.material_orders.states import HANDLES, MATERIAL_ORDER, MaterialOrderStatus, PrintKind
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class MaterialOrderQuerySet(CoveredQuerySet["MaterialOrder"]):
    def visible_to(self, user: User) -> "MaterialOrderQuerySet":
        return self.all() if user.has_perm(HANDLES) else self.none()


class MaterialOrder(CoveredModel):
    """What someone asked to be sent, and where to. Who asked is erased when its time is over; what was sent stays."""

    lifecycle = MATERIAL_ORDER
    #: What says something about the person, and is erased.
    PRIVATE = ("name", "organisation", "address", "email", "because")

    reference = models.CharField(max_length=20, unique=True)
    once = models.CharField(max_length=22, unique=True, help_text="of the form: sent twice, it is kept once")
    status = models.CharField(max_length=30, choices=MaterialOrderStatus, default=MATERIAL_ORDER.first)
    kind = models.CharField(max_length=20, choices=PrintKind)
    sheets = models.PositiveIntegerField()
    languages = models.JSONField(default=list)
    word = models.CharField(max_length=7, blank=True, help_text="of the campaign")
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    address = models.TextField()
    email = models.EmailField()
    language = models.CharField(max_length=10, help_text="of the page, and of the mails")
    ordered_at = models.DateTimeField()
    because = models.TextField(blank=True, help_text="why it was declined")
    handled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = MaterialOrderQuerySet.as_manager()

    class Meta:
        permissions = [("handle_material_orders", "Send materials that were ordered on paper, or decline the order")]
        constraints = [
            models.CheckConstraint(name="material_order_of_something", condition=Q(sheets__gt=0)),
            models.CheckConstraint(
                name="material_order_handled_whole",
                condition=Q(status="materials_ordered", handled_by=None, handled_at=None)
                | ~Q(status="materials_ordered") & Q(handled_by__isnull=False, handled_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="material_order_newest", fields=["-ordered_at", "-id"])]
