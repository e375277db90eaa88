"""The register taken over from a file, with a report per row."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.shortcuts import render

from offices.domain.register import import_register
from offices.domain.register_rows import COLUMNS, KINDS, TIERS
from offices.forms.offices import RegisterUploadForm
from offices.permissions import KEEP_REGISTER, needs_duty
from offices.refusals import Refusal
from offices.views.queries import sent


@needs_duty(KEEP_REGISTER)
def office_import(request):
    """Take over a register of offices and say what became of its rows."""
    form, report = RegisterUploadForm(sent(request), request.FILES or None), None
    if form.is_valid():
        try:
            report = _import(form.cleaned_data["file"])
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {
        "form": form,
        "report": report,
        "columns": COLUMNS.values(),
        "kinds": KINDS,
        "tiers": TIERS,
    }
    return render(request, "offices/import.html", context)


def _import(upload):
    """Import the uploaded file; `import_register` reads files, as the command does."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_bytes(upload.read())
        return import_register(file)
