"""The data floor: tables, what their columns are for, and the arrays a network learns from."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.health import Finding, health
from nnstudio.data.labels import shown_name
from nnstudio.data.load import EMBED_LIMIT, file_source, fits_in_project, load
from nnstudio.data.prepare import Examples, Fitted, Prepared, Range, prepare
from nnstudio.data.propose import propose
from nnstudio.data.readers import TablePreview, inspect_table, read_table
from nnstudio.data.spec import ColumnSpec, DataSpec, FeatureStep, Source, Split
from nnstudio.data.stored import table_from_bytes, table_to_bytes
from nnstudio.data.table import KINDS, Column, Table

__all__ = [
    "EMBED_LIMIT",
    "KINDS",
    "Column",
    "ColumnSpec",
    "DataSpec",
    "Dataset",
    "Examples",
    "FeatureStep",
    "Finding",
    "Fitted",
    "Prepared",
    "Range",
    "Source",
    "Split",
    "Table",
    "TablePreview",
    "datasets",
    "file_source",
    "fits_in_project",
    "health",
    "inspect_table",
    "load",
    "prepare",
    "propose",
    "read_table",
    "shown_name",
    "table_from_bytes",
    "table_to_bytes",
]

datasets.sort(key=lambda dataset: (dataset.order,))
