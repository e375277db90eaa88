"""What only the text of a sheet tells, read without holding the sheet in memory."""

import re
import zipfile

from openpyxl.utils.cell import range_boundaries

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
ROW = re.compile(rb"<(?:\w+:)?row[ >]")
CHUNK = 1 << 20
# An element can straddle two chunks; none is longer than this.
OVERLAP = 200


def merged_down(path, sheet_file):
    """The ranges of `sheet_file` in the workbook `path` that are merged over several rows.

    A dictionary from (line, column index) of every covered cell to that of the cell which holds
    the value; lines count from 1, indexes from 0.
    """
    covered = {}
    for reference in _references(path, sheet_file):
        first_column, first_line, last_column, last_line = range_boundaries(reference)
        if last_line == first_line or (last_line - first_line) > 10_000:
            continue
        for line in range(first_line, last_line + 1):
            for column in range(first_column, last_column + 1):
                covered[line, column - 1] = (first_line, first_column - 1)
    return covered


def count_rows(path, sheet_file):
    """How many rows `sheet_file` has; what a sheet states of its size is often wrong."""
    return sum(1 for _row in _find_all(ROW, path, sheet_file))


def _references(path, sheet_file):
    for found in _find_all(MERGED, path, sheet_file):
        yield found[1].decode()


def _find_all(pattern, path, sheet_file):
    with zipfile.ZipFile(path) as archive, archive.open(sheet_file) as xml:
        rest = b""
        while chunk := xml.read(CHUNK):
            text = rest + chunk
            end = 0
            for found in pattern.finditer(text):
                end = found.end()
                yield found
            rest = text[max(end, len(text) - OVERLAP) :]
