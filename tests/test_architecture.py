"""The rules that keep the floors of the house apart, each as one sentence."""

import ast
import graphlib
import json
import re
import subprocess
import sys
import tomllib

import pytest

from tests.helpers.imports import PROGRAM, ROOT, Import, floor, imports, modules, tree

# Which floors a floor may know, besides itself.
BELOW = {
    "leaves": set(),
    "engine": {"leaves"},
    "data": {"leaves"},
    "document": {"leaves", "engine", "data"},
    "training": {"leaves", "engine", "data", "document"},
    "exchange": {"leaves", "engine", "data", "document"},
    "lessons": {"leaves", "engine", "data", "document", "training"},
    "services": {"leaves", "engine", "data", "document", "training", "exchange", "lessons"},
}
BELOW["ui"] = {*BELOW["services"], "services", "start"}
BELOW["start"] = {*BELOW["services"], "services"}

# Which libraries a floor may use, besides the standard library.
LIBRARIES = {
    "leaves": set(),
    "engine": {"numpy", "threadpoolctl"},
    "data": {"numpy", "python_calamine", "PIL"},
    "document": {"numpy"},
    "training": {"numpy", "threadpoolctl"},
    "exchange": {"numpy", "msgspec", "onnx", "safetensors"},
    "lessons": {"numpy"},
    "services": {"numpy", "platformdirs"},
    "ui": {"numpy", "PySide6", "shiboken6", "pyqtgraph", "qtawesome"},
    "start": {"numpy"},
}

# Libraries the program can do without: used where they are installed, never required.
OPTIONAL = {"exchange": {"onnxruntime"}}

# Heavy libraries that may be imported where they are needed instead of at the start.
HEAVY = {"PIL", "msgspec", "onnx", "pyqtgraph", "python_calamine", "qtawesome", "safetensors"}
HEAVY |= set().union(*OPTIONAL.values())

# Modules that may import others of the program inside functions, and why.
LAZY = (
    "nnstudio.__main__",  # a command must not wait for what it doesn't use
    "nnstudio.cli",
    "nnstudio.ui.app",  # the window is shown before the plots are loaded
    "nnstudio.ui.guard",  # looks at Qt's version before it dares to load Qt
)

# Modules over 300 lines that are still one idea each.
LONG: set[str] = set()

# Where the program runs source it has written itself (numbers and indices, never a text).
RUNS_SOURCE = {"nnstudio.engine.plans.code", "nnstudio.engine.plans.scalar_plan"}


def library(name: str) -> str:
    return name.partition(".")[0]


def foreign() -> list[Import]:
    """Imports of libraries that are neither the program nor Python's own."""
    own = {*sys.stdlib_module_names, "nnstudio"}
    return [found for found in imports() if library(found.imported) not in own]


def inside() -> list[Import]:
    """Imports of one module of the program by another."""
    return [found for found in imports() if library(found.imported) == "nnstudio"]


def listed(found: list[Import]) -> list[str]:
    return [str(one) for one in found]


def test_a_floor_knows_only_the_floors_below() -> None:
    wrong = [
        found
        for found in inside()
        if floor(found.imported) not in {floor(found.importer), *BELOW[floor(found.importer)]}
        and found.imported != "nnstudio"  # the version
        and not (floor(found.importer) == "start" and found.when in ("call", "typing"))
    ]
    assert listed(wrong) == []


def test_every_folder_of_the_program_is_a_known_floor() -> None:
    folders = {folder.name for folder in PROGRAM.iterdir() if (folder / "__init__.py").exists()}
    assert folders == {*BELOW, "cli"} - {"leaves", "start"}


def test_only_the_start_imports_the_window_and_only_when_it_is_asked_for() -> None:
    wrong = [
        found
        for found in inside()
        if floor(found.imported) == "ui"
        and floor(found.importer) != "ui"
        and not (floor(found.importer) == "start" and found.when == "call")
    ]
    assert listed(wrong) == []


