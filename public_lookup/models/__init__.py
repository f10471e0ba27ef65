"""What the look-up keeps of its own. Nothing here says which worker looked anybody up."""

from public_lookup.models.checks import FormalCheck
from public_lookup.models.follows import Channel, Follow, FollowQuerySet, Told
from public_lookup.models.lists import KEPT, CheckList, CheckListQuerySet, CheckRow, CheckRowQuerySet, Watched
from public_lookup.models.receipts import Receipt
from public_lookup.models.texts import TextCode, TextMessage, TextMessageQuerySet
from public_lookup.models.webhooks import Delivery, DeliveryQuerySet, Webhook, WebhookQuerySet

__all__ = [
    "KEPT", "Channel", "CheckList", "CheckListQuerySet", "CheckRow", "CheckRowQuerySet", "Delivery", "DeliveryQuerySet",
    "Follow", "FollowQuerySet", "FormalCheck", "Receipt", "TextCode", "TextMessage",
    "TextMessageQuerySet", "Told", "Watched", "Webhook", "WebhookQuerySet",
]  # fmt: skip
