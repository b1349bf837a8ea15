"""Collects every translatable text of nnstudio/, and compiles the Korean for it into ko.json.

    python packaging/update_translations.py           compile, and list what is missing
    python packaging/update_translations.py --prune   also sort, and drop what no text asks for

The Korean is written by hand in resources/i18n/parts/<area>.json, {context: {English: Korean}}, and
nowhere else; resources/i18n/ko.json is made from it for the program to read. Extraction reads the
syntax tree of each file. `pyside6-lupdate` would do it for most calls, but it silently passes over
text in brackets and cannot say which call it did not understand.
"""

import argparse
import ast
import json
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "resources" / "i18n" / "parts"
COMPILED = ROOT / "resources" / "i18n" / "ko.json"

Catalogue = dict[str, dict[str, str]]  # context -> English -> Korean


@dataclass(frozen=True)
class Call:
    """One text found in a call of translate or QT_TRANSLATE_NOOP."""

    context: str
    text: str
    place: str  # file:line


# --- finding the texts ----------------------------------------------------------------------


def extract(files: Iterable[Path], root: Path = ROOT) -> tuple[list[Call], list[str]]:
    """Return every text that can be shown, and a sentence for every call that can't be read."""
    calls: list[Call] = []
    problems: list[str] = []
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
            place = f"{file.relative_to(root).as_posix()}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ImportFrom) and node.module == "nnstudio.i18n":
                problems += [
                    f"{place} renames {name.name}; keep the name"
                    for name in node.names
                    if name.asname
                ]
            if isinstance(node, ast.Call) and (function := _name(node.func)):
                try:
                    calls += [Call(*found, place) for found in _texts(function, node)]
                except ValueError as error:
                    problems.append(f"{place} {function}: {error}")
    return calls, problems


def _name(function: ast.expr) -> str:
    """Return "translate" or "QT_TRANSLATE_NOOP" when this is what is called, else ""."""
    if isinstance(function, ast.Attribute):
        owner = function.value
        found = function.attr if isinstance(owner, ast.Name) and owner.id == "i18n" else ""
    else:
        found = function.id if isinstance(function, ast.Name) else ""
    return found if found in ("translate", "QT_TRANSLATE_NOOP") else ""


def _texts(function: str, call: ast.Call) -> Iterator[tuple[str, str]]:
    """Yield (context, text) of one call; raise ValueError when it breaks the rules."""
    if function == "translate" and len(call.args) == 1 and isinstance(call.args[0], ast.Starred):
        return  # a row of a table: (context, text), marked there
    if len(call.args) != 2 or call.keywords:
        raise ValueError("give a context and a text, by position")
    context, text = call.args
    if function == "translate" and isinstance(context, ast.Attribute) and context.attr == "context":
        if isinstance(text, ast.Constant):
            raise ValueError("a literal text needs a literal context")
        return  # a row of a table, marked there
    if not isinstance(context, ast.Constant) or not isinstance(context.value, str):
        raise ValueError("the context must be a literal")
    for part in _choices(text):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            _check_fields(part.value)
            if part.value:
                yield context.value, part.value
        elif function == "QT_TRANSLATE_NOOP" or not _looked_up(part):
            raise ValueError("the text must be a literal, or looked up in a table of marked texts")


def _choices(text: ast.expr) -> Iterator[ast.expr]:
    if isinstance(text, ast.IfExp):
        yield from _choices(text.body)
        yield from _choices(text.orelse)
    else:
        yield text


def _looked_up(text: ast.expr) -> bool:
    """Whether this names something that exists, rather than gluing a text together."""
    if isinstance(text, ast.Call):
        glue = isinstance(text.func, ast.Attribute) and text.func.attr in ("format", "join")
        return not glue
    return isinstance(text, ast.Name | ast.Attribute | ast.Subscript)


def _check_fields(text: str) -> None:
    if any(not name.isidentifier() for name in fields(text)):
        raise ValueError(f"every field needs a name: {text!r}")


def fields(text: str) -> list[str]:
    """Return the names of the {fields} of a text, sorted; raise ValueError on a stray brace."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


# --- the Korean -----------------------------------------------------------------------------


def read_parts(folder: Path = PARTS) -> tuple[Catalogue, list[str]]:
    """Return the merged Korean, and a sentence for every text translated in two places."""
    merged: Catalogue = {}
    origin: dict[tuple[str, str], str] = {}
    problems = []
    for file in sorted(folder.glob("*.json")):
        part: Catalogue = json.loads(file.read_text("utf-8"))
        for context, texts in part.items():
            for english, korean in texts.items():
                other = origin.setdefault((context, english), file.name)
                if other != file.name:
                    problems.append(f"{other} and {file.name} both translate {context}: {english}")
                merged.setdefault(context, {})[english] = korean
    return merged, problems


def compile_catalogue(calls: Iterable[Call], korean: Catalogue) -> tuple[Catalogue, Catalogue]:
    """Return what the program reads, and what is missing (its Korean left empty), both sorted."""
    compiled: Catalogue = {}
    missing: Catalogue = {}
    for context, text in sorted({(call.context, call.text) for call in calls}):
        found = korean.get(context, {}).get(text, "")
        (compiled if found else missing).setdefault(context, {})[text] = found
    return compiled, missing


def mismatched(compiled: Catalogue) -> list[str]:
    """Return a sentence for every translation whose {fields} differ from the English."""
    found = []
    for context, texts in compiled.items():
        for english, korean in texts.items():
            try:
                same = fields(english) == fields(korean)
            except ValueError:
                same = False
            if not same:
                found.append(f"{context}: {english!r} and {korean!r} have different fields")
    return found


def unused(calls: Iterable[Call], korean: Catalogue) -> list[str]:
    """Return "context: English" of every translation that no text asks for."""
    asked = {(call.context, call.text) for call in calls}
    return [
        f"{context}: {english}"
        for context, texts in korean.items()
        for english in texts
        if (context, english) not in asked
    ]


def prune(calls: Iterable[Call], folder: Path = PARTS) -> None:
    """Rewrite the parts sorted, without what no text asks for and without second copies."""
    wanted = {(call.context, call.text) for call in calls}
    for file in sorted(folder.glob("*.json")):
        part: Catalogue = json.loads(file.read_text("utf-8"))
        kept: Catalogue = {}
        for context in sorted(part):
            for english in sorted(part[context]):
                if (context, english) in wanted:
                    wanted.remove((context, english))
                    kept.setdefault(context, {})[english] = part[context][english]
        file.write_text(as_json(kept), "utf-8")


def as_json(catalogue: Catalogue) -> str:
    """Return a catalogue as the text of its file."""
    return json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Compile; return 1 when something is missing or wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--prune", action="store_true", help="drop Korean that no text asks for")
    options = parser.parse_args()
    calls, problems = extract((ROOT / "nnstudio").rglob("*.py"))
    if options.prune:
        prune(calls)
    korean, doubles = read_parts()
    compiled, missing = compile_catalogue(calls, korean)
    COMPILED.write_text(as_json(compiled), "utf-8")
    problems += doubles + mismatched(compiled)
    if missing:
        print("Missing Korean; add it to a file in resources/i18n/parts:\n" + as_json(missing))
    for sentence in problems:
        print(sentence)
    old = unused(calls, korean)
    if old:
        print("No text asks for these any more (--prune drops them):", *old, sep="\n  ")
    done, open_ = (sum(map(len, part.values())) for part in (compiled, missing))
    print(f"{done} texts in Korean, {open_} missing, {len(problems)} problems")
    return 1 if missing or problems else 0


if __name__ == "__main__":
    sys.exit(main())
