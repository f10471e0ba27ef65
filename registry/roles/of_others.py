"""The roles of those who do not work for the authority, of the independent reviewer, and of the system itself."""

from django.utils.translation import gettext_lazy as _

from registry.roles.account_role import AccountRole

BUSINESSES: dict[str, AccountRole] = {
    "applicant": AccountRole(
        _("Applicant"),
        _("Applies for a licence and looks after one"),
        frozenset({"licensing.apply", "registry.hand_in_document", "public_lookup.make_formal_check"}),
        is_staff=False,
    ),
    "labour_user": AccountRole(
        _("Labour user"),
        _("Uses workers from a labour provider, and checks the provider"),
        frozenset({"public_lookup.make_formal_check", "public_lookup.use_webhooks"}),
        is_staff=False,
    ),
}

OUTSIDE: dict[str, AccountRole] = {
    "partner_agency": AccountRole(
        _("Partner agency"),
        _("Answers check requests put to its own authority"),
        frozenset(
            {
                "licensing.answer_checks",
                "registry.keep_agency_document",
                "registry.export_lists",
                "compliance.receive_intelligence",
                "registry.read_shared_statistics",
            }
        ),
    ),
    "independent_reviewer": AccountRole(
        _("Independent reviewer"),
        _("Reads what we publish, share and learn, and gives an opinion; sees no case and no name of a worker"),
        frozenset({"registry.review_independently"}),
    ),
    "system": AccountRole(
        _("The system itself"),
        _("Jobs that run by the clock"),
        frozenset({"registry.end_licence", "registry.import_lists"}),
        is_staff=False,
    ),
}
