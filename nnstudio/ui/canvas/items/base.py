"""The state every item of the canvas has: selected, hovered, in the hand."""

from PySide6.QtWidgets import QGraphicsItem

from nnstudio.ui.canvas.stage import Stage

IN_HAND = 4.0


class StageItem(QGraphicsItem):
    """An item whose look depends on the stage and on a few attributes, set by `change`."""

    rest_z = 0.0

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.selected = False
        self.hovered = False
        self.lifted = False
        self.setZValue(self.rest_z)

    def change(self, **state: object) -> None:
        """Set some of the state attributes and repaint when one differs."""
        changed = [name for name, value in state.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, state[name])
        if changed:
            self.setZValue(IN_HAND if self.lifted else self.rest_z)
            self.update()
