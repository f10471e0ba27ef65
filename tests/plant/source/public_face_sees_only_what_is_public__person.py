# stands in: public_lookup/queries.py
# breaks: public_face_sees_only_what_is_public

from registry.models import Entry, Person


def people_of(entry: Entry):
    return Person.objects.filter(roles__organisation=entry.listing.organisation)
