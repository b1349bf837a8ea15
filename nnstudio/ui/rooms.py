"""What the composition root hands to the window and its commands: one of each, no globals."""

from dataclasses import dataclass

from nnstudio.document.store import Store
from nnstudio.services.autosave import Autosave
from nnstudio.services.recent import Recent
from nnstudio.services.settings import Settings
from nnstudio.ui.language import Languages
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live


@dataclass(frozen=True)
class Rooms:
    """The shared parts of one running program."""

    store: Store
    selection: Selection
    themes: ThemeManager
    languages: Languages
    messages: Messages
    live: Live
    settings: Settings
    recent: Recent
    autosave: Autosave
