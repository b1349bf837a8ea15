"""Reads which module of the program imports what, where in the file, without running anything."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "nnstudio"


@dataclass(frozen=True)
class Import:
    """One imported module. `when` is "start", "call" (inside a function) or "typing"."""

    importer: str
    imported: str
    when: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def module_name(file: Path) -> str:
    """Return "nnstudio.engine.graph" for its file; a package has its own name."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Return every module of the program by its name."""
    return {module_name(file): file for file in sorted(PROGRAM.rglob("*.py"))}


@cache
def tree(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(modules()[module].read_text("utf-8"))


@cache
def imports() -> tuple[Import, ...]:
    """Return every import of every module."""
    found: list[Import] = []
    for module in modules():
        _collect(tree(module), module, "start", found)
    return tuple(found)


def floor(module: str) -> str:
    """Return the floor a module belongs to: "engine", "ui", ..., "start" or "leaves"."""
    parts = module.split(".")
    if len(parts) == 1 or parts[1] in ("cli", "__main__"):
        return "start"
    return parts[1] if (PROGRAM / parts[1]).is_dir() else "leaves"


def _collect(node: ast.AST, module: str, when: str, found: list[Import]) -> None:
    for child in ast.iter_child_nodes(node):
        inner = when
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inner = "call"
        elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            inner = "typing"
        elif isinstance(child, ast.Import):
            found += [Import(module, name.name, when, child.lineno) for name in child.names]
        elif isinstance(child, ast.ImportFrom):
            found += [
                Import(module, target, when, child.lineno) for target in _targets(child, module)
            ]
        _collect(child, module, inner, found)


def _targets(node: ast.ImportFrom, module: str) -> list[str]:
    """Return what `from a import b, c` loads: the modules a.b, a.c, else a itself."""
    base = node.module or ""
    if node.level:
        raise SyntaxError(f"{module}:{node.lineno} uses a relative import; write it in full")
    known = modules()
    return list(
        dict.fromkeys(
            f"{base}.{name.name}" if f"{base}.{name.name}" in known else base for name in node.names
        )
    )
