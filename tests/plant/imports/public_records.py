# stands in: public_lookup/receipts/actions.py
# breaks: The public face reads the register and can neither reach past it nor write to it
from registry.trail.actions import events
