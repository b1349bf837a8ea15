"""The right-click menu of the neuron view."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from nnstudio.i18n import translate
from nnstudio.ui.icons import icon
from nnstudio.ui.neurons import changes
from nnstudio.ui.neurons.scene import Hit

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView


def menu_for(view: "NeuronView", hit: Hit) -> QMenu:
    """Return the menu for what lies under the mouse; it becomes selected."""
    menu = QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)

    def add(text: str, name: str, keys: str, action: Callable[[], object]) -> None:
        row = menu.addAction(icon(f"mdi6.{name}", view.themes.theme), f"{text}\t{keys}")
        row.triggered.connect(lambda _=False: action())

    if hit.entry is not None:
        view.choose(entry=hit.entry)
        add(
            translate("Neurons", "Type a value"),
            "pencil-outline",
            "Enter",
            view.commands.edit_selected,
        )
        wired = changes.wired(view.store.project, hit.entry)
        text = translate("Neurons", "Cut") if wired else translate("Neurons", "Wire again")
        add(text, "content-cut" if wired else "connection", "Del", view.commands.delete)
        add(translate("Neurons", "Lock or unlock"), "lock-outline", "L", view.commands.toggle_lock)
    elif hit.neuron is not None:
        view.choose(neuron=hit.neuron)
        off = changes.is_off(view.store.project, view.board.anatomy, hit.neuron)
        text = translate("Neurons", "Switch on") if off else translate("Neurons", "Switch off")
        add(text, "power", "O", view.commands.switch_neuron)
        add(translate("Neurons", "Lock or unlock"), "lock-outline", "L", view.commands.toggle_lock)
        group = view.board.anatomy.groups[hit.neuron[0]]
        if group.bias:
            add(
                translate("Neurons", "Type the bias"),
                "pencil-outline",
                "Enter",
                view.commands.edit_selected,
            )
    elif hit.group:
        view.choose(nodes=(hit.group,))
        add(translate("Neurons", "Lock or unlock"), "lock-outline", "L", view.commands.toggle_lock)
        if view.board.anatomy.groups[hit.group].dense:
            add(translate("Neurons", "Add a neuron"), "plus", "+", view.commands.add_neuron)
            add(translate("Neurons", "Remove a neuron"), "minus", "−", view.commands.remove_neuron)
    else:
        text = translate("Neurons", "Weights or signals")
        add(text, "swap-horizontal", "M", view.commands.toggle_mode)
        add(translate("Neurons", "Knife"), "content-cut", "K", view.commands.toggle_knife)
        add(translate("Neurons", "Show all"), "fit-to-page-outline", "F", view.fit)
    return menu
