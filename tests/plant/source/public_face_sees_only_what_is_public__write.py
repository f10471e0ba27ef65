# stands in: public_lookup/follows/actions/follows.py
# breaks: public_face_sees_only_what_is_public

from registry.register.models import Listing


def start(organisation):
    return Listing.objects.get_or_create(organisation=organisation)
