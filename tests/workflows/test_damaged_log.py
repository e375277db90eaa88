"""A damaged audit log is told to those who read it, and to nobody else."""

from audit import jobs
from audit.domain.chain import seal_new
from notices.models import Notice
from tests.audit.test_chain import triggers_off


def test_auditors_are_told_that_the_log_is_damaged(
    register, auditor, audit_administrator, administrator
):
    seal_new()
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute("UPDATE audit_auditentry SET reason = 'x'")

    jobs.verify()

    told = Notice.objects.all()
    assert {notice.recipient for notice in told} == {auditor, audit_administrator}
    assert {notice.url for notice in told} == {"/audit/"}


def test_nobody_is_told_of_a_whole_log(register, auditor):
    seal_new()

    jobs.verify()

    assert not Notice.objects.exists()
