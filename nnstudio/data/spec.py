"""What a project says about its data: where it comes from, what each column is for, the split."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nnstudio.errors import StudioError
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate

Scalar = bool | int | float | str | None

ROLES = ("feature", "target", "ignore")
SCALINGS = ("standard", "minmax", "none", "binarise")
MISSING = ("median", "mean", "most_frequent", "drop", "error")
OPERATIONS = ("square", "product", "sin")

ROLE_LABELS = (
    ("feature", QT_TRANSLATE_NOOP("Choice", "input")),
    ("target", QT_TRANSLATE_NOOP("Choice", "target")),
    ("ignore", QT_TRANSLATE_NOOP("Choice", "not used")),
)
SCALING_LABELS = (
    ("standard", QT_TRANSLATE_NOOP("Choice", "mean 0, deviation 1")),
    ("minmax", QT_TRANSLATE_NOOP("Choice", "from 0 to 1")),
    ("none", QT_TRANSLATE_NOOP("Choice", "as it is")),
    ("binarise", QT_TRANSLATE_NOOP("Choice", "0 or 1 by a threshold")),
)
MISSING_LABELS = (
    ("median", QT_TRANSLATE_NOOP("Choice", "fill with the median")),
    ("mean", QT_TRANSLATE_NOOP("Choice", "fill with the mean")),
    ("most_frequent", QT_TRANSLATE_NOOP("Choice", "fill with the most frequent value")),
    ("drop", QT_TRANSLATE_NOOP("Choice", "leave the row out")),
    ("error", QT_TRANSLATE_NOOP("Choice", "stop with a message")),
)
KIND_LABELS = (
    ("number", QT_TRANSLATE_NOOP("Choice", "number")),
    ("category", QT_TRANSLATE_NOOP("Choice", "category")),
    ("date", QT_TRANSLATE_NOOP("Choice", "date")),
    ("text", QT_TRANSLATE_NOOP("Choice", "text")),
    ("tensor", QT_TRANSLATE_NOOP("Choice", "picture or array")),
)
OPERATION_LABELS = (
    ("square", QT_TRANSLATE_NOOP("Choice", "square")),
    ("product", QT_TRANSLATE_NOOP("Choice", "product of two")),
    ("sin", QT_TRANSLATE_NOOP("Choice", "sine")),
)


@dataclass(frozen=True)
class Source:
    """Where the table comes from.

    "builtin": `id` is a dataset, `settings` its parameters. "embedded": `id` names the table
    inside the project file, `path` is the name of the file it came from. "file": `path` is
    relative to the project's folder, `sha256` the hash of its bytes when it was read, `choices`
    how it was read (see `readers.choices`).
    """

    kind: str
    id: str = ""
    settings: tuple[tuple[str, Scalar], ...] = ()
    path: str = ""
    sha256: str = ""
    choices: tuple[tuple[str, Scalar], ...] = ()


@dataclass(frozen=True)
class ColumnSpec:
    """What one column is for.

    `kind` is how the column is treated: a column of numbers may be treated as a category.
    `threshold` is used by the scaling "binarise", in the column's own unit: value >= threshold.
    """

    name: str
    kind: str = "number"
    role: str = "feature"
    scaling: str = "standard"
    missing: str = "median"
    threshold: float = 0.5


@dataclass(frozen=True)
class FeatureStep:
    """A derived input column: `operation` applied to the raw values of `columns`.

    square: x²; product: x₁·x₂; sin: of x in radians.
    """

    name: str
    operation: str
    columns: tuple[str, ...]
    scaling: str = "none"


@dataclass(frozen=True)
class Split:
    """Shares of the rows for training, validation and test; they add up to 1.

    `stratify` keeps the share of every class of a category target in each part. Without
    `shuffle` the rows are cut in their order: training first, test last (time series).
    """

    train: float = 0.64
    validation: float = 0.16
    test: float = 0.20
    stratify: bool = True
    shuffle: bool = True


ALL_TRAINING = Split(1.0, 0.0, 0.0)


@dataclass(frozen=True)
class DataSpec:
    """Everything a project says about its data; a value, saved as JSON."""

    source: Source
    columns: tuple[ColumnSpec, ...]
    split: Split = Split()
    # 1, because with 0 most of Iris's doubtful flowers fall into its 30 test rows
    seed: int = 1
    features: tuple[FeatureStep, ...] = ()

    def column(self, name: str) -> ColumnSpec:
        """Return the ColumnSpec called `name`; raise StudioError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        text = translate("Data", "The data has no column “{name}”.").format(name=name)
        names = ", ".join(column.name for column in self.columns)
        raise StudioError(text, translate("Data", "Its columns are: {names}.").format(names=names))

    def feature_columns(self) -> tuple[str, ...]:
        """Return the inputs in order: columns with the role "feature", then derived ones."""
        own = tuple(column.name for column in self.columns if column.role == "feature")
        return own + tuple(step.name for step in self.features)

    def target_columns(self) -> tuple[str, ...]:
        """Return the columns with the role "target", in order."""
        return tuple(column.name for column in self.columns if column.role == "target")

    def with_column(self, name: str, **changes: str | float) -> "DataSpec":
        """Return this spec with some settings of the column `name` replaced."""
        self.column(name)
        return replace(
            self,
            columns=tuple(
                replace(column, **changes) if column.name == name else column  # type: ignore[arg-type]
                for column in self.columns
            ),
        )

    def with_target(self, names: Iterable[str]) -> "DataSpec":
        """Return this spec with exactly `names` as targets; former targets become inputs."""
        wanted = set(names)
        for name in wanted:
            self.column(name)

        def role(column: ColumnSpec) -> str:
            if column.name in wanted:
                return "target"
            return "feature" if column.role == "target" else column.role

        return replace(self, columns=tuple(replace(c, role=role(c)) for c in self.columns))


