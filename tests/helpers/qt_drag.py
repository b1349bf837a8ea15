"""Hands for the canvas: real presses and moves, and pieces dragged in from outside."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

PIECE = "application/x-nnstudio-layer"
MOVES = 6
Left = Qt.MouseButton.LeftButton
NoModifier = Qt.KeyboardModifier.NoModifier


def points_between(start: QPoint, end: QPoint, count: int = MOVES) -> list[QPoint]:
    """Return `count` points on the way, the last is `end`."""
    return [start + (end - start) * (n / count) for n in range(1, count + 1)]


def press_and_move(
    view: QAbstractScrollArea,
    start: QPoint,
    end: QPoint,
    button: Qt.MouseButton = Left,
    modifiers: Qt.KeyboardModifier = NoModifier,
) -> None:
    """Press and move to `end`, without letting go."""
    port = view.viewport()
    QTest.mouseMove(port, start)
    QTest.mousePress(port, button, modifiers, start)
    for point in points_between(start, end):
        QTest.mouseMove(port, point)


def drag(
    view: QAbstractScrollArea,
    start: QPoint,
    end: QPoint,
    button: Qt.MouseButton = Left,
    modifiers: Qt.KeyboardModifier = NoModifier,
) -> None:
    """Press, move in small steps, let go."""
    press_and_move(view, start, end, button, modifiers)
    QTest.mouseRelease(view.viewport(), button, modifiers, end)


class PieceDrag:
    """A palette piece held over a view: the events that Qt's own drag would send."""

    def __init__(
        self, view: QAbstractScrollArea, kind: str, settings: Mapping[str, Any] | None = None
    ) -> None:
        self._port = view.viewport()
        self.mime = QMimeData()
        piece = {"kind": kind, "settings": dict(settings or {})}
        self.mime.setData(PIECE, json.dumps(piece).encode("utf-8"))
        self._inside = False

    def move(self, point: QPoint) -> bool:
        """Hold the piece at a viewport point; return whether the view would take it."""
        action, buttons = Qt.DropAction.CopyAction, Left
        if not self._inside:
            enter = QDragEnterEvent(point, action, self.mime, buttons, NoModifier)
            QApplication.sendEvent(self._port, enter)
            self._inside = enter.isAccepted()
            if not self._inside:
                return False
        event = QDragMoveEvent(point, action, self.mime, buttons, NoModifier)
        QApplication.sendEvent(self._port, event)
        return event.isAccepted()

    def drop(self, point: QPoint) -> bool:
        """Carry the piece to a point and let go; return whether the view took it."""
        for step in points_between(QPoint(2, 2), point):
            self.move(step)
        event = QDropEvent(QPointF(point), Qt.DropAction.CopyAction, self.mime, Left, NoModifier)
        QApplication.sendEvent(self._port, event)
        self._inside = False
        return event.isAccepted()

    def leave(self) -> None:
        """Carry the piece out of the view."""
        QApplication.sendEvent(self._port, QDragLeaveEvent())
        self._inside = False
