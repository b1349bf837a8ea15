"""The shape of `project.json`, format 1; docs and tests read it, `project_file` converts it."""

from typing import Annotated, Any

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]
Short = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(max_length=1000)]
Place = tuple[float, float]
Scalar = bool | int | float | str | None
Count = Annotated[int, Meta(ge=0, le=2**53)]


class NodeFile(Struct, frozen=True):
    """One layer: its kind and the settings that differ from the defaults."""

    id: Id
    kind: Short
    settings: dict[str, Any] = {}
    label: Short = ""


class WireFile(Struct, frozen=True, array_like=True):
    """[source, source port, target, target port]."""

    source: Id
    source_port: Short
    target: Id
    target_port: Short


class NoteFile(Struct, frozen=True):
    """A note on the canvas."""

    id: Id
    text: Annotated[str, Meta(max_length=4000)]
    x: float
    y: float


class OptimizerFile(Struct, frozen=True):
    """The optimiser by its id."""

    kind: Short
    settings: dict[str, Scalar] = {}


class TrainingFile(Struct, frozen=True):
    """The training plan; `settings` are those that differ from the defaults."""

    optimizer: OptimizerFile
    settings: dict[str, Scalar] = {}


class SourceFile(Struct, frozen=True):
    """Where the table comes from."""

    kind: Short
    id: Name = ""
    settings: list[tuple[Short, Scalar]] = []
    path: Name = ""
    sha256: Short = ""
    choices: list[tuple[Short, Scalar]] = []


class ColumnFile(Struct, frozen=True):
    """What a column is for."""

    name: Name
    kind: Short = "number"
    role: Short = "feature"
    scaling: Short = "standard"
    missing: Short = "median"
    threshold: float = 0.5


class FeatureFile(Struct, frozen=True):
    """A derived column."""

    name: Name
    operation: Short
    columns: list[Name]
    scaling: Short = "none"


class SplitFile(Struct, frozen=True):
    """Shares of the rows."""

    train: float
    validation: float
    test: float
    stratify: bool = True
    shuffle: bool = True


class DataFile(Struct, frozen=True):
    """The data the project learns from."""

    source: SourceFile
    columns: list[ColumnFile]
    split: SplitFile
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0
    features: list[FeatureFile] = []


class RunFile(Struct, frozen=True):
    """Where training stands; arrays and curves are entries of their own."""

    epoch: Count = 0
    iteration: Count = 0
    generator: dict[str, Any] = {}


class ArrayFile(Struct, frozen=True):
    """One array of the manifest. `part` is weights, masks, slots or curves; `file` its entry."""

    part: Short
    name: Name
    file: Short
    shape: Annotated[list[Annotated[int, Meta(ge=0)]], Meta(max_length=8)]
    dtype: Short
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class TableFile(Struct, frozen=True):
    """One embedded table."""

    name: Name
    file: Short
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class ProjectFile(Struct, frozen=True):
    """The whole of `project.json`."""

    format_version: int
    min_reader: int
    nodes: Annotated[list[NodeFile], Meta(max_length=10_000)]
    wires: Annotated[list[WireFile], Meta(max_length=100_000)]
    training: TrainingFile
    program: Short = ""
    title: Short = ""
    template: Short = ""
    places: dict[Id, Place] = {}
    notes: Annotated[list[NoteFile], Meta(max_length=10_000)] = []
    groups: dict[Id, list[Id]] = {}
    objective: Short = "supervised"
    data: DataFile | None = None
    fitted: dict[str, Any] | None = None
    run: RunFile = RunFile()
    arrays: Annotated[list[ArrayFile], Meta(max_length=20_000)] = []
    tables: Annotated[list[TableFile], Meta(max_length=100)] = []
