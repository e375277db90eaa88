"""What the log hears without being told: connections, migrations, jobs, log-ins."""

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django_q.signals import post_execute_in_worker, pre_execute

from audit import acting, trail, triggers
from audit.models import AuditEntry
from offices.signals import token_refused

Action = AuditEntry.Action


def connect():
    """Connect every receiver once."""
    connection_created.connect(sign_writes, dispatch_uid="audit_sign")
    post_migrate.connect(keep_triggers, dispatch_uid="audit_triggers")
    pre_execute.connect(begin_job, dispatch_uid="audit_begin_job")
    post_execute_in_worker.connect(end_job, dispatch_uid="audit_end_job")
    user_logged_in.connect(log_in, dispatch_uid="audit_login")
    user_logged_out.connect(log_out, dispatch_uid="audit_logout")
    user_login_failed.connect(fail_to_log_in, dispatch_uid="audit_login_failed")
    user_locked_out.connect(lock_out, dispatch_uid="audit_locked")
    token_refused.connect(refuse_token, dispatch_uid="audit_token_refused")


def sign_writes(sender, *, connection, **kwargs):
    """Let every write on a new connection say who acts."""
    if acting.sign not in connection.execute_wrappers:
        connection.execute_wrappers.append(acting.sign)


def keep_triggers(sender, **kwargs):
    """Bring the triggers up to date when all tables are."""
    if sender.label == "audit":
        triggers.install()


def begin_job(sender, *, func, task, **kwargs):
    """Let what a background job writes carry the name of the job."""
    act = acting.Act(door=str(task["func"])[:100])
    acting.begin(lambda: act)


def end_job(sender, **kwargs):
    """Let nothing that follows be taken for the job."""
    acting.begin(None)


def log_in(sender, *, request, user, **kwargs):
    """Log that *user* logged in."""
    trail.log(request, Action.LOGIN, actor=user)


def log_out(sender, *, request, user, **kwargs):
    """Log that *user*, if anybody was logged in, logged out."""
    if user is not None:
        trail.log(request, Action.LOGOUT, actor=user)


def fail_to_log_in(sender, *, credentials, request=None, **kwargs):
    """Log a failed log-in. What was typed is kept only if it names an account."""
    typed = str(credentials.get("username") or "")
    trail.log(request, Action.LOGIN_FAILED, **_account(typed))


def lock_out(sender, *, request, username, **kwargs):
    """Log that somebody tried too often."""
    trail.log(request, Action.REFUSED, reason="locked", **_account(str(username or "")))


def _account(typed):
    """Return the account that *typed* names as the object; else only how long it was.

    People type their password into the wrong box.
    """
    user = get_user_model().objects.filter(username__iexact=typed[:150].replace("\x00", "")).first()
    if user is None:
        return {"changes": {"username": [None, f"•••({len(typed)})"]}}
    return {"object_type": "offices.user", "object_id": user.pk}


def refuse_token(sender, *, request, user, **kwargs):
    """Log that a program came with a token of *user* that ended or was revoked.

    What never was a token is nobody's: it is left to the limit on requests and not logged, so
    that nobody fills the log from outside.
    """
    if user is not None:
        facts = {"object_type": "offices.user", "object_id": user.pk}
        trail.log(request, Action.REFUSED, reason="401", **facts)
