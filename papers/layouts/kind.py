"""One kind of paper: what it is called, how it is numbered, what stands on it."""

from dataclasses import dataclass

# What the house fills in by itself on any paper; may stay empty without a word.
SILENT = frozenset({"演示标记", "二维码"})


@dataclass(frozen=True)
class Kind:
    """A kind of official paper as it comes with the product.

    *heading* is printed, *mark* stands in the number after the office's short name, *optional*
    are the fields that may be missing. *issuer* prints the office above the heading, *numbered*
    the number below it: a party's own paper has neither.
    """

    code: str
    heading: str
    mark: str
    parts: tuple = ()
    optional: frozenset | set = frozenset()
    issuer: bool = True
    numbered: bool = True

    def __str__(self):
        return self.heading
