"""Edits: pure functions from one Project to the next; they raise Refused and change nothing."""

from nnstudio.document.edits.canvas import (
    add_note,
    edit_note,
    move_note,
    remove_note,
    set_title,
    set_training,
    tidy,
)
from nnstudio.document.edits.data import bind_data, set_data_spec, unbind_data
from nnstudio.document.edits.nodes import (
    add_node,
    group,
    move,
    new_layer,
    next_id,
    remove,
    remove_and_heal,
    rename,
    replace_layer,
    set_setting,
    ungroup,
)
from nnstudio.document.edits.pieces import duplicate, paste
from nnstudio.document.edits.weights import (
    complete_weights,
    cut,
    freeze_entries,
    join,
    reset_weights,
    set_weight,
    set_weights,
)
from nnstudio.document.edits.wires import connect, disconnect, insert_on_wire

__all__ = [
    "add_node",
    "add_note",
    "bind_data",
    "complete_weights",
    "connect",
    "cut",
    "disconnect",
    "duplicate",
    "edit_note",
    "freeze_entries",
    "group",
    "insert_on_wire",
    "join",
    "move",
    "move_note",
    "new_layer",
    "next_id",
    "paste",
    "remove",
    "remove_and_heal",
    "remove_note",
    "rename",
    "replace_layer",
    "reset_weights",
    "set_data_spec",
    "set_setting",
    "set_title",
    "set_training",
    "set_weight",
    "set_weights",
    "tidy",
    "unbind_data",
    "ungroup",
]
