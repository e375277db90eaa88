from offices.models.office import (
    Office,
    OfficeGroupObjectPermission,
    OfficeUserObjectPermission,
)
from offices.models.password import UsedPassword
from offices.models.posting import Posting
from offices.models.second_factor import SecondFactor
from offices.models.user import User

__all__ = [
    "Office",
    "OfficeGroupObjectPermission",
    "OfficeUserObjectPermission",
    "Posting",
    "SecondFactor",
    "UsedPassword",
    "User",
]
