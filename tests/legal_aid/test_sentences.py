"""What the help says when it says no, word for word; and that no sum is ever a float."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import FloatField

import legal_aid
from legal_aid.domain import refusals

SENTENCES = {
    "HandlerApproves": "该支付由您申请，须由他人审批。",
    "PayeeApproves": "您是该支付的收款人，须由他人审批。",
    "PayeeHandles": "不能为自己申请支付。",
    "PayerNotApart": "付款人不得是审批人或者收款人。",
    "BudgetExhausted": "该项目预算不足。",
    "PurposeMissing": "每笔支付须对应案件或者已批准的事项，请填写其一。",
    "LicenceExpired": "该律师的执业证已过期，请先在律师库中更新。",
    "ReasonsMissing": "不予援助须写明理由，申请人将看到该理由。",
    "NothingToObjectTo": "只能对不予援助的决定提出一次异议。",
    "DecidedByHerself": "该申请由您作出决定，异议须由他人审查。",
    "NoObjection": "没有待决定的异议。",
    "LawyerAssigned": "该案已指派律师，如需调整请更换律师。",
    "NoLawyerAtWork": "该案没有承办律师。",
    "Conflicted": "该律师与本案有利益冲突，请另选一位。",
    "FirmConflicted": "该律师所在律师事务所现为或者两年内曾为本案一方当事人的法律顾问。",
    "NotUrgent": "距期限届满不足七日的，才可以先行提供法律援助（《法律援助法》第四十四条）。"
    "请先对申请作出决定。",
}
SOURCES = [
    path for path in Path(legal_aid.__file__).parent.rglob("*.py") if "migrations" not in path.parts
]
GEOMETRY = {"pages"}  # how large a page of a scan is drawn


@pytest.mark.parametrize("name", SENTENCES)
def test_a_no_is_one_clear_sentence(name):
    assert str(getattr(refusals, name)()) == SENTENCES[name]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_float_is_written_nor_made(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno
        if path.stem not in GEOMETRY:
            assert not (isinstance(node, ast.Constant) and type(node.value) is float), node.lineno


def test_no_column_of_the_room_is_a_float():
    fields = [field for model in apps.get_app_config("legal_aid").get_models()
              for field in model._meta.get_fields()]  # fmt: skip
    assert not [field for field in fields if isinstance(field, FloatField)]
