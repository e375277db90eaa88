"""The door through which a lawyer's opinion comes in, and her step of the flow with it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from viewflow.workflow.models import Task

from disputes.domain import drafts
from disputes.domain.refusals import Refusal
from legal_aid.domain import reviews
from legal_aid.forms.reviews import FullReviewForm
from legal_aid.permissions import get_review
from legal_aid.views.reviews import draft_name, keep_draft, show_review
from workflows.courses import OPEN_STEP, complete_step


@require_POST
def review_submit(request, pk):
    """Hand in the opinion; 404 for everybody but the lawyer who has taken the review."""
    row = get_review(request.user, pk)
    if row.is_offered or row.submitted_at is not None:
        return redirect("review", pk=pk)
    form = FullReviewForm(request.POST, review=row, user=request.user, today=timezone.localdate())
    if not form.is_valid() or not _hand_in(request, row, form):
        # Shown before it is kept: a stranger to the case gets no further than this.
        answer = show_review(request, row, form=form)
        keep_draft(row, request)
        return answer
    draft = drafts.read_draft(request.user, form=draft_name(row))
    if draft:
        drafts.discard_draft(draft)
    messages.success(request, _("The opinion is handed in."))
    return redirect("review", pk=pk)


def _hand_in(request, row, form):
    task = Task.objects.filter(
        process__course__proceeding=row.proceeding,
        flow_task_type="HUMAN",
        flow_task__endswith=".review",
        status__in=OPEN_STEP,
        owner=request.user,
    ).first()
    told = {**form.told(), "by": request.user, "at": timezone.now()}
    try:
        if task is None:
            reviews.submit_review(row.proceeding, **told)
        else:
            complete_step(task, reviews.submit_review, **told)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
