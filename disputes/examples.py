"""An application as a program sends it. Nobody in it is real."""

EXAMPLE = {
    "worker_name": "韩玉兰",
    "worker_phone": "15400009901",
    "employment_form": "contract",
    "id_type": "resident",
    "id_number": "210799198805170046",
    "address": "古塔区××街道演示路 18 号",
    "e_service": True,
    "employer": "锦北样例建筑003有限公司",
    "cause": "wages",
    "occurred_on": "2026-08-20",
    "facts": "2025年4月到该公司工地做抹灰工，2026年7月起未发工资，多次催要未果。",
    "informed": True,
    "processing": True,
    "mediation": True,
    "claims": [{"kind": "wage_arrears", "amount": "14600.00"}],
}
