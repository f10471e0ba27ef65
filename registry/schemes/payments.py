"""payments.toml: what is said about paying, and what may be demanded besides the fee. A pack may do without."""

from pydantic import Field

from registry.schemes.terms import Sourced
from registry.schemes.texts import Text


class InspectionCharge(Sourced):
    """The charge for an inspection is demanded when one is commissioned, and not before."""

    on_renewal: bool = False
    days: int = Field(ge=1)  # to pay it
    words: Text  # to whoever must pay it


class Shortfall(Sourced):
    """The turnover turns out to be higher than was declared: the difference between the fees is demanded."""

    days: int = Field(ge=1)  # to pay it, or to show that the turnover was as declared
    words: Text


class Payments(Sourced):
    note: Text  # said wherever somebody is told to pay, instead of the note of the fees
    table: Text  # where the table of fees comes from, in words for people
    vat: Text  # said on a receipt
    inspection: InspectionCharge | None = None  # none: an inspection costs nothing more
    shortfall: Shortfall | None = None  # none: nobody is asked for a difference
