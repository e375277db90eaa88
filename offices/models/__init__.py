from offices.models.absence import Absence
from offices.models.office import (
    Office,
    OfficeGroupObjectPermission,
    OfficeUserObjectPermission,
)
from offices.models.password import UsedPassword
from offices.models.posting import Posting
from offices.models.room import Booking, Room
from offices.models.second_factor import SecondFactor
from offices.models.token import AnsweredCall, ApiToken, Scope
from offices.models.user import User

__all__ = [
    "AnsweredCall",
    "ApiToken",
    "Scope",
    "Absence",
    "Booking",
    "Office",
    "OfficeGroupObjectPermission",
    "OfficeUserObjectPermission",
    "Posting",
    "Room",
    "SecondFactor",
    "UsedPassword",
    "User",
]
