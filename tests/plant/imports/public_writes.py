# stands in: public_lookup/lookup/filters.py
# breaks: The public face reads the register and can neither reach past it nor write to it
from registry.register.actions import publishing
