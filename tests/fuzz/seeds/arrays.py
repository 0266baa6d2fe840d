#!/usr/bin/python3
# arrays.py - makes the seeds in arrays-csv/, json/, npy/, npz/ and safetensors/
#
# SPDX-License-Identifier: MIT

import io
import json
import pathlib
import struct
import zipfile

folder = pathlib.Path(__file__).resolve().parent


def write(name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def npy(descr, shape, data, order="False", version=1):
    text = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}"
    prefix = 10 if version == 1 else 12
    text += " " * (-(prefix + len(text) + 1) % 64) + "\n"
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + length + text.encode() + data


def pack(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", **options) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, options.get("compression"))
    return stream.getvalue()


def tensors(header, data):
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


VECTOR = npy("<f4", "(2,)", struct.pack("<2f", 1.5, -0.0))
MATRIX = npy(">f8", "(2, 3)", struct.pack(">6d", *range(6)), "True")
write("npy/vector", VECTOR)
write("npy/matrix", MATRIX)
write("npy/number", npy("<i8", "()", struct.pack("<q", -7), version=2))
write("npy/halves", npy("<f2", "(1, 2, 2)", bytes(range(8)), version=3))
write("npy/empty", npy("|u1", "(0, 4)", b""))
write("npz/stored", pack([("fc1.weight.npy", MATRIX), ("fc1.bias.npy", VECTOR)]))
write("npz/deflated", pack([("a.npy", npy("|b1", "(300,)", bytes(300)))], compression=zipfile.ZIP_DEFLATED))
write("npz/other", pack([("a.npy", VECTOR), ("readme.txt", b"hello")]))
write("npz/nothing", pack([]))
ONE = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}
write("safetensors/one", tensors({"__metadata__": {"format": "pt"}, "w": ONE}, struct.pack("<2f", 1, 2)))
write("safetensors/types", tensors({
    "a": {"dtype": "I64", "shape": [], "data_offsets": [0, 8]},
    "b": {"dtype": "BF16", "shape": [1, 2], "data_offsets": [8, 12]},
    "c": {"dtype": "BOOL", "shape": [0, 3], "data_offsets": [12, 12]},
    "d": {"dtype": "F16", "shape": [2], "data_offsets": [12, 16]},
}, bytes(range(16))))
write("safetensors/nothing", tensors({}, b""))
write("json/network", '{"fc1": {"weight": [[1.5, -0.0], [2, 3e-45]], "bias": [0.1, 1]}, "n": 7}')
write("json/list", "[[1, 2, 3], [4, 5, 6]]")
write("json/deep", '{"a": [[[[1]], [[2]]]], "b": [], "c": [[], []]}')
write("arrays-csv/network", "parameter,i,j,value\nw,0,0,1.5\nw,0,1,-0.0\nb,0,,3e-45\nn,,,7\n")
write("arrays-csv/cube", 'parameter,i,j,k,value\r\n"c, ""d""",0,0,0,nan\r\n"c, ""d""",0,0,1,-inf\r\n')
