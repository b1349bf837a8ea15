"""The only question that may interrupt: what to do with work that would be lost."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from nnstudio.i18n import translate


def ask_unsaved(
    owner: QWidget, name: str, save: Callable[[], object], discard: Callable[[], object]
) -> QMessageBox:
    """Ask about the project `name`; `save` or `discard` is called, or neither."""
    box = QMessageBox(owner)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("NN Studio")
    box.setText(translate("Question", "Save the changes to “{name}”?").format(name=name))
    box.setInformativeText(translate("Question", "Otherwise they are lost."))
    roles = QMessageBox.ButtonRole
    yes = box.addButton(translate("Question", "Save"), roles.AcceptRole)
    no = box.addButton(translate("Question", "Don’t save"), roles.DestructiveRole)
    back = box.addButton(translate("Question", "Cancel"), roles.RejectRole)
    yes.setProperty("look", "primary")
    box.setDefaultButton(yes)
    box.setEscapeButton(back)
    yes.clicked.connect(save)
    no.clicked.connect(discard)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
