"""Every text a window shows or says: widgets, menus, tips, names for screen readers, paintings."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

TEXT = "{http://www.w3.org/2000/svg}text"
BETWEEN = "\N{ZERO WIDTH SPACE}"
Found = tuple[str, str]
"""Where a text was found, and the text."""


def texts_of(window: QWidget) -> list[Found]:
    """Return the texts of a window and everything in it that can be seen."""
    found: list[Found] = [("title", window.windowTitle())]
    for widget in [window, *window.findChildren(QWidget)]:
        if isValid(widget) and widget.isVisibleTo(window):
            found += ((f"{type(widget).__name__} {what}", text) for what, text in _of(widget))
    for action in window.findChildren(QAction):
        if not _foreign(action):
            found += _of_action(action)
    return [(where, text) for where, text in found if text.strip()]


def _foreign(action: QAction) -> bool:
    """Whether a menu belongs to the plot library; the program never opens those."""
    if action.text() == "Plot Options":
        return True
    parent = action.parent()
    while parent is not None:
        if type(parent).__module__.startswith("pyqtgraph"):
            return True
        if isinstance(parent, QMenu) and parent.title() == "Plot Options":
            return True
        parent = parent.parent()
    return False


def _of_action(action: QAction) -> list[Found]:
    told = {"text": action.text(), "tip": action.toolTip(), "status": action.statusTip()}
    return [(f"action {what}", text.replace("&", "")) for what, text in told.items()]


def _of(widget: QWidget) -> Iterator[Found]:
    if isinstance(widget.parent(), QTabBar) and type(widget) is QToolButton:
        return  # Qt's own scroll buttons, in Qt's own translation
    yield "tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield from _own(widget)
    if isinstance(widget, QGraphicsView):
        yield "painted", painted(widget.viewport(), widget)
    elif any("paintEvent" in vars(kind) for kind in _own_kinds(widget)):
        yield "painted", painted(widget, widget)


def _own(widget: QWidget) -> Iterator[Found]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text().replace("&", "")
    elif isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QGroupBox):
        yield "title", widget.title()
    elif isinstance(widget, QComboBox):
        for place in range(widget.count()):
            yield "entry", widget.itemText(place)
            yield "entry's tip", str(widget.itemData(place, Qt.ItemDataRole.ToolTipRole) or "")
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield "tab", widget.tabText(place)
            yield "tab's tip", widget.tabToolTip(place)
    elif isinstance(widget, QAbstractItemView):
        yield from _items(widget)


def _items(view: QAbstractItemView) -> Iterator[Found]:
    model, roles = view.model(), Qt.ItemDataRole
    if model is None or isinstance(view.parent(), QComboBox):
        return
    columns = min(model.columnCount(), 12) if isinstance(view, QTableView) else 1
    for row in range(min(model.rowCount(), 60)):
        for column in range(columns):
            for role in (roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole):
                yield "item", str(model.index(row, column).data(role) or "")
    if isinstance(view, QTableView):
        for column in range(columns):
            across = Qt.Orientation.Horizontal
            for role in (roles.DisplayRole, roles.ToolTipRole):
                yield "header", str(model.headerData(column, across, role) or "")


def _own_kinds(widget: QWidget) -> list[type]:
    """The classes of a widget that the program itself wrote."""
    return [kind for kind in type(widget).__mro__ if kind.__module__.startswith("nnstudio")]


def painted(widget: QWidget, owner: QWidget) -> str:
    """Return the texts a widget paints itself in their order, by painting it into an SVG."""
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setSize(owner.size())
    painter = QPainter(generator)
    if isinstance(owner, QGraphicsView):
        owner.render(painter, QRect(), QRect(QPoint(), widget.size()))
    else:
        widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    root = ElementTree.fromstring(bytes(buffer.data().data()))
    # a text in two fonts or lines is painted in pieces
    return BETWEEN.join("".join(node.itertext()) for node in root.iter(TEXT))


def unwrapped(text: str) -> str:
    """Return what stands outside ⟦⟧, also nested; what begins inside and is cut off is inside."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return re.sub(r"⟦[^⟦⟧]*(…|\.\.\.)", " ", text)
