# stands in: public_lookup/lookup/queries/rows.py
# breaks: public_face_sees_only_what_is_public

from registry.organisations.models import Person
from registry.register.models import Entry


def people_of(entry: Entry):
    return Person.objects.filter(roles__organisation=entry.listing.organisation)
