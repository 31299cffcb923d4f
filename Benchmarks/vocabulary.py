"""The tables of vocab/ as rows of named columns.  Standard library only."""

from collections.abc import Iterator
from pathlib import Path

VOCABULARY = Path(__file__).resolve().parent.parent / "vocab"
# Everyday words, names that are never looked for and names no longer in use would not stand in real metadata.
UNUSED = {"obsolete", "silent", "weak"}


def rows(facet: str) -> Iterator[dict[str, str]]:
    """The terms of a facet in the order of its tables, those that nobody writes included."""
    for path in sorted((VOCABULARY / facet).glob("*.tsv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        columns = lines[0].split("\t")
        for line in lines[1:]:
            # Cells at the end of a line may be left out.
            yield dict(zip(columns, line.split("\t"), strict=False))


def is_used(row: dict[str, str]) -> bool:
    """Whether a term would stand in real metadata."""
    return UNUSED.isdisjoint(row.get("flags", "").split("|"))


def names(row: dict[str, str]) -> list[str]:
    """The label of a term and its synonyms."""
    return [row["label"], *filter(None, row.get("synonyms", "").split("|"))]
