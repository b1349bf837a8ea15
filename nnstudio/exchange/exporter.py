"""Exporter: what every way of taking a project away has in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nnstudio.configured import Configured
from nnstudio.document.project import Project
from nnstudio.i18n import translate
from nnstudio.registry import Registry


@dataclass(frozen=True)
class Report:
    """What was written, and how far the independent reader's answers were from the program's.

    `rows` is how many stored rows were answered again by `reader`, `difference` the largest
    difference found; they are None when the format holds no model (a picture, a table).
    """

    files: tuple[Path, ...]
    rows: int | None = None
    difference: float | None = None
    reader: str = ""

    def sentence(self) -> str:
        """Return one translated sentence for the message bar and the command line."""
        name = self.files[0].name
        if self.difference is None:
            return translate("Export", "Exported {file}.").format(file=name)
        text = translate(
            "Export",
            "Exported and checked {file}: {reader} answered {rows} rows, "
            "largest difference {difference}.",
        )
        return text.format(
            file=name, reader=self.reader, rows=self.rows, difference=f"{self.difference:.1g}"
        )


class Exporter(Configured, ABC):
    """Writes a project in one format; deterministic bytes, nothing half-written.

    `folder` tells that the format is a folder of files; `extension` is empty then. `order` is
    its place in lists.
    """

    order: ClassVar[int]
    extension: ClassVar[str]
    folder: ClassVar[bool] = False

    def missing(self) -> str:
        """Return why the format can't be written on this machine, or an empty text."""
        return ""

    @abstractmethod
    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        """Write `path`, a file or a folder; raise StudioError when that is impossible.

        `folder` is where the project's relative paths start.
        """


EXPORTERS: Registry[type[Exporter]] = Registry("export format", "nnstudio.exchange.exporters")


def in_order(kinds: Iterable[type[Exporter]]) -> list[type[Exporter]]:
    """Return formats in the order in which people see them."""
    return sorted(kinds, key=lambda kind: (kind.order, kind.id))
