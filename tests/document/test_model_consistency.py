"""Random editing: whatever is clicked, in whatever order, the document stays whole."""

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nnstudio.data.dataset import datasets
from nnstudio.document import edits
from nnstudio.document.clipboard import Fragment, copy, from_text, to_text
from nnstudio.document.compile import network_of
from nnstudio.document.fixes import apply_fix
from nnstudio.document.problems import RULES, can_train, problems
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine.layer import LAYERS
from nnstudio.errors import Refused
from nnstudio.exchange.project_file import entries_of, open_project, save
from tests.document.projects import circle

KINDS = LAYERS.ids()
DATA = ("circle", "xor", "iris", "diabetes", "digits5x5")
SETTINGS = (
    ("units", st.integers(-1, 6)),
    ("activation", st.sampled_from(["relu", "tanh", "softmax", "step", "nothing"])),
    ("bias", st.sampled_from(["neuron", "layer", "none"])),
    ("rate", st.floats(0, 1)),
    ("shape", st.sampled_from([(2,), (3,), (4, 4, 1), ()])),
    ("function", st.sampled_from(["relu", "sigmoid"])),
)
PLANS = ("epochs", "optimizer", "learning_rate", "objective", "momentum")
VALUES = (0, 1, 0.1, 900.0, "sgd", "adam", "perceptron", "supervised")


