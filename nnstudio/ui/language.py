"""Switching the language of the whole window while everything goes on running."""

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from nnstudio import i18n


class Languages(QObject):
    """Sets the language of the program and of Qt's own texts, and tells every widget."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._qt = QTranslator(self)
        self._folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)

    @property
    def current(self) -> str:
        """Id of the language in use, such as `ko`."""
        return i18n.language()

    def set(self, name: str) -> None:
        """Use language `name` (or `system`) from now on; raise ValueError for an unknown one."""
        i18n.set_language(i18n.system_language() if name == "system" else name)
        QCoreApplication.removeTranslator(self._qt)
        if self._qt.load(f"qtbase_{self.current}", self._folder):
            QCoreApplication.installTranslator(self._qt)
        # Qt posts the event for later; here every text has changed when this returns.
        application = QCoreApplication.instance()
        if application is not None:
            QCoreApplication.removePostedEvents(application, QEvent.Type.LanguageChange.value)
        for window in QApplication.topLevelWidgets():
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.changed.emit()