def check_spec(spec: DataSpec) -> None:
    """Raise StudioError when a value of `spec` is outside its list or the split isn't whole."""
    _check_split(spec.split)
    names = [column.name for column in spec.columns] + [step.name for step in spec.features]
    for name, count in Counter(names).items():
        if count > 1:
            text = translate("Data", "Two columns are called “{name}”.").format(name=name)
            raise StudioError(text, translate("Data", "Give one of them another name."))
    for column in spec.columns:
        _check_word(column.role, ROLES)
        _check_word(column.scaling, SCALINGS)
        _check_word(column.missing, MISSING)
        _check_word(column.kind, tuple(id for id, _ in KIND_LABELS))
    for step in spec.features:
        _check_word(step.operation, OPERATIONS)
        _check_word(step.scaling, SCALINGS)
        needed = 2 if step.operation == "product" else 1
        if len(step.columns) != needed:
            text = translate("Data", "The derived column “{name}” needs {count} columns.")
            raise StudioError(
                text.format(name=step.name, count=needed),
                translate("Data", "Choose the columns it is computed from."),
            )
        for name in step.columns:
            if spec.column(name).kind not in ("number", "date"):
                text = translate("Data", "“{name}” can't be computed from “{column}”.")
                raise StudioError(
                    text.format(name=step.name, column=name),
                    translate("Data", "Choose a column of numbers."),
                )


def _check_split(split: Split) -> None:
    shares = (split.train, split.validation, split.test)
    if not all(0 <= share <= 1 for share in shares) or abs(sum(shares) - 1) > 1e-9:
        text = translate("Data", "The shares {shares} don't add up to the whole.")
        raise StudioError(
            text.format(shares=" + ".join(f"{share:g}" for share in shares)),
            translate("Data", "Choose three shares from 0 to 1 that add up to 1."),
        )
    if split.train <= 0:
        raise StudioError(
            translate("Data", "There are no rows left for training."),
            translate("Data", "Give the training part a share above 0."),
        )


def _check_word(value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        text = translate("Data", "“{value}” is not known here.").format(value=value)
        raise StudioError(
            text, translate("Data", "Use one of: {ids}.").format(ids=", ".join(known))
        )
