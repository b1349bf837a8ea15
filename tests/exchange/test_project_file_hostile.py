"""Files made to harm: refused in words or opened, never a traceback, never a byte outside."""

import hashlib
import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.data.npy import from_npy, to_npy
from nnstudio.document.problems import RULES
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange import archive as archive_module
from nnstudio.exchange.archive import MIMETYPE
from nnstudio.exchange.project_file import entries_of, open_project, save
from tests.document.projects import circle

Entries = list[tuple[zipfile.ZipInfo | str, bytes]]


def entries() -> Entries:
    return [("mimetype", MIMETYPE), *entries_of(circle())]


def pack(path: Path, given: Entries, compress: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compress) as archive:
        for name, content in given:
            archive.writestr(name, content)
    return path


def plain() -> dict[str, Any]:
    return dict(json.loads(dict(entries())["project.json"]))


def with_plain(path: Path, value: bytes | dict[str, Any]) -> Path:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return pack(path, [(n, content if n == "project.json" else c) for n, c in entries()])


def with_weight(path: Path, content: bytes, **listed: Any) -> Path:
    """Put other bytes in the place of a weight, listed with the right hash."""
    given = plain()
    entry = next(e for e in given["arrays"] if e["name"] == "dense_1/weight")
    entry.update(sha256=hashlib.sha256(content).hexdigest(), **listed)
    other = {"project.json": json.dumps(given).encode(), "weights/dense_1/weight.npy": content}
    return pack(path, [(n, other.get(str(n), c)) for n, c in entries()])


def refused(path: Path) -> None:
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(StudioError) as caught:
        open_project(path)
    assert caught.value.text
    assert caught.value.hint
    assert sorted(path.parent.rglob("*")) == before


def test_the_helper_makes_good_files(tmp_path: Path) -> None:
    open_project(pack(tmp_path / "a.nns", entries()))
    open_project(pack(tmp_path / "a.nns", entries(), zipfile.ZIP_DEFLATED))
    open_project(with_plain(tmp_path / "a.nns", plain()))
    good = to_npy(np.ones((2, 4)))
    assert open_project(with_weight(tmp_path / "a.nns", good)).project.weights


def test_no_zip_no_file_a_folder(tmp_path: Path) -> None:
    for content in (b"", b"hello", b"PK\x05\x06" + b"\0" * 18, MIMETYPE * 1000):
        (tmp_path / "a.nns").write_bytes(content)
        refused(tmp_path / "a.nns")
    refused(tmp_path / "missing.nns")
    (tmp_path / "folder.nns").mkdir()
    refused(tmp_path / "folder.nns")


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/passwd",
        "weights/../../evil.npy",
        "weights\\..\\evil.npy",
        "C:/evil.npy",
        "weights/a/b/c/d.npy",
        "weights/",
        "evil.py",
        "data/.hidden/x",
        "weights/ü.npy",
        "Project.JSON",
        "weights/a\nb.npy",
    ],
)
def test_names_outside_the_list_are_refused(tmp_path: Path, name: str) -> None:
    refused(pack(tmp_path / "a.nns", [*entries(), (name, b"x")]))
    assert not (tmp_path.parent / "evil.txt").exists()


def test_entries_twice_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        pack(tmp_path / "a.nns", [*entries(), ("project.json", b"{}")])
    refused(tmp_path / "a.nns")
    refused(pack(tmp_path / "a.nns", [*entries(), ("weights/dense_1/WEIGHT.npy", b"x")]))


