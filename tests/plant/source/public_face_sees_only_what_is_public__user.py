# stands in: public_lookup/lookup/views.py
# breaks: public_face_sees_only_what_is_public

from registry.accounts.models import User


def everyone():
    return User.objects.all()
