"""What became of the rows of a ledger."""

from dataclasses import dataclass, field

from offices.findings import ERROR


@dataclass
class Report:
    """Counts and findings, growing batch by batch.

    `lines` is how many lines the file has, titles and totals too, when progress is to be told.
    """

    lines: int = 0
    rows: int = 0
    imported: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def add(self, findings):
        """Take in the findings of one row."""
        for finding in findings:
            (self.errors if finding.kind == ERROR else self.warnings).append(finding)

    def reasons(self):
        """The errors by (sheet, line), for handing the rows back."""
        reasons = {}
        for finding in self.errors:
            reasons.setdefault((finding.sheet, finding.line), []).append(finding)
        return reasons

    def as_json(self):
        """The report as a dictionary; each finding has line, column and message."""
        return {
            "rows": self.rows,
            "imported": self.imported,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [finding.as_json() for finding in self.errors],
            "warnings": [finding.as_json() for finding in self.warnings],
        }
