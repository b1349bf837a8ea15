"""Asking for a file without stopping the program: the answer comes later."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from nnstudio.i18n import translate


def choose_file(
    owner: QWidget,
    title: str,
    filters: Sequence[tuple[str, str]],
    folder: Path,
    take: Callable[[str], object],
) -> QFileDialog:
    """Ask for an existing file; `filters` are (name, patterns separated by blanks)."""
    dialog = _dialog(owner, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    names = [f"{name} ({patterns})" for name, patterns in filters]
    dialog.setNameFilters([*names, f"{translate('File', 'All files')} (*)"])
    return _open(dialog, take)


def choose_target(
    owner: QWidget,
    title: str,
    kind: tuple[str, str],
    proposal: Path,
    take: Callable[[str], object],
) -> QFileDialog:
    """Ask where to write; `kind` is (name, suffix), the suffix is added when left out."""
    dialog = _dialog(owner, title, proposal.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    name, suffix = kind
    dialog.setNameFilter(f"{name} (*{suffix})")
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.selectFile(proposal.name)
    return _open(dialog, take)


def _dialog(owner: QWidget, title: str, folder: Path) -> QFileDialog:
    dialog = QFileDialog(owner, title, str(folder))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _open(dialog: QFileDialog, take: Callable[[str], object]) -> QFileDialog:
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog
