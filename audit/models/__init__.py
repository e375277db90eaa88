from audit.models.entry import AuditEntry
from audit.models.seal import Seal
from audit.models.verification import Verification

__all__ = ["AuditEntry", "Seal", "Verification"]
