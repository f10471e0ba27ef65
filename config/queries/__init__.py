"""What the pages of the installation itself show. Import from here."""

from config.queries.doors import open_doors
from config.queries.finding import can_find, find, meant
from config.queries.sample_people import SamplePerson, sample_people

__all__ = ["SamplePerson", "can_find", "find", "meant", "open_doors", "sample_people"]
