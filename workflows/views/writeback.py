"""The door through which other organisations' answers come as a file."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.views.decorators.http import require_POST

from arbitration.domain.refusals import FileUnreadable
from arbitration.forms.outside import WriteBackFileForm
from arbitration.views.handovers import show_list
from disputes.permissions import can_file_at
from workflows.writeback import take_file


@require_POST
def write_back(request):
    """Take an uploaded file of answers, and show what became of each row."""
    if not can_file_at(request.user).exists():
        raise PermissionDenied
    form = WriteBackFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_list(request, form=form)
    try:
        taken = take_file(form.cleaned_data["file"], by=request.user, at=timezone.now())
    except FileUnreadable as refusal:
        form.add_error("file", str(refusal))
        return show_list(request, form=form)
    return show_list(request, taken=taken)
