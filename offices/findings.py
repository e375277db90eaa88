"""What an import has to say about one cell of a file."""

from dataclasses import dataclass
from typing import Literal

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing to say about a row. An error rejects the row, a warning does not.

    `line` counts from 1 as the file shows it; `column` is the title above the cell as the file
    writes it; `sheet` is empty where a file has only one.
    """

    line: int
    column: str
    message: str
    kind: Literal["error", "warning"] = ERROR
    sheet: str = ""

    def as_json(self):
        """The finding as the report's dictionary."""
        entry = {"line": self.line, "column": self.column, "message": self.message}
        return {"sheet": self.sheet, **entry} if self.sheet else entry
