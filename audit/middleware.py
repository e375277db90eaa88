"""One line of the log for each page that was shown and each door that stayed shut."""

from uuid import uuid4

from audit import acting, trail
from audit.doors import line_of


class AuditMiddleware:
    """Let writes know who acts, and write down what was read when the answer has left."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.audit_id, request.audit_lines = uuid4().hex, []
        with acting.acting(lambda: trail.request_act(request)):
            response = self.get_response(request)
        line = line_of(request, response)
        if line:
            trail.log(request, **line)
        if request.audit_lines:
            # Called when the server closes the answer, after its last byte.
            response._resource_closers.append(_Closer(request.audit_lines))
        return response


class _Closer:
    def __init__(self, lines):
        self.lines = lines

    def __call__(self):
        if self.lines:
            trail.write_behind(self.lines)
            self.lines = []
