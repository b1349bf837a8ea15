"""The kind of a built-in dataset and the registry of them all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from nnstudio.data.propose import propose
from nnstudio.data.spec import ALL_TRAINING, DataSpec, FeatureStep, Source, Split
from nnstudio.data.table import Table
from nnstudio.parameters import Parameter, check_all
from nnstudio.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A dataset shipped with the program: generated from settings or read from resources.

    `label` and `help` are English sources in the context "Dataset", column names in "Column".
    `generate(**settings)` returns the table; `targets` and `scaling` are what a new project
    starts with. `origin` names source and licence of real data, `words` lists the names of
    columns and classes that have a translation (context "Column").
    """

    id: str
    label: str
    help: str
    generate: Callable[..., Table]
    targets: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()
    scaling: str = "none"
    split: Split = ALL_TRAINING
    features: tuple[FeatureStep, ...] = ()
    group: str = "toy"
    order: int = 100
    origin: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)

    def missing(self) -> str:
        """Return why the dataset can't be used now; "" because every one is shipped."""
        return ""

    def settings(self, **given: Any) -> dict[str, Any]:
        """Return all settings, checked, defaults filled in; raise StudioError otherwise."""
        return dict(check_all(self.parameters, given, self.label))

    def load(self, **given: Any) -> Table:
        """Return the table for these settings; same settings, same values."""
        return _generated(self, tuple(self.settings(**given).items()))

    def source(self, **given: Any) -> Source:
        """Return the Source that reproduces `load(**given)`."""
        return Source("builtin", self.id, tuple(self.settings(**given).items()))

    def default_spec(self, **given: Any) -> DataSpec:
        """Return the DataSpec a new project starts with: every column is an input or a target."""
        spec = propose(self.load(**given), self.source(**given), self.targets)
        columns = tuple(
            replace(
                column,
                role="target" if column.name in self.targets else "feature",
                scaling=self.scaling,
            )
            for column in spec.columns
        )
        return replace(spec, columns=columns, split=self.split, features=self.features)


@lru_cache(maxsize=8)
def _generated(dataset: Dataset, settings: tuple[tuple[str, Any], ...]) -> Table:
    """Make the table once for the same settings; tables never change, so they are shared."""
    return replace(dataset.generate(**dict(settings)), name=dataset.id)


datasets: Registry[Dataset] = Registry("dataset", "nnstudio.data.builtin")
