from workflows.flows.arbitration import ArbitrationFlow
from workflows.flows.enterprise import EnterpriseFlow
from workflows.flows.outside import OutsideFlow
from workflows.flows.regional import RegionalFlow

__all__ = ["ArbitrationFlow", "EnterpriseFlow", "OutsideFlow", "RegionalFlow"]
