"""The list of pieces: drag one onto the canvas, or press Enter to add it after the selection."""

import json

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QFocusEvent, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from nnstudio.engine.layer import LAYERS, Layer
from nnstudio.i18n import translate
from nnstudio.ui.canvas.gestures.drop import PIECE
from nnstudio.ui.icons import icon, pixmap
from nnstudio.ui.palette.pieces import GROUP_LABELS, Section
from nnstudio.ui.theme import Theme, ThemeManager, kind_color

KIND = Qt.ItemDataRole.UserRole
ICON = 22
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class PieceList(QListWidget):
    """Headings and pieces; emits `chosen` with the id of a kind.

    With `icons_only` it is a narrow strip: no headings, names in the tooltips.
    """

    chosen = Signal(str)

    def __init__(self, themes: ThemeManager, icons_only: bool = False) -> None:
        super().__init__()
        self._themes = themes
        self._icons_only = icons_only
        self.setDragEnabled(True)
        self.setIconSize(QSize(ICON, ICON))
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemDoubleClicked.connect(self._choose)

    def fill(self, found: list[Section], choose_first: bool = False) -> None:
        """Show the kinds of the sections; the first one becomes current when it was searched."""
        theme = self._themes.theme
        self.clear()
        for section in found:
            if not self._icons_only:
                self._add_heading(translate("Group", GROUP_LABELS[section.group]), theme)
            for kind in section.kinds:
                self._add_piece(kind, theme)
        if choose_first:
            self.step(1)

    def step(self, way: int) -> None:
        """Make the next piece in a direction current, skipping headings, round the ends."""
        count = self.count()
        row = self.currentRow()
        if row < 0 and way < 0:
            row = 0
        for _ in range(count):
            row = (row + way) % count
            if self.item(row).data(KIND):
                self.setCurrentRow(row)
                return

    def choose_current(self) -> None:
        """Emit `chosen` for the current piece."""
        if self.currentItem() is not None:
            self._choose(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_keys and self.currentRow() < 0:
            self.step(1)

    def startDrag(self, actions: Qt.DropAction) -> None:
        kind = self.currentItem().data(KIND) if self.currentItem() else None
        if not kind:
            return
        drag = QDrag(self)
        drag.setMimeData(_mime(kind))
        picture = self._ghost(kind)
        drag.setPixmap(picture)
        ratio = picture.devicePixelRatio()
        drag.setHotSpot(QPoint(round(picture.width() / ratio / 2), ICON))
        drag.exec(Qt.DropAction.CopyAction)

    def _add_heading(self, text: str, theme: Theme) -> None:
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._themes.font(0.88, "semibold"))
        item.setForeground(QColor(theme.muted))

    def _add_piece(self, kind: type[Layer], theme: Theme) -> None:
        name, help = translate("Layer", kind.label), translate("Layer", kind.help)
        item = QListWidgetItem(icon(kind.id, theme), "" if self._icons_only else name, self)
        item.setData(KIND, kind.id)
        item.setToolTip(f"{name}: {help}" if self._icons_only else help)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, translate("Layer", kind.help))

    def _choose(self, item: QListWidgetItem) -> None:
        if item.data(KIND):
            self.chosen.emit(item.data(KIND))

    def _ghost(self, kind: str) -> QPixmap:
        """Return the picture that hangs at the pointer: a small card with the piece's icon."""
        theme, ratio = self._themes.theme, self.devicePixelRatioF()
        picture = QPixmap(QSize(round(72 * ratio), round(56 * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.accent))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(1, 1, 70, 54, 10, 10)
        tint = kind_color(theme, kind, LAYERS[kind].group)
        painter.drawPixmap(24, 16, pixmap(kind, 24, tint, ratio))
        painter.end()
        return picture


def _mime(kind: str) -> QMimeData:
    data = QMimeData()
    content = json.dumps({"kind": kind, "settings": {}}).encode()
    data.setData(PIECE, QByteArray(content))
    return data
