"""Rows in columns for a terminal, where a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return *rows* as lines with aligned columns."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  " + _line(row, widths).rstrip() for row in rows)


def width(text: str) -> int:
    """Return how many columns *text* takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(cell + " " * (wide - width(cell)) for cell, wide in cells)
