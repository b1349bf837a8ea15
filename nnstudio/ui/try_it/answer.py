"""What the network answers for the values above: a bar and a percentage per class, or numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui.theme import ThemeManager

MOST = 12
GAP = 8


class Answer(QWidget):
    """Rows of (name, share or None, text); the row with the largest share stands out."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.rows: Sequence[tuple[str, float | None, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_rows(self, rows: Sequence[tuple[str, float | None, str]]) -> None:
        """Show the answer; more than a dozen classes show the likeliest ones."""
        if len(rows) > MOST:
            rows = sorted(rows, key=lambda row: -(row[1] or 0.0))[:MOST]
        if len(rows) != len(self.rows):
            self.updateGeometry()
        self.rows = rows
        self.setAccessibleDescription("; ".join(f"{name} {text}" for name, _, text in rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, len(self.rows) * self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, line = self._themes.theme, self._line()
        best = max((row[1] or 0.0 for row in self.rows), default=0.0)
        metrics = QFontMetrics(self._themes.font(1.0, "bold"))
        number = max((metrics.horizontalAdvance(text) for *_, text in self.rows), default=0) + GAP
        names = min(
            self.width() * 2 // 5,
            max((metrics.horizontalAdvance(name) for name, *_ in self.rows), default=0) + GAP + 2,
        )
        for place, (name, share, text) in enumerate(self.rows):
            top = place * line
            painter.setFont(self._themes.font(1.0, "bold" if share == best else "regular"))
            painter.setPen(QColor(theme.text))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - GAP)
            painter.drawText(QRectF(0, top, names, line), left, shown)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, self.width(), line), right, text)
            if share is not None:
                bar = QRectF(
                    names, top + line * 0.3, self.width() - names - number - GAP, line * 0.4
                )
                self._bar(painter, bar, share, theme.classes[place % len(theme.classes)])
        painter.end()

    def _bar(self, painter: QPainter, frame: QRectF, share: float, color: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.theme.canvas))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setBrush(QColor(color))
        frame.setWidth(frame.width() * min(1.0, max(0.0, share)))
        painter.drawRoundedRect(frame, 4, 4)

    def _line(self) -> int:
        return QFontMetrics(self.font()).height() + 10
