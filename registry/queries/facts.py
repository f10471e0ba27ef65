"""What the product itself knows of a case, as a heading beside a value; whoever writes packs reads `schemes.DERIVED`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DERIVED_TITLES: Mapping[str, str | Promise] = {
    "turnover_band": _("Fee band of the declared turnover"),
    "nation": _("Nation of the organisation’s own address"),
    "renewal": _("Renews a licence in force"),
    "adverse_reply": _("Another authority replied that there is something"),
    "unanswered_check": _("Another authority did not reply in time"),
    "company_gone": _("Not on the companies register, or not active there"),
    "on_a_list": _("Somebody or something in it may be on a list that was read"),
    "refused_before": _("The organisation or a person in it was refused before"),
    "revoked_before": _("The organisation or a person in it lost a licence before"),
    "conditions_at_grant": _("Conditions were attached at grant"),
}