class Editing(RuleBasedStateMachine):
    """A user with a store, a clipboard and a file."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(Project())
        self.fragment = Fragment()
        self.absorbed = False
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "project.nns"

    def teardown(self) -> None:
        self.folder.cleanup()

    def attempt(self, edit: object, *arguments: object, **named: object) -> None:
        before = self.store.project
        try:
            self.store.apply("Edit", edit, *arguments, **named)  # type: ignore[arg-type]
            return
        except Refused as refused:
            refusal = refused
        assert refusal.text
        assert refusal.hint
        assert self.store.project is before
        if refusal.fix:
            self.store.apply("Mend", apply_fix, refusal.fix, refusal.arguments)

    def node(self, data: st.DataObject) -> str:
        ids = [node.id for node in self.store.project.graph.nodes]
        return data.draw(st.sampled_from([*ids, "nobody"]))

    @initialize(ready=st.booleans())
    def start(self, ready: bool) -> None:
        self.store.replace(circle() if ready else Project())

    @rule(kind=st.sampled_from(KINDS), x=st.integers(0, 5), y=st.integers(0, 5), data=st.data())
    def add(self, kind: str, x: int, y: int, data: st.DataObject) -> None:
        layer = edits.new_layer(kind)
        wires = self.store.project.graph.wires
        where = data.draw(st.sampled_from(["free", "from", "into", "wire"]))
        place = (x * 200.0, y * 120.0)
        if where == "from":
            self.attempt(edits.add_node, layer, *place, wire_from=self.node(data))
        elif where == "into":
            self.attempt(edits.add_node, layer, *place, wire_into=self.node(data))
        elif where == "wire" and wires:
            wire = data.draw(st.sampled_from(wires))
            self.attempt(edits.add_node, layer, *place, on_wire=wire)
        else:
            self.attempt(edits.add_node, layer, *place)

    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        self.attempt(edits.connect, self.node(data), self.node(data))

    @precondition(lambda self: self.store.project.graph.wires)
    @rule(data=st.data())
    def disconnect(self, data: st.DataObject) -> None:
        wire = data.draw(st.sampled_from(self.store.project.graph.wires))
        self.attempt(edits.disconnect, wire)

    @rule(data=st.data(), heal=st.booleans())
    def delete(self, data: st.DataObject, heal: bool) -> None:
        ids = {self.node(data), self.node(data)} - {"nobody"}
        self.attempt(edits.remove_and_heal if heal else edits.remove, ids)

    @rule(data=st.data(), setting=st.sampled_from(SETTINGS))
    def change(self, data: st.DataObject, setting: tuple[str, st.SearchStrategy[object]]) -> None:
        name, values = setting
        self.attempt(edits.set_setting, self.node(data), name, data.draw(values))

    @rule(name=st.sampled_from(PLANS), value=st.sampled_from(VALUES))
    def train_differently(self, name: str, value: object) -> None:
        self.attempt(edits.set_training, name, value)

    @precondition(lambda self: self.store.project.graph.weights)
    @rule(data=st.data(), cut=st.booleans())
    def touch_a_connection(self, data: st.DataObject, cut: bool) -> None:
        weights = self.store.project.graph.weights
        name = data.draw(st.sampled_from(list(weights)))
        index = tuple(data.draw(st.integers(0, size - 1)) for size in weights[name].shape)
        self.attempt(edits.cut if cut else edits.join, name, index)
        self.attempt(edits.set_weight, name, index, 0.5)
        self.attempt(edits.freeze_entries, name, index, cut)

    @rule(id=st.sampled_from(DATA))
    def bind(self, id: str) -> None:
        self.attempt(edits.bind_data, datasets[id].default_spec())

    @rule(seed=st.integers(0, 3))
    def reset(self, seed: int) -> None:
        self.attempt(edits.reset_weights, seed)

    @rule()
    def tidy(self) -> None:
        self.attempt(edits.tidy)

    @rule(data=st.data())
    def cut_and_paste(self, data: st.DataObject) -> None:
        ids = [self.node(data), self.node(data)]
        self.fragment = from_text(to_text(copy(self.store.project, ids)))

    @rule()
    def paste(self) -> None:
        if len(self.store.project.graph.nodes) < 15:
            self.attempt(edits.paste, self.fragment)

    @rule()
    def note(self) -> None:
        self.attempt(edits.add_note, "note", 0, 0)

    @rule(data=st.data())
    def mend(self, data: st.DataObject) -> None:
        found = [problem for problem in problems(self.store.project) if problem.fix]
        if found:
            problem = data.draw(st.sampled_from(found))
            self.store.apply("Mend", apply_fix, problem.fix, problem.arguments)
            left = problems(self.store.project)
            assert all(
                (other.code, other.node, other.text) != (problem.code, problem.node, problem.text)
                for other in left
            )

    @rule()
    def undo(self) -> None:
        if self.store.can_undo:
            self.store.undo()

    @rule()
    def redo(self) -> None:
        if self.store.can_redo:
            self.store.redo()

    @rule()
    def undo_and_redo_come_back(self) -> None:
        before = self.store.project
        if self.store.can_undo:
            self.store.undo()
            self.store.redo()
            after = self.store.project
            assert (after.graph, after.data, after.training) == (
                before.graph,
                before.data,
                before.training,
            )
            assert after.masks.keys() == before.masks.keys()
            assert after is before or self.absorbed

    @rule(step=st.booleans())
    def train(self, step: bool) -> None:
        graph = self.store.project.graph
        live = {name: np.full(weight.shape, 0.25) for name, weight in graph.weights.items()}
        if step:
            self.store.apply("Trained", edits.set_weights, live, half="weights")
        else:
            self.store.absorb(edits.set_weights, live)
            self.absorbed = True

    @rule()
    def save_and_open(self) -> None:
        project = self.store.project
        save(project, self.file)
        opened = open_project(self.file)
        assert not opened.warnings
        assert list(entries_of(opened.project)) == list(entries_of(project))
        self.store.replace(opened.project, self.file)

    @invariant()
    def the_graph_is_whole(self) -> None:
        graph = self.store.project.graph
        ids = [node.id for node in graph.nodes]
        assert len(set(ids)) == len(ids)
        assert len(graph.order) == len(ids)
        for wire in graph.wires:
            assert wire.source in graph
            ports = {port.name: port for port in graph[wire.target].layer.ports}
            assert wire.target_port in ports
        assert set(self.store.project.places) == set(ids)
        for members in self.store.project.groups.values():
            assert set(members) <= set(ids)

    @invariant()
    def numbers_fit_the_graph(self) -> None:
        project = self.store.project
        for name, array in project.weights.items():
            assert name.partition("/")[0] in project.graph
            assert not array.flags.writeable
            if name in project.graph.weights:
                assert array.shape == project.graph.weights[name].shape, name
                assert np.isfinite(array).all()
        for name, array in project.masks.items():
            weight = project.graph.weights.get(name.rpartition(".")[0])
            assert weight is None or array.shape == weight.shape

    @invariant()
    def problems_are_known_and_never_raise(self) -> None:
        project = self.store.project
        for one in RULES:
            list(one(project))
        if can_train(project):
            network_of(project)


Editing.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestEditing = Editing.TestCase
