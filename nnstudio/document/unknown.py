"""Unknown: stands for a layer this version doesn't know, keeps its values and can't run."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from nnstudio.engine.layer import Layer, Port, Shape
from nnstudio.errors import StudioError
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.parameters import Text, Texts


class Unknown(Layer):
    """A placeholder: `kind_name` and `stored` (JSON) are saved again exactly as they were read.

    It is in no registry, so nobody can add one; its shape is never known.
    """

    id: ClassVar[str] = "unknown"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Layer", "Unknown layer")
    help: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Layer", "Made by another version of the program; it is kept, but it can't run here."
    )
    parameters = (
        Text(name="kind_name", label=QT_TRANSLATE_NOOP("Parameter", "Kind")),
        Text(
            name="stored",
            label=QT_TRANSLATE_NOOP("Parameter", "Values"),
            default="{}",
            maximum_length=100_000,
        ),
        Texts(name="inputs", label=QT_TRANSLATE_NOOP("Parameter", "Input ports")),
    )
    kind_name: str
    stored: str
    inputs: tuple[str, ...]

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        names = self.inputs or ("input",)
        self.__dict__["ports"] = tuple(Port(name, variadic=True) for name in names)

    @property
    def kind(self) -> str:
        """The kind the file named."""
        return self.kind_name

    @property
    def values(self) -> dict[str, Any]:
        """The settings the file gave."""
        return dict(json.loads(self.stored))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        self._refuse()

    def kernel(self, site: Any) -> NoReturn:
        self._refuse()

    def lower(self, *given: Any, **named: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StudioError(
            translate("Problem", "This version doesn't know the layer “{kind}”.").format(
                kind=self.kind_name
            ),
            translate("Problem", "Open the project in a newer version, or replace the layer."),
        )


def unknown_layer(kind: str, settings: Mapping[str, Any], ports: tuple[str, ...] = ()) -> Unknown:
    """Return a placeholder for a layer as a file describes it."""
    stored = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True, allow_nan=False)
    return Unknown(kind_name=kind[:200], stored=stored, inputs=tuple(dict.fromkeys(ports)))
