# read-snapshot.py - what another program finds in a snapshot
#
# SPDX-License-Identifier: MIT
#
# Prints one line "NAME DTYPE SHAPE HEX" per parameter, in the file's order, DTYPE
# as NumPy writes it and HEX its values' bytes in the file. A file x.npz is read by
# read_npz (), and so on: .npz by numpy.load (), .safetensors by its published format
# and every rule of it, .json and .csv by the modules of these names.
# Exit status: 77 without NumPy where it is needed; 1 if a rule is broken.

import json
import math
import struct
import sys


def unique(pairs):
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"a name occurs twice: {names}"
    return dict(pairs)


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    (n_header,) = struct.unpack("<Q", content[:8])
    assert n_header <= 100_000_000 and 8 + n_header <= len(content), n_header
    assert n_header % 8 == 0, f"the data is not aligned: {n_header}"
    text = content[8 : 8 + n_header].decode("utf-8")
    data = content[8 + n_header :]
    assert text.startswith("{"), text
    assert text.rstrip(" ").endswith("}"), text
    header = json.loads(text, object_pairs_hook=unique)
    assert header.pop("__metadata__") == {"format": "pt"}
    place = 0
    for name, tensor in header.items():
        assert set(tensor) == {"dtype", "shape", "data_offsets"}, tensor
        begin, end = tensor["data_offsets"]
        assert begin == place, f"{name}: a hole or overlap at {place}"
        size = 4
        for n in tensor["shape"]:
            size *= n
        assert end - begin == size, f"{name}: {tensor}"
        dtype = {"F32": "<f4"}[tensor["dtype"]]
        yield name, dtype, tensor["shape"], data[begin:end]
        place = end
    assert place == len(data), f"{len(data) - place} bytes belong to nothing"


def read_npz(path):
    try:
        import numpy
    except ImportError:
        sys.exit(77)
    import zipfile

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            npy = archive.read(info)
            assert npy[:8] == b"\x93NUMPY\x01\x00", npy[:8]
            (n_header,) = struct.unpack("<H", npy[8:10])
            assert (10 + n_header) % 64 == 0, n_header
            assert npy[10 : 10 + n_header].endswith(b"\n")
            assert info.date_time == (1980, 1, 1, 0, 0, 0), info.date_time
    with numpy.load(path, allow_pickle=False) as arrays:
        for name in arrays.files:
            array = arrays[name]
            assert array.flags.c_contiguous, name
            yield name, array.dtype.str, array.shape, array.tobytes()


def pack(values):
    return b"".join(struct.pack("<f", value) for value in values)


def read_json(path):
    with open(path, encoding="utf-8") as file:
        arrays = json.load(file, object_pairs_hook=unique)
    for name, rows in arrays.items():
        flat = isinstance(rows[0], float)
        shape = (len(rows),) if flat else (len(rows), len(rows[0]))
        yield name, "<f4", shape, pack(rows if flat else sum(rows, []))


def read_csv(path):
    import csv

    arrays = {}
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        assert next(rows) == ["parameter", "i", "j", "value"]
        for name, i, j, value in rows:
            arrays.setdefault(name, []).append((int(i), *([int(j)] if j else []), float(value)))
    for name, values in arrays.items():
        shape = tuple(n + 1 for n in values[-1][:-1])
        assert len(values) == math.prod(shape), name
        assert values == sorted(values, key=lambda row: row[:-1]), name
        yield name, "<f4", shape, pack(row[-1] for row in values)


path = sys.argv[1]
read = globals()["read_" + path.rsplit(".", 1)[1]]
sys.stdout.reconfigure(encoding="utf-8")
for name, dtype, shape, values in read(path):
    print(name, dtype, "x".join(map(str, shape)), values.hex())
