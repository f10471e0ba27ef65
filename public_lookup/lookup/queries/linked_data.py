"""What other programs read on the page of an entry: schema.org."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from public_lookup.lookup.queries.entries import PublicEntry


def linked_data(shown: PublicEntry) -> SafeString:
    """The entry for search engines and other programs that read pages: schema.org, as a block of JSON-LD.

    A block of data is not a script: the policy that forbids inline code lets it be.
    """
    entry = shown.entry
    status = "CertificationActive" if entry.is_licensed else "CertificationInactive"
    address = {
        "@type": "PostalAddress",
        "streetAddress": entry.address.get("line_1", ""),
        "addressLocality": entry.address.get("town", ""),
        "postalCode": entry.address.get("postcode", ""),
    }
    certification = {
        "@type": "Certification",
        "certificationIdentification": entry.number,
        "certificationStatus": f"https://schema.org/{status}",
        "name": shown.scheme_title,
        "issuedBy": {"@type": "GovernmentOrganization", "name": shown.issued_by},
        "validFrom": entry.valid_from and entry.valid_from.isoformat(),
        "expires": shown.last_day and shown.last_day.isoformat(),
    }
    said = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": entry.name,
        "alternateName": entry.trading_names,
        "telephone": entry.telephone,
        "url": f"{settings.SITE_ADDRESS}{reverse('entry', args=[shown.number])}",
        "address": address,
        **({"hasCertification": certification} if entry.valid_from else {}),
    }
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003C").replace(">", "\\u003E")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(escaped))
