"""Pictures of what stands still on the cards, kept while a card looks the same at the same zoom."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtGui import QPixmap

BUDGET = 64_000_000  # bytes: the cards of one 4K screen, or of several usual ones


class Pictures:
    """One picture per card; those not drawn for longest go when the budget is used up."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._bytes = 0
        self._kept: OrderedDict[str, tuple[Hashable, QPixmap | None]] = OrderedDict()

    def __len__(self) -> int:
        return sum(picture is not None for _, picture in self._kept.values())

    def find(self, id: str, look: Hashable, draw: Callable[[], QPixmap]) -> QPixmap | None:
        """Return the picture of card `id` as `look` names it.

        None the first time a look is asked for: during a zoom every frame is another look, and
        painting at once is cheaper than making a picture that is never seen again.
        """
        kept = self._kept.get(id)
        if kept is None or kept[0] != look:
            self._keep(id, look, None)
            return None
        picture = kept[1]
        if picture is None:
            picture = draw()
            self._keep(id, look, picture)
        else:
            self._kept.move_to_end(id)
        return picture

    def clear(self) -> None:
        """Drop everything (another project, another theme)."""
        self._kept.clear()
        self._bytes = 0

    def _keep(self, id: str, look: Hashable, picture: QPixmap | None) -> None:
        self._drop(self._kept.pop(id, None))
        self._kept[id] = (look, picture)
        self._bytes += _size(picture)
        while self._bytes > self._budget and len(self._kept) > 1:
            self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, kept: tuple[Hashable, QPixmap | None] | None) -> None:
        if kept is not None:
            self._bytes -= _size(kept[1])


def _size(picture: QPixmap | None) -> int:
    return 0 if picture is None else 4 * picture.width() * picture.height()
