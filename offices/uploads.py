"""Uploads that are too large are stopped on the way in: nothing of them fills memory or disk."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

MOST_FILE = 50 * 1024 * 1024
# Several files at once, and what is written beside them.
MOST_REQUEST = 300 * 1024 * 1024


class BoundedUploadHandler(FileUploadHandler):
    """Stands before the others: stops a request that announces too much, skips a file too long.

    What was written in the fields before it is kept, and the file stands in ``request.FILES``
    with the size that it has, without its bytes: whoever looks at the size says so beside the
    field.
    """

    announced = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """Note how much is coming."""
        self.announced = content_length
        self.request.refused_files = []

    def new_file(self, *args, **options):
        """Begin a file, unless all of it together is too much."""
        super().new_file(*args, **options)
        self.count = 0
        if self.announced > MOST_REQUEST:
            self._refuse(self.announced)
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data, start):
        """Hand on what came, until it is too much."""
        self.count += len(raw_data)
        if self.count > MOST_FILE:
            self._refuse(self.count)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to those who keep it."""

    def _refuse(self, size):
        file = UploadedFile(BytesIO(), self.file_name, self.content_type, size)
        self.request.refused_files.append((self.field_name, file))


class RefusedFilesMiddleware:
    """Puts files that were stopped among the others, without their bytes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, options):
        """Read the form here, unless it belongs to a program."""
        if request.content_type != "multipart/form-data" or getattr(view, "csrf_exempt", False):
            return
        files = request.FILES
        for field, file in getattr(request, "refused_files", ()):
            files.appendlist(field, file)
