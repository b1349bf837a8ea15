"""What stands in the way, each in a tinted box with the button that mends it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.document.problem import Problem
from nnstudio.document.store import Store
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.widgets.press_button import PressButton

MOST = 3


class ProblemList(QWidget):
    """Shows the first few problems it is given; nothing is seen when there are none."""

    def __init__(self, store: Store, messages: Messages) -> None:
        super().__init__()
        self._store, self._messages = store, messages
        self._shown: tuple[tuple[str, str], ...] | None = None
        self.buttons: list[PressButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_problems(self, found: Sequence[Problem]) -> None:
        """Show these problems instead of the former ones."""
        shown = tuple((p.text + p.hint, _mend(p)) for p in found[:MOST])
        if shown == self._shown:
            return
        self._shown = shown
        self.buttons = []
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for problem in found[:MOST]:
            self._column.addWidget(self._box(problem))
        self.setVisible(bool(found))

    def _box(self, problem: Problem) -> QFrame:
        box = QFrame()
        box.setProperty("look", "warn" if problem.severity == "warning" else "bad")
        label = QLabel(f"{problem.text} {problem.hint}".strip())
        label.setWordWrap(True)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        column.addWidget(label)
        text = _mend(problem)
        if text:
            button = PressButton(text)
            mend = partial(self._store.apply, text, apply_fix, problem.fix, problem.arguments)
            button.clicked.connect(lambda: attempt(self._messages, mend))
            self.buttons.append(button)
            column.addWidget(button)
        return box


def _mend(problem: Problem) -> str:
    return FIXES[problem.fix].text(problem.arguments) if problem.fix in FIXES else ""
