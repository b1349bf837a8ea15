"""The import sheet: a person's own table, as it was read, and what the network shall learn."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnstudio.data import propose
from nnstudio.data.health import health
from nnstudio.data.readers import TablePreview, inspect_table
from nnstudio.data.spec import DataSpec
from nnstudio.document.edits import bind_data
from nnstudio.document.own_table import keep_table
from nnstudio.document.store import Store
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.data.columns import ColumnList
from nnstudio.ui.data.reading_row import ReadingRow
from nnstudio.ui.messages import Messages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.background import Background
from nnstudio.ui.widgets.translated import Retranslating

MOST_NOTES = 4


class ImportSheet(Retranslating, QWidget):
    """Reads the file beside the window; [Use this data] makes one undoable edit, then `done`."""

    done = Signal()

    def __init__(
        self, path: Path, *, store: Store, messages: Messages, themes: ThemeManager
    ) -> None:
        super().__init__()
        self._path, self._store, self._messages = path, store, messages
        self._choices: dict[str, Any] = {}
        self._background = Background(self)
        self.preview: TablePreview | None = None
        self.spec: DataSpec | None = None
        self.facts, self.question, self.notes = QLabel(path.name), QLabel(), QLabel()
        self.target = QComboBox()
        self.reading, self.columns, self.rows = ReadingRow(), ColumnList(), QTableWidget()
        self.use = QPushButton()
        self._lay_out()
        self.target.activated.connect(lambda _: self._choose_target())
        self.reading.chosen.connect(self._choose_reading)
        self.columns.kind_chosen.connect(self._choose_kind)
        self.columns.role_chosen.connect(self._choose_role)
        self.use.clicked.connect(self._use)
        self.destroyed.connect(self._background.close)
        self.retranslate()
        self._read()

    def _lay_out(self) -> None:
        for label in (self.facts, self.notes):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        self.question.setProperty("look", "heading")
        self.use.setProperty("look", "primary")
        self.rows.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        learn = QHBoxLayout()
        learn.addWidget(self.question)
        learn.addWidget(self.target, 1)
        tables = QSplitter(Qt.Orientation.Horizontal)
        tables.addWidget(self.columns)
        tables.addWidget(self.rows)
        tables.setSizes([460, 400])
        foot = QHBoxLayout()
        foot.addWidget(self.notes, 1)
        foot.addWidget(self.use, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.facts)
        column.addLayout(learn)
        column.addWidget(self.reading)
        column.addWidget(tables, 1)
        column.addLayout(foot)

    def retranslate(self) -> None:
        """Set every text again."""
        self.question.setText(translate("Sheet", "What shall the network learn?"))
        self.target.setAccessibleName(self.question.text())
        self.use.setText(translate("Sheet", "Use this data"))
        self._show_notes()

    def _read(self) -> None:
        self.use.setEnabled(False)
        self.facts.setText(translate("Sheet", "Reading {file}…").format(file=self._path.name))
        read = partial(inspect_table, self._path, **self._choices)
        self._background.run(read, self._show, self._fail)

    def _fail(self, error: StudioError) -> None:
        self.facts.setText(f"{self._path.name}: {error}")

    def _show(self, preview: TablePreview) -> None:
        wanted = self.target.currentText() if self.preview is not None else None
        self.preview = preview
        text = translate("Sheet", "{file}: {rows} rows, {columns} columns")
        self.facts.setText(
            text.format(
                file=self._path.name,
                rows=preview.table.row_count,
                columns=len(preview.table.columns),
            )
        )
        self.reading.show_reading(preview)
        self._show_rows(preview)
        self._propose(wanted if wanted in preview.table.columns else None)

    def _show_rows(self, preview: TablePreview) -> None:
        width = max((len(row) for row in preview.rows), default=0)
        self.rows.setRowCount(len(preview.rows))
        self.rows.setColumnCount(width)
        self.rows.horizontalHeader().hide()
        for y, cells in enumerate(preview.rows):
            for x, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                if y == preview.header_row:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.rows.setItem(y, x, item)

    def _propose(self, target: str | None) -> None:
        assert self.preview is not None
        source, _ = keep_table(self.preview.table, self._path, self._choices)
        try:
            self.spec = propose(self.preview.table, source, target)
        except StudioError as error:
            self.spec = None
            self._fail(error)
        self._show_spec()

    def _show_spec(self) -> None:
        assert self.preview is not None
        self.columns.show_columns(self.preview, self.spec)
        self.target.clear()
        self.target.addItems(self.preview.table.columns)
        targets = [c.name for c in self.spec.columns if c.role == "target"] if self.spec else []
        self.target.setCurrentText(targets[0] if targets else "")
        self.use.setEnabled(bool(targets))
        self._show_notes()

    def _show_notes(self) -> None:
        if self.preview is None:
            return
        notes = list(self.preview.repairs)
        if self.spec is not None:
            notes += [f"⚠ {found}" for found in health(self.spec, self.preview.table)]
        shown = [f"• {note}" if not note.startswith("⚠") else note for note in notes[:MOST_NOTES]]
        if len(notes) > MOST_NOTES:
            text = translate("Sheet", "and {count} more").format(count=len(notes) - MOST_NOTES)
            shown.append(text)
        self.notes.setText("\n".join(shown))
        self.notes.setToolTip("\n".join(notes))

    def _choose_target(self) -> None:
        self._propose(self.target.currentText())

    def _choose_reading(self, name: str, value: object) -> None:
        self._choices[name] = value
        self._read()

    def _choose_kind(self, column: str, kind: str) -> None:
        self._choices["kinds"] = {**self._choices.get("kinds", {}), column: kind}
        self._read()

    def _choose_role(self, column: str, role: str) -> None:
        if self.spec is None:
            return
        columns = tuple(
            replace(found, role=role) if found.name == column else found
            for found in self.spec.columns
        )
        self.spec = replace(self.spec, columns=columns)
        self._show_spec()

    def _use(self) -> None:
        if self.preview is None or self.spec is None:
            return
        _, tables = keep_table(self.preview.table, self._path, self._choices)
        label = translate("Sheet", "Use {file}").format(file=self._path.name)
        folder = self._path.parent
        if attempt(self._messages, self._store.apply, label, bind_data, self.spec, tables, folder):
            self.done.emit()
