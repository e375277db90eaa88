"""One door per act: what a page offers as a button or a form, a program sends as JSON."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from offices.models import Scope
from offices.rest import formdata
from offices.rest.changing import change
from offices.rest.problems import Conflict
from offices.rest.views import IF_MATCH, ApiView

WRITES = {"POST": Scope.CASES_WRITE}


class ActView(ApiView):
    """One act of the table *acts*, *name*, done to the row that *find* finds."""

    scopes = WRITES
    acts = {}
    name = door = ""

    def find(self, request, pk):
        """Return the row *pk* with its powers; raises ``Http404``."""
        raise NotImplementedError

    def read(self, request, pk):
        """Return the row *pk* as programs read it."""
        raise NotImplementedError

    def place(self, pk):
        return reverse(self.door, args=[pk])

    def act(self, request, pk):
        """Do it and return what the row is now: 403 without the power, 409 when it is too late."""
        row, act = self.find(request, pk), self.acts[self.name]
        if not row.powers.intersection(act.powers):
            raise PermissionDenied
        if not act.applies(row):
            raise Conflict(_("This does not apply any more."))
        return change(
            self,
            request,
            row,
            read=lambda: self.read(request, pk),
            make=lambda data, files: act.form(data, files, row=row, user=request.user),
            do=lambda form: form.do(at=timezone.now(), by=request.user),
        )


def act_paths(view, acts, *, path_of, tag, names, serializer):
    """Return a path per act of *names* among *acts*, under *path_of* a row of the ``ActView``.

    *names* maps the act to the name of its operation.
    """
    return [
        path(
            f"{path_of}{name}/",
            _view(view, acts, name, operation, tag, serializer).as_view(),
            name=f"{view.door}-{name}",
        )
        for name, operation in names.items()
    ]


def _view(view, acts, name, operation, tag, serializer):
    form = acts[name].form
    words = "".join(part.title() for part in operation.split("_"))

    @extend_schema(
        operation_id=operation,
        tags=[tag],
        parameters=[IF_MATCH],
        description=form.title,
        request=formdata.serializer_of(form, words) if form.base_fields else None,
        responses=serializer,
    )
    def post(self, request, pk):
        return self.act(request, pk)

    return type(words, (view,), {"acts": acts, "name": name, "post": post, "__doc__": form.__doc__})
