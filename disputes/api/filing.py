"""Filing what a program sends, by the forms of the desk."""

from uuid import uuid4

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.exceptions import ValidationError

from disputes.domain.filing import file_once
from disputes.forms.application import application_of
from disputes.forms.claims import PREFIX, ClaimForm, ClaimFormSet
from disputes.forms.intake import IntakeForm
from disputes.permissions import can_file_at
from law.refusals import LawRefusal
from offices.rest import formdata
from offices.rest.problems import Unprocessable


def file(request, sent, path=""):
    """File what *sent* says and return the proceeding; raises as problems do."""
    at = timezone.now()
    offices = list(can_file_at(request.user).order_by("pk"))
    if not offices:
        raise Forbidden
    form, claims = _forms(sent, offices, timezone.localdate(at))
    errors = formdata.errors_of(form, path)
    for index, each in enumerate(claims.forms):
        errors |= formdata.errors_of(each, ".".join(filter(None, (path, f"claims.{index}"))))
    if claims.non_form_errors():
        errors[".".join(filter(None, (path, "claims")))] = list(map(str, claims.non_form_errors()))
    if errors:
        raise ValidationError(errors)
    try:
        return file_once(
            application_of(form, claims.rows()),
            token=uuid4(),
            office=form.handling_office,
            at=at,
            by=request.user,
            reporting_office=form.reporting_office,
        )[0]
    except LawRefusal as refusal:
        raise Unprocessable(str(refusal)) from refusal


def _forms(sent, offices, today):
    if not isinstance(sent, dict):
        raise ValidationError(_("An object is needed, with the fields of the form."))
    facts = {name: value for name, value in sent.items() if name != "claims"}
    rows = sent.get("claims", [])
    if not isinstance(rows, list):
        raise ValidationError({"claims": [_("A list is needed.")]})
    values = formdata.data_of(IntakeForm, facts)
    claims = QueryDict(mutable=True)
    claims.update({f"{PREFIX}-TOTAL_FORMS": len(rows), f"{PREFIX}-INITIAL_FORMS": 0})
    for index, row in enumerate(rows):
        for name, written in formdata.data_of(ClaimForm, row).lists():
            claims.setlist(f"{PREFIX}-{index}-{name}", written)
    form = IntakeForm(values, offices=offices, today=today)
    return form, ClaimFormSet(claims, prefix=PREFIX)
