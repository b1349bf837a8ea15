"""The import sheet: a person's own table, as it was read, and what the network shall learn."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from nnstudio.data.readers import TablePreview
from nnstudio.data.spec import DataSpec
from nnstudio.document.edits import bind_data
from nnstudio.document.store import Store
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.data.assessment import Assessment, assess, read
from nnstudio.ui.data.columns import ColumnList
from nnstudio.ui.data.first_rows import FirstRows
from nnstudio.ui.data.notes import Notes
from nnstudio.ui.data.reading_row import ReadingRow
from nnstudio.ui.messages import Messages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.background import Background
from nnstudio.ui.widgets.parameter_field import Combo
from nnstudio.ui.widgets.press_button import PressButton
from nnstudio.ui.widgets.translated import Retranslating

SHAPE = ("sheet", "encoding", "separator", "header_row")
"""Choices that may give other columns: what was chosen for a column is forgotten with them."""


class ImportSheet(Retranslating, QWidget):
    """Reads the file beside the window; [Use this data] makes one undoable edit, then `done`."""

    done = Signal()

    def __init__(
        self, path: Path, *, store: Store, messages: Messages, themes: ThemeManager
    ) -> None:
        super().__init__()
        self._path, self._store, self._messages = path, store, messages
        self._choices: dict[str, Any] = {}
        self._roles: dict[str, str] = {}
        self._error: StudioError | None = None
        self._background = Background(self)
        self.found: Assessment | None = None
        self.facts, self.question = QLabel(), QLabel()
        self.target = Combo()
        self.reading, self.columns, self.rows = ReadingRow(), ColumnList(themes), FirstRows()
        self.notes = Notes()
        self.use = PressButton()
        self._lay_out()
        self.target.activated.connect(lambda _: self._assess())
        self.reading.chosen.connect(self._choose_reading)
        self.columns.kind_chosen.connect(self._choose_kind)
        self.columns.role_chosen.connect(self._choose_role)
        self.use.clicked.connect(self._use)
        self.destroyed.connect(self._background.close)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._read()
        self.retranslate()

    @property
    def preview(self) -> TablePreview | None:
        """The table as it was read; None before."""
        return self.found.preview if self.found is not None else None

    @property
    def spec(self) -> DataSpec | None:
        """What each column would be for; None when there is nothing to learn."""
        return self.found.spec if self.found is not None else None

    def _lay_out(self) -> None:
        self.facts.setProperty("look", "muted")
        self.facts.setWordWrap(True)
        self.question.setProperty("look", "heading")
        self.question.setBuddy(self.target)
        self.use.setProperty("look", "primary")
        self.target.setMinimumContentsLength(16)
        learn = QHBoxLayout()
        learn.setSpacing(10)
        learn.addWidget(self.question)
        learn.addWidget(self.target)
        learn.addStretch(1)
        self._tables = QSplitter(Qt.Orientation.Horizontal)
        self._tables.addWidget(self.columns)
        self._tables.addWidget(self.rows)
        self._tables.setSizes([440, 420])
        self._tables.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.notes, 1)
        foot.addWidget(self.use, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.facts)
        column.addLayout(learn)
        column.addWidget(self.reading)
        column.addWidget(self._tables, 1)
        column.addLayout(foot)

    def retranslate(self) -> None:
        """Set every text again."""
        self.question.setText(translate("Sheet", "What shall the network learn?"))
        self.target.setAccessibleName(self.question.text())
        self.use.setText(translate("Sheet", "Use this data"))
        self._show_facts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter uses the data wherever the focus is; the rest is the sheet's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.use.click()
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        target = self.target.currentText() if self.found is not None else None
        self._run(partial(read, self._path, dict(self._choices), target))

    def _assess(self) -> None:
        if self.preview is None:
            return
        target, roles = self.target.currentText() or None, dict(self._roles)
        self._run(partial(assess, self._path, dict(self._choices), self.preview, target, roles))

    def _run(self, work: Any) -> None:
        self.use.setEnabled(False)
        self._error = None
        self._background.run(work, self._show, self._fail)
        self._show_facts()

    def _fail(self, error: StudioError) -> None:
        self._error = error
        self._show_facts()

    def _show(self, found: Assessment) -> None:
        self.found, before = found, self.preview
        self.columns.show_columns(found.preview, found.spec)
        if found.preview is not before:
            self.reading.show_reading(found.preview)
            self.rows.show_rows(found.preview)
        self.target.clear()
        self.target.addItems(found.preview.table.columns)
        targets = found.spec.target_columns() if found.spec else ()
        self.target.setCurrentIndex(self.target.findText(targets[0]) if targets else -1)
        self.use.setEnabled(bool(targets))
        self._show_facts()

    def _show_facts(self) -> None:
        file, preview = self._path.name, self.preview
        seen = preview is not None
        for widget in (self.question, self.target, self.reading, self._tables):
            widget.setVisible(seen)
        if self._background.busy and preview is None:
            self.facts.setText(translate("Sheet", "Reading {file}…").format(file=file))
        elif preview is not None:
            text = translate("Sheet", "{file}: {rows} rows, {columns} columns")
            rows, columns = preview.table.row_count, len(preview.table.columns)
            self.facts.setText(text.format(file=file, rows=f"{rows:,}", columns=columns))
        else:
            self.facts.setText(file)
        if self._error is not None or self.found is None:
            self.notes.show_notes("" if self._error is None else str(self._error), (), ())
        else:
            found = self.found
            self.notes.show_notes(found.problem, found.warnings, found.preview.repairs)

    def _choose_reading(self, name: str, value: object) -> None:
        self._choices[name] = value
        if name in SHAPE:
            self._choices.pop("kinds", None)
            self._roles.clear()
        self._read()

    def _choose_kind(self, column: str, kind: str) -> None:
        self._choices["kinds"] = {**self._choices.get("kinds", {}), column: kind}
        self._read()

    def _choose_role(self, column: str, role: str) -> None:
        if role == "target":
            self._roles.pop(column, None)
            self.target.setCurrentIndex(self.target.findText(column))
        else:
            self._roles[column] = role
            if column == self.target.currentText():
                self.target.setCurrentIndex(-1)
        self._assess()

    def _use(self) -> None:
        if self.spec is None or self.found is None:
            return
        label = translate("Sheet", "Use {file}").format(file=self._path.name)
        given = (self.spec, self.found.tables, self._path.parent)
        if attempt(self._messages, self._store.apply, label, bind_data, *given):
            self.done.emit()
