"""The palette and the one short style sheet, both made from the theme's tokens.

Widgets ask for a look by the dynamic property `look`: frames `card`, `bar`, `bad`, `warn`, `good`;
labels `heading`, `muted`, `chip`; push buttons `primary`, `link`; tool buttons `flat`, `fold`,
`segment`.
Spin and combo boxes stay plain Fusion (their arrows break when styled).
"""

from string import Template

from PySide6.QtGui import QColor, QPalette

from nnstudio.ui.theme import Theme, ThemeManager

_SHEET = Template(
    """
QMainWindow, QDialog { background: $window; }
QToolTip { background: $panel; color: $text; border: 1px solid $border; padding: 4px 6px; }
QFrame[look="card"] { background: $panel; border: 1px solid $border; border-radius: 10px; }
QFrame[look="bar"] { background: $panel; border: none; border-bottom: 1px solid $border; }
QFrame[look="foot"] { background: $panel; border: none; border-top: 1px solid $border; }
QFrame[look="bad"] { background: $bad_ground; border: 1px solid $bad; border-radius: 8px; }
QFrame[look="warn"] { background: $warn_ground; border: 1px solid $warn; border-radius: 8px; }
QFrame[look="good"] { background: $selection; border: 1px solid $accent; border-radius: 8px; }
QFrame[look="rule"] { background: $border; border: none; }
QLabel[look="heading"] { font-weight: 600; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="preview"] { background: $canvas; border-radius: 6px; }
QLabel[look="chip"] { background: $window; border: 1px solid $border; border-radius: 8px;
  padding: ${pad}px ${wide}px; font-weight: 600; }
QToolButton { border: none; border-radius: 7px; padding: ${pad}px; background: transparent;
  color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border: 2px solid $accent; padding: ${inner}px; }
QToolButton:disabled { color: $zero; }
QToolButton::menu-indicator { image: none; }
QToolButton[look="segment"] { border-radius: 6px; padding: ${small}px ${pad}px; color: $muted; }
QToolButton[look="fold"] { padding: ${small}px ${pad}px ${small}px 0; color: $muted;
  font-weight: 600; }
QToolButton[look="fold"]:checked { background: transparent; }
QToolButton[look="segment"]:checked { background: $selection; color: $text; font-weight: 600; }
QPushButton { background: $panel; color: $text; border: 1px solid $edge; border-radius: 7px;
  padding: ${pad}px ${wide}px; }
QPushButton:hover { background: $hover; border-color: $accent; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $accent; padding: ${inner}px ${inner_wide}px; }
QPushButton:disabled { color: $zero; border-color: $border; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $border; color: $muted;
  border-color: $border; }
QPushButton[look="link"] { background: transparent; border: none; color: $accent;
  font-weight: 600; padding: ${small}px; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="tile"] { text-align: left; border-radius: 10px; padding: 0; }
QLineEdit { background: $panel; color: $text; border: 1px solid $edge; border-radius: 7px;
  padding: ${pad}px ${pad}px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus { border: 2px solid $accent; padding: ${inner}px ${inner}px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }
QAbstractSpinBox, QComboBox { min-height: ${field}px; }
QCheckBox::indicator:unchecked { background: $panel; border: 1px solid $zero;
  border-radius: 3px; }
QTabBar::tab { background: transparent; color: $muted; padding: ${pad}px ${small}px;
  margin-right: ${wide}px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:only-one:selected { border-bottom: 2px solid transparent; }
QTabBar::tab:selected:focus { background: $hover; }
QListWidget { background: transparent; border: none; outline: 0; }
QListWidget::item { min-height: ${field}px; padding: 2px ${pad}px; border-radius: 7px;
  color: $text; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $selection; color: $text; }
QListWidget::item:disabled { color: $zero; }
QTextBrowser { background: transparent; border: none; }
QMenu { background: $panel; color: $text; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 10px; border-radius: 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $zero; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $selection; }
QScrollArea, QScrollArea > QWidget > QWidget[look="page"] { background: transparent;
  border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $zero; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView::section { background: $window; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 4px 8px; }
QTableView { border: none; gridline-color: $border; }
"""
)


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme."""
    role = QPalette.ColorRole
    made = QPalette()
    pairs = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.panel,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: _blend(theme.border, theme.text, 0.25),
        role.Shadow: _blend(theme.border, theme.text, 0.5),
    }
    for part, color in pairs.items():
        made.setColor(part, QColor(color))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(theme.zero))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.border))
    return made


def sheet(themes: ThemeManager) -> str:
    """Return the style sheet of the current theme at the current scale."""
    theme = themes.theme
    growth = 1.0 + 0.5 * (themes.scale - 1.0)  # in a talk the type grows more than its margins
    pad = round(5 * growth)
    return _SHEET.substitute(
        window=theme.window,
        panel=theme.panel,
        canvas=theme.canvas,
        border=theme.border,
        edge=_blend(theme.border, theme.text, 0.18),
        text=theme.text,
        muted=theme.muted,
        accent=theme.accent,
        accent_hover=_blend(theme.accent, theme.text, 0.12),
        on_accent=theme.on_accent,
        hover=theme.hover,
        selection=theme.selection,
        zero=theme.zero,
        bad=theme.bad,
        warn=theme.warn,
        warn_ground=_blend(theme.panel, theme.warn, 0.10),
        bad_ground=_blend(theme.panel, theme.bad, 0.08),
        small=round(3 * growth),
        pad=pad,
        field=round(22 * growth),
        inner=pad - 1,
        wide=round(12 * growth),
        inner_wide=round(12 * growth) - 1,
    )


def _blend(first: str, second: str, share: float) -> str:
    one, two = QColor(first), QColor(second)
    return QColor.fromRgbF(
        one.redF() + share * (two.redF() - one.redF()),
        one.greenF() + share * (two.greenF() - one.greenF()),
        one.blueF() + share * (two.blueF() - one.blueF()),
    ).name()
