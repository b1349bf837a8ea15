"""Small checks shared by the edits; each raises Refused in words."""

from nnstudio.document.project import Project
from nnstudio.engine.graph import Node
from nnstudio.errors import Refused
from nnstudio.i18n import translate


def known_node(project: Project, id: str) -> Node:
    """Return the node; raise Refused when there is none."""
    node = project.graph.by_id.get(id)
    if node is None:
        raise Refused(
            translate("Edit", "There is no layer {id}.").format(id=id),
            translate("Edit", "It may have been removed already."),
        )
    return node


def plain_text(text: str, longest: int) -> str:
    """Return `text` without control characters and outer blanks, cut to `longest` characters."""
    if not isinstance(text, str):
        raise Refused(
            translate("Edit", "This is not a text."), translate("Edit", "Type some letters.")
        )
    kept = "".join(c for c in text if c == "\n" or (c.isprintable() or c == "\u00a0"))
    return kept.strip()[:longest].strip()
