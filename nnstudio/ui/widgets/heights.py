"""One height for every field of a form, whatever kind of field it is."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

AIR = 13
"""Pixels a field is higher than a line of its text."""


def field_height(widget: QWidget) -> int:
    """Return the height of a field in the widget's present type."""
    return QFontMetrics(widget.font()).height() + AIR