def test_links_encryption_and_foreign_packing_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("weights/link.npy")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    refused(pack(tmp_path / "a.nns", [*entries(), (link, b"/etc/passwd")]))
    refused(pack(tmp_path / "a.nns", entries(), zipfile.ZIP_BZIP2))
    refused(pack(tmp_path / "a.nns", entries(), zipfile.ZIP_LZMA))
    content = bytearray(pack(tmp_path / "a.nns", entries()).read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    (tmp_path / "a.nns").write_bytes(content)
    refused(tmp_path / "a.nns")


def test_bombs_are_refused_before_they_are_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = [*entries(), ("data/zeros.bin", bytes(30 * 2**20))]
    refused(pack(tmp_path / "a.nns", bomb, zipfile.ZIP_DEFLATED))
    many = [*entries(), *((f"data/{n}", b"") for n in range(20_001))]
    refused(pack(tmp_path / "a.nns", many))
    monkeypatch.setattr(archive_module, "MAXIMUM_ENTRY", 1000)
    refused(pack(tmp_path / "a.nns", [*entries(), ("data/big", bytes(1001))]))
    monkeypatch.undo()
    monkeypatch.setattr(archive_module, "MAXIMUM_FILE", 2000)
    refused(pack(tmp_path / "a.nns", entries()))


def test_sizes_that_lie_are_refused(tmp_path: Path) -> None:
    good = pack(tmp_path / "a.nns", entries(), zipfile.ZIP_DEFLATED).read_bytes()
    place = good.find(b"PK\x01\x02", good.find(b"PK\x01\x02") + 1)
    for size in (0, 10, 2**31 - 1):
        content = bytearray(good)
        content[place + 24 : place + 28] = struct.pack("<L", size)
        (tmp_path / "a.nns").write_bytes(content)
        refused(tmp_path / "a.nns")
    place = good.rfind(b"PK\x05\x06")
    for count, size in ((60_000, 100), (20, 2**31)):
        content = bytearray(good)
        content[place + 8 : place + 12] = struct.pack("<HH", count, count)
        content[place + 12 : place + 16] = struct.pack("<L", size)
        (tmp_path / "a.nns").write_bytes(content)
        refused(tmp_path / "a.nns")


def test_a_huge_zip64_directory_is_refused(tmp_path: Path) -> None:
    good = pack(tmp_path / "a.nns", entries()).read_bytes()
    place = good.rfind(b"PK\x05\x06")
    record = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 10**9, 10**9, 10**12, 0)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, place, 1)
    (tmp_path / "a.nns").write_bytes(good[:place] + record + locator + good[place:])
    refused(tmp_path / "a.nns")


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    content = bytearray(pack(tmp_path / "a.nns", entries()).read_bytes())
    places = [i for i in range(len(content)) if content[i : i + 4] == b"PK\x01\x02"]
    second = content[places[2] + 42 : places[2] + 46]
    content[places[3] + 42 : places[3] + 46] = second
    (tmp_path / "a.nns").write_bytes(content)
    refused(tmp_path / "a.nns")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{",
        b"\xff\xfe",
        b'{"format_version": 1, "format_version": 1}',
        b'{"format_version": NaN}',
        b'{"format_version": Infinity, "min_reader": 1}',
        b'{"format_version": 1e999, "min_reader": 1}',
        b'{"format_version": ' + b"9" * 5000 + b', "min_reader": 1}',
        b'{"format_version": 0, "min_reader": 1}',
        b'{"format_version": true, "min_reader": 1}',
        b'{"format_version": 1, "min_reader": 1, "x": ' + b"[" * 100 + b"]" * 100 + b"}",
        b'{"x": ' + b"[" * 200_000,
        b'{"x": ' + b'{"a":' * 200_000,
    ],
)
def test_json_that_is_none_is_refused(tmp_path: Path, text: bytes) -> None:
    refused(with_plain(tmp_path / "a.nns", text))


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda p: p.pop("nodes"),
    lambda p: p.pop("training"),
    lambda p: p.update(nodes={}),
    lambda p: p.update(nodes=[p["nodes"][0]] * 2),
    lambda p: p.update(nodes=p["nodes"] * 5000),
    lambda p: p["nodes"][0].update(id="../x"),
    lambda p: p["nodes"][0].update(id=""),
    lambda p: p["nodes"][0].update(id=7),
    lambda p: p["nodes"][0].update(kind=None),
    lambda p: p["nodes"][0].update(settings=[1]),
    lambda p: p["nodes"][0].update(label="x" * 100_000),
    lambda p: p["wires"].append(["ghost", "output", "dense_1", "input"]),
    lambda p: p["wires"].append(["dense_1", "output", "dense_1", "input"]),
    lambda p: p["wires"].append(p["wires"][0]),
    lambda p: p["wires"].append(["dense_1", "output", "dense_3", "side"]),
    lambda p: p["wires"].append(["output_1", "output", "dense_3", "input"]),
    lambda p: p["wires"].append(["dense_1"]),
    lambda p: p["places"].update(dense_1=[1e300, 0]),
    lambda p: p["places"].update(dense_1=["a", 0]),
    lambda p: p["places"].update({"": [0, 0]}),
    lambda p: p.update(notes=[{"id": "a", "text": "x" * 5000, "x": 0, "y": 0}]),
    lambda p: p.update(notes=[{"id": "a", "text": "", "x": 0, "y": 1e300}]),
    lambda p: p.update(groups={"g": "dense_1"}),
    lambda p: p["training"].update(optimizer="adam"),
    lambda p: p["data"]["columns"][0].update(role="boss"),
    lambda p: p["data"]["split"].update(train=9.0),
    lambda p: p["data"]["split"].update(train="half"),
    lambda p: p["data"]["source"].update(kind="web"),
    lambda p: p["data"].update(seed=-1),
    lambda p: p.update(fitted={"codes": 5}),
    lambda p: p.update(fitted={"codes": [], "steps": [], "features": ["a"], "targets": []}),
    lambda p: p["fitted"]["codes"][0].update(scale=10**400),
    lambda p: p["run"].update(epoch=-1),
    lambda p: p["run"].update(epoch=10**30),
    lambda p: p.update(arrays=p["arrays"] * 2),
    lambda p: p["arrays"][0].update(file="project.json"),
    lambda p: p["arrays"][0].update(file="../../etc/passwd"),
    lambda p: p["arrays"][0].update(file="weights/missing.npy"),
    lambda p: p["arrays"][0].update(part="soul"),
    lambda p: p["arrays"][0].update(sha256="0" * 64),
    lambda p: p["arrays"][0].update(shape=[10**12]),
    lambda p: p["arrays"][0].update(shape=[-1]),
    lambda p: p["arrays"][0].update(dtype="object"),
    lambda p: p["arrays"][0].update(part="masks"),
    lambda p: p.update(tables=[{"name": "t", "file": "mimetype", "sha256": "0" * 64}]),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_contradictions_are_refused(tmp_path: Path, number: int) -> None:
    given = plain()
    CHANGES[number](given)
    refused(with_plain(tmp_path / "a.nns", given))


