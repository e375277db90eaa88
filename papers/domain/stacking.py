"""Papers of one kind stacked into one PDF, to be printed in one go."""

import pypdfium2

from papers.domain.picturing import turn
from papers.refusals import ConversionFailed


def stack(documents, target):
    """Write the pages of all PDF bytes *documents*, in their order, to the open file *target*.

    Raises ``ConversionFailed`` when one of them is no PDF.
    """
    with turn:
        whole = pypdfium2.PdfDocument.new()
        try:
            for content in documents:
                part = pypdfium2.PdfDocument(content)
                whole.import_pages(part)
                part.close()
            whole.save(target)
        except pypdfium2.PdfiumError as error:
            raise ConversionFailed from error
        finally:
            whole.close()
