"""What people who look something up leave: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, PersonalFields

PERSONAL = (
    PersonalFields("public_lookup.Follow", "address place", terms=("lookups",), seen_with=(OWN,)),
    PersonalFields("public_lookup.ReleaseNotice", "address", terms=("lookups",), seen_with=(NO_ONE,)),
    PersonalFields("public_lookup.NewsReader", "address place", terms=("lookups",), seen_with=(NO_ONE,)),
    PersonalFields("public_lookup.CheckRow", "cells doubts matches picked", terms=("lookups",), seen_with=(OWN,)),
    PersonalFields("public_lookup.CheckList", "columns", terms=("lookups",), seen_with=(OWN,)),
    PersonalFields("public_lookup.TextMessage", "number words", terms=("lookups",), seen_with=(OWN,)),
    PersonalFields("public_lookup.TextCode", "number", terms=("lookups",), seen_with=(NO_ONE,)),
    PersonalFields("public_lookup.Webhook", "address", terms=("account",), seen_with=(OWN,)),
    PersonalFields("public_lookup.Delivery", "body", terms=("lookups",), seen_with=(OWN,)),
    PersonalFields(
        "public_lookup.FormalCheck", "business name telephone because", terms=("lookups",), seen_with=(OWN,)
    ),
    PersonalFields("public_lookup.SupplierSite", "name", terms=("lookups",), seen_with=(OWN,)),
    PersonalFields("public_lookup.SupplierLine", "name number near", terms=("supplier_lines",), seen_with=(OWN,)),
    PersonalFields("public_lookup.SupplierInvitation", "email about", terms=("supplier_lines",), seen_with=(OWN,)),
    PersonalFields("public_lookup.Receipt", "name sealed", terms=("lookups",), seen_with=(OWN,)),
)

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "public_lookup.Follow": "sector language told_standing",
    "public_lookup.ReleaseNotice": "language",
    "public_lookup.NewsReader": "sector languages language",
    "public_lookup.Told": "position",
    "public_lookup.Watched": "told_standing",
    "public_lookup.CheckList": "read_as",
    "public_lookup.CheckRow": "outcome",
    "public_lookup.SupplierLine": "outcome unlicensed",
    "public_lookup.Webhook": "challenge",
    "public_lookup.Delivery": "event",
    "public_lookup.LookUpDay": "times",
    "public_lookup.HelpList": "source title licence digest",
    "public_lookup.HelpPlace": "name kind address town postcode telephone languages hours outward town_key",
    "public_lookup.Receipt": "number key licence_number standing",
}