def header(text: str, body: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    line = text.encode().ljust(118) + b"\n"
    return b"\x93NUMPY" + version + struct.pack("<H", len(line)) + line + body


ARRAYS = [
    b"",
    b"\x93NUMPY",
    b"\x93NUMPY\x01\x00\xff\xff",
    to_npy(np.ones((2, 4)))[:-1],
    to_npy(np.ones((2, 4))) + b"x",
    header("{'descr': '|O', 'fortran_order': False, 'shape': (2, 4)}", pickle.dumps([1])),
    header("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 4)}", bytes(64)),
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 4)}", bytes(64), b"\x03\x00"),
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (10**9,)}", bytes(64)),
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}", bytes(64)),
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (-2, -4)}", bytes(64)),
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (True, 8)}", bytes(64)),
    header("{'descr': '<f8', 'fortran_order': False, 'shape': [2, 4]}", bytes(64)),
    header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 4)}", bytes(64)),
    header("__import__('os').system('touch evil')"),
    header("(" * 100),
    header("{'descr': '|b1', 'fortran_order': False, 'shape': (8,)}", b"\x02" * 8),
]


@pytest.mark.parametrize("number", range(len(ARRAYS)))
def test_arrays_that_lie_are_refused(tmp_path: Path, number: int) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_npy(ARRAYS[number])
    refused(with_weight(tmp_path / "a.nns", ARRAYS[number]))


def test_arrays_of_another_shape_than_listed_are_refused(tmp_path: Path) -> None:
    refused(with_weight(tmp_path / "a.nns", to_npy(np.ones((4, 2)))))
    refused(with_weight(tmp_path / "a.nns", to_npy(np.ones((2, 4), np.float32))))
    text = to_npy(np.ones((2, 4), np.int64))
    refused(with_weight(tmp_path / "a.nns", text, dtype="int64"))


def test_empty_arrays_are_refused(tmp_path: Path) -> None:
    refused(with_weight(tmp_path / "a.nns", to_npy(np.ones((0, 4)))))


def test_a_broken_view_is_no_reason_not_to_open(tmp_path: Path) -> None:
    for view in (b"{", b"[1]", b'{"a": NaN}', b"\xff"):
        opened = open_project(pack(tmp_path / "a.nns", [*entries(), ("view.json", view)]))
        assert opened.view == {}
    opened = open_project(pack(tmp_path / "a.nns", [*entries(), ("thumbnail.png", b"MZ")]))
    assert opened.thumbnail == b""


def test_random_bytes_changed_are_refused_or_read(tmp_path: Path, rng: np.random.Generator) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)
    good = path.read_bytes()
    outcomes = {"refused": 0, "opened": 0}
    for _ in range(1200):
        content = bytearray(good)
        for place in rng.integers(0, len(content), rng.integers(1, 4)):
            content[place] = rng.integers(0, 256)
        if rng.random() < 0.1:
            content = content[: rng.integers(0, len(content))]
        outcomes[_outcome(path, bytes(content))] += 1
    assert outcomes["refused"] > 200
    assert outcomes["opened"] > 20
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.nns"]


def test_random_json_changed_is_refused_or_read(tmp_path: Path, rng: np.random.Generator) -> None:
    """Corruption behind correct checksums: every value of project.json replaced by others."""
    strange = [None, True, -1, 0, 1e308, 2**70, "", "dense", [], {}, [[]], "x" * 300, 0.5]
    path = tmp_path / "a.nns"
    outcomes = {"refused": 0, "opened": 0}
    for _ in range(600):
        given = plain()
        _replace_somewhere(given, strange[rng.integers(len(strange))], rng)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, data in entries():
                text = json.dumps(given).encode() if name == "project.json" else data
                archive.writestr(name, text)
        outcomes[_outcome(path, content.getvalue())] += 1
    assert min(outcomes.values()) > 20


def _outcome(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    try:
        opened = open_project(path)
    except StudioError:
        return "refused"
    assert isinstance(opened.project, Project)
    list(entries_of(opened.project))
    for rule in RULES:
        list(rule(opened.project))
    return "opened"


def _replace_somewhere(value: Any, strange: Any, rng: np.random.Generator) -> None:
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = keys[rng.integers(len(keys))]
        below = value[key]
        if isinstance(below, dict | list) and below and rng.random() < 0.85:
            value = below
            continue
        value[key] = strange
        return


def test_checksums_of_the_zip_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)
    content = bytearray(path.read_bytes())
    place = content.find(b"\x93NUMPY") + 130
    content[place] ^= 1
    path.write_bytes(content)
    refused(path)
