"""The sheet of keys and gestures, made from the table of commands."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTextBrowser, QWidget

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.action_set import menu_titles
from nnstudio.ui.actions import ACTIONS, sequences
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

GESTURES = (
    (
        QT_TRANSLATE_NOOP("Gesture", "Drag a piece from the layer box"),
        QT_TRANSLATE_NOOP("Gesture", "Add a layer; dropped on a wire it goes in between"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "Drag from a port"),
        QT_TRANSLATE_NOOP("Gesture", "Draw a wire; in empty space a menu shows what fits"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "Double-click empty canvas"),
        QT_TRANSLATE_NOOP("Gesture", "Type which layer to add"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "Wheel, Ctrl and wheel"),
        QT_TRANSLATE_NOOP("Gesture", "Move the view, zoom"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "Arrow keys, with Shift"),
        QT_TRANSLATE_NOOP("Gesture", "Move what is selected, ten times as far"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "C, Tab, Enter"),
        QT_TRANSLATE_NOOP("Gesture", "Connect the selected layer without a mouse"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "Click a connection among the neurons"),
        QT_TRANSLATE_NOOP("Gesture", "Type its weight: 0.5, 0,5 or 1/3"),
    ),
    (
        QT_TRANSLATE_NOOP("Gesture", "Drop a file on the window"),
        QT_TRANSLATE_NOOP("Gesture", "Open a project, or use a table as data"),
    ),
)


class Shortcuts(Retranslating, QTextBrowser):
    """A table per menu; read only."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        themes.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the whole text again."""
        parts = [
            self._table(
                translate("Shortcuts", "Mouse and hands"),
                [(translate("Gesture", how), translate("Gesture", what)) for how, what in GESTURES],
            )
        ]
        for id, title in menu_titles():
            rows = []
            for row in ACTIONS:
                keys = [
                    sequence.toString(QKeySequence.SequenceFormat.NativeText)
                    for sequence in sequences(row)
                    if sequence.toString().isascii()
                ]
                if row.menu == id and keys:
                    text = translate("Menu", row.text).rstrip("…")
                    rows.append(("  ·  ".join(dict.fromkeys(keys)), text))
            parts.append(self._table(title, rows))
        self.setHtml("".join(parts))

    def _table(self, title: str, rows: list[tuple[str, str]]) -> str:
        muted = self._themes.theme.muted
        lines = "".join(
            f'<tr><td width="46%" style="padding:3px 14px 3px 0; font-weight:600">{escape(keys)}'
            f'</td><td style="padding:3px 0">{escape(text)}</td></tr>'
            for keys, text in rows
        )
        return (
            f'<p style="color:{muted}; margin-top:14px; margin-bottom:2px">{escape(title)}</p>'
            f'<table width="100%" cellspacing="0">{lines}</table>'
        )