def test_a_floor_uses_only_its_own_libraries() -> None:
    wrong = []
    for found in foreign():
        name, home = library(found.imported), floor(found.importer)
        optional = found.when == "call" and name in OPTIONAL.get(home, set())
        if name not in LIBRARIES[home] and not optional:
            wrong.append(found)
    assert listed(wrong) == []


def test_qt_is_known_in_the_window_only() -> None:
    qt = {"PySide6", "shiboken6", "pyqtgraph", "qtawesome", "qtpy"}
    wrong = [
        found
        for found in foreign()
        if library(found.imported) in qt and floor(found.importer) != "ui"
    ]
    assert listed(wrong) == []


def test_every_library_in_use_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[^\w-]", text)[0].lower() for text in project["dependencies"]}
    declared = {name.replace("-", "_") for name in names}
    declared |= {"pil"} if "pillow" in declared else set()
    declared |= {"pyside6", "shiboken6"} if "pyside6_essentials" in declared else set()
    used = {library(found.imported).lower() for found in foreign()}
    assert used - set().union(*OPTIONAL.values()) <= declared


def test_modules_do_not_import_each_other_in_circles() -> None:
    needs: dict[str, set[str]] = {name: set() for name in modules()}
    for found in inside():
        if found.when == "start" and found.imported != found.importer:
            needs[found.importer].add(found.imported)
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as error:
        pytest.fail(f"These import each other: {' → '.join(error.args[1])}", pytrace=False)


def test_imports_stand_at_the_top_except_for_heavy_libraries() -> None:
    wrong = [
        found
        for found in imports()
        if found.when == "call"
        and library(found.imported) not in HEAVY
        and not found.importer.startswith(LAZY)
    ]
    assert listed(wrong) == []


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a fresh Python holds after `statement`."""
    code = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_program_by_itself_loads_nothing() -> None:
    loaded = loaded_by("import nnstudio")
    assert {name for name in loaded if name.startswith("nnstudio.")} == set()
    assert "numpy" not in loaded


def test_the_engine_loads_numpy_and_no_other_floor() -> None:
    loaded = loaded_by("import nnstudio.engine")
    strangers = {library(name) for name in loaded} - {*sys.stdlib_module_names}
    assert strangers <= {"nnstudio", "numpy", "threadpoolctl", "cython_runtime"} | {
        name for name in strangers if name.startswith("_")
    }
    floors = {floor(name) for name in loaded if name.startswith("nnstudio.")}
    assert floors <= {"leaves", "engine"}


def test_nothing_below_the_window_loads_qt() -> None:
    below = [name for name in modules() if floor(name) not in ("ui", "start")]
    loaded = loaded_by("\n".join(f"import {name}" for name in below))
    assert not {library(name) for name in loaded} & {"PySide6", "shiboken6", "pyqtgraph"}


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    first = {name: (ast.get_docstring(tree(name)) or "").split("\n\n")[0] for name in modules()}
    assert [name for name, text in first.items() if not text.endswith((".", ":", "?"))] == []


def test_no_module_grows_beyond_three_hundred_lines() -> None:
    long = {
        name for name, file in modules().items() if len(file.read_text("utf-8").splitlines()) > 300
    }
    assert long <= LONG
    assert long >= LONG, "no longer long: take it off the list"


def test_no_file_format_can_run_code() -> None:
    unsafe = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    wrong = listed([found for found in imports() if library(found.imported) in unsafe])
    for name in modules():
        for node in ast.walk(tree(name)):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called in ("eval", "exec", "compile") and name not in RUNS_SOURCE:
                wrong.append(f"{name}:{node.lineno} calls {called}")
            for word in node.keywords:
                if word.arg == "allow_pickle" and ast.unparse(word.value) != "False":
                    wrong.append(f"{name}:{node.lineno} may load pickles")
    assert wrong == []


def test_nothing_is_left_half_done() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    wrong = [
        f"{name}:{number}"
        for name, file in modules().items()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert wrong == []


def test_texts_are_never_translated_by_qt_itself() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name in modules()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("tr", "trUtf8")
    ]
    assert wrong == []
