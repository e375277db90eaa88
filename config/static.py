"""How static files are stored for serving."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Compressed files named by their content, so that browsers may keep them for ever."""

    # A page whose file was not collected yet must not be an error 500.
    manifest_strict = False
