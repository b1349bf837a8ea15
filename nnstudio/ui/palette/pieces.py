"""What the palette offers: layer kinds by group, found by typing in either language."""

from dataclasses import dataclass

from nnstudio.engine.layer import GROUPS, LAYERS, Layer
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.widgets.matching import rank

GROUP_LABELS = {
    "io": QT_TRANSLATE_NOOP("Group", "Input and output"),
    "basic": QT_TRANSLATE_NOOP("Group", "Basic"),
    "activation": QT_TRANSLATE_NOOP("Group", "Activation"),
    "image": QT_TRANSLATE_NOOP("Group", "Image"),
    "sequence": QT_TRANSLATE_NOOP("Group", "Sequence"),
    "attention": QT_TRANSLATE_NOOP("Group", "Attention"),
    "graph": QT_TRANSLATE_NOOP("Group", "Graph"),
    "regularise": QT_TRANSLATE_NOOP("Group", "Regularise"),
    "join": QT_TRANSLATE_NOOP("Group", "Join"),
}


@dataclass(frozen=True)
class Section:
    """A group of the palette with its kinds, in display order."""

    group: str
    kinds: tuple[type[Layer], ...]


def sections(query: str = "") -> list[Section]:
    """Return the groups that have kinds matching `query`; all of them for an empty one."""
    found = []
    for group in GROUPS:
        kinds = [kind for kind in LAYERS if kind.group == group and _offered(kind)]
        if query:
            ranked = [(rank(query, names(kind)), kind) for kind in kinds]
            hits = [(place, kind) for place, kind in ranked if place is not None]
            kinds = [kind for _, kind in sorted(hits, key=lambda hit: hit[0])]
        if kinds:
            found.append(Section(group, tuple(kinds)))
    return found


def names(kind: type[Layer]) -> tuple[str, ...]:
    """Return the names a kind is found by: translated, English, its id."""
    return (translate("Layer", kind.label), kind.label, kind.id)


def _offered(kind: type[Layer]) -> bool:
    return not getattr(kind, "hidden", False)
