"""Why a paper is not made. Each refusal is a sentence that a clerk can read."""

from django.utils.translation import gettext_lazy as _

from offices.refusals import Refusal


class NotADocument(Refusal):
    """The bytes are no Word document."""

    sentence = _("This is not a readable Word document (.docx). Save it in Word again.")
    field = "file"


class DocumentTooBig(Refusal):
    """More than a template needs, packed or unpacked."""

    sentence = _("This document is larger than a template needs: at most 5 MB, unpacked 40 MB.")
    field = "file"


class DocumentActs(Refusal):
    """It holds macros, controls, embedded programs or links to the outside."""

    sentence = _(
        "This document holds macros, embedded objects or links to outside files. Save it without "
        "them."
    )
    field = "file"


class PlaceholdersWrong(Refusal):
    """The marks between braces cannot be read."""

    sentence = _("A placeholder in this document cannot be read.")
    field = "file"


class FieldsUnknown(Refusal):
    """The template asks for what this paper does not have."""

    sentence = _("This document asks for fields that this paper does not have.")
    field = "file"


class FieldsMissing(Refusal):
    """Something that must stand on the paper is not known."""

    sentence = _("Something that must stand on this paper is missing.")


class NoOffice(Refusal):
    """LibreOffice is not installed."""

    sentence = _(
        "PDF and preview need LibreOffice on the server, which is not installed. The Word document "
        "can be downloaded all the same."
    )


class ConversionFailed(Refusal):
    """LibreOffice gave no PDF."""

    sentence = _(
        "The document could not be turned into PDF just now. The Word document can be downloaded; "
        "try again in a minute."
    )


class AlreadyVoid(Refusal):
    """Void twice."""

    is_late = True
    sentence = _("This paper is void already.")


class VoidWithoutReason(Refusal):
    """A number is not given up without a word."""

    sentence = _("Say why this paper is void.")
    field = "reason"


class NotProposed(Refusal):
    """The template is in effect or was given up."""

    sentence = _("This template is not waiting for a decision any more.")
