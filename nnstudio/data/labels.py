"""Names of columns and classes as they are shown: those of shipped data are translated."""

from nnstudio.data.spec import Source
from nnstudio.i18n import translate


def shown_name(source: Source, name: str) -> str:
    """Return a column or class name for display; the user's own names stay as they are."""
    return translate("Column", name) if source.kind == "builtin" else name
