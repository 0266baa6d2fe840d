# make-arrays.py - files of arrays as NumPy and others write them, good and bad
#
# SPDX-License-Identifier: MIT
#
#   make-arrays.py FOLDER
#
# Writes the files into FOLDER and prints what must be found in them: a line "FILE" and
# then "NAME TYPE SHAPE HEX" for each array, HEX being its numbers as little-endian
# float32, row after row; or a line "FILE: PART OF THE MESSAGE" where it must be refused.
# Exit status 77 without NumPy.

import io
import json
import pathlib
import struct
import sys
import zipfile

try:
    import numpy
except ImportError:
    sys.exit(77)

folder = pathlib.Path(sys.argv[1])
F4_BITS = [0x80000000, 1, 0x807FFFFF, 0x7F800001, 0xFFC12345, 0x7F800000, 0xFF7FFFFF, 0x3F800001]
# Ties, both ways; below half the smallest subnormal; too large; subnormal in float32.
F8 = [1 + 2**-24, 1 + 3 * 2**-24, 1e-46, 1e39, 1.5e-45, -0.0, float("nan"), 0.1]
F2_BITS = [0x8000, 0x0001, 0x83FF, 0x7E01, 0xFC00, 0x7BFF, 0x3C01, 0x0400]
BF_BITS = [0x8000, 0x0001, 0x807F, 0x7F81, 0xFF80, 0x7F7F, 0x3F81, 0xFFC1]
I8 = [2**24 + 1, 2**24 + 3, -(2**63), 2**63 - 1, 2**53 + 1, 2**40 + 2**16, -1, 0]
U8 = [2**24 + 1, 2**24 + 3, 2**64 - 1, 2**63 + 1, 2**63 + 2**39 + 1, 2**63 + 2**39, 2**32, 0]


def of(dtype):
    """Eight awkward numbers of a type."""
    kind = numpy.dtype(dtype).str[1:]
    if kind == "f4":
        return numpy.array(F4_BITS, "u4").view("f4")
    if kind == "f2":
        return numpy.array(F2_BITS, "u2").view("f2")
    if kind == "f8":
        return numpy.array(F8)
    if kind in ("u8", "i8"):
        return numpy.array(U8 if kind == "u8" else I8, kind)
    if kind == "b1":
        return numpy.array([0, 1] * 4, "b1")
    limits = numpy.iinfo(kind)
    return numpy.array([limits.min, limits.max, 0, 1, 2, 3, limits.max - 1, 5], kind)


TYPES = ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]


def floats(array):
    if array.dtype.str[1:] == "f4":  # no arithmetic: a signalling NaN stays one
        bits = numpy.ascontiguousarray(array).view(array.dtype.str[0] + "u4").astype("<u4")
        return bits.tobytes().hex()
    with numpy.errstate(all="ignore"):
        return array.astype("<f4").tobytes().hex()


def say(file, arrays):
    print(file)
    for name, array in arrays.items():
        print(name, array.dtype.newbyteorder("=").name, str(array.shape).replace(" ", ""), floats(array))


def shaped(array, order, shape):
    return numpy.asarray(array.reshape(shape), order=order)


def write_npz():
    for end in "<>":
        for order in "CF":
            arrays = {}
            for dtype in TYPES:
                array = of(dtype).astype(end + dtype)
                if dtype == "f4":
                    array = of(dtype).view("u4").astype(end + "u4").view(end + "f4")
                arrays[dtype + ".weight"] = shaped(array, order, (2, 4))
                arrays[dtype + ".cube"] = shaped(array, order, (2, 2, 2))
                arrays[dtype + ".bias"] = array
                arrays[dtype + ".0d"] = array[6].reshape(())
                arrays[dtype + ".none"] = array[:0].reshape((0, 3))
            name = ("big" if end == ">" else "little") + order
            for save in numpy.savez, numpy.savez_compressed:
                file = f"{name}-{save.__name__}.npz"
                save(folder / file, **arrays)
                say(file, arrays)
    numpy.savez(folder / "nothing.npz")
    say("nothing.npz", {})


def write_npy():
    for version in (1, 0), (2, 0), (3, 0):
        for dtype in ">f4", "<f8", "<i8":
            array = shaped(numpy.arange(6).astype(dtype), "F", (2, 3))
            file = f"v{version[0]}{dtype[1:]}.npy"
            with open(folder / file, "wb") as stream:
                numpy.lib.format.write_array(stream, array, version)
            say(file, {"-": array})


def pack_safetensors(header, data):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


NAMES = {"b1": "BOOL", "f2": "F16", "f4": "F32", "f8": "F64"}


def write_safetensors():
    header, data = {"__metadata__": {"format": "pt", "note": "ä"}}, b""
    print("all.safetensors")
    for dtype in TYPES:
        array = of(dtype)
        for shape in (2, 4), (8,), (2, 1, 4):
            part = array.tobytes()
            key = f"{dtype}.{len(shape)}"
            name = NAMES.get(dtype, f"{dtype[0]}{8 * int(dtype[1])}".upper())
            header[key] = {"dtype": name, "shape": shape, "data_offsets": [len(data), len(data) + len(part)]}
            data += part
            print(key, array.dtype.name, str(shape).replace(" ", ""), floats(array))
    bits = numpy.array(BF_BITS, "u2")
    for key, part, shape in ("bf", bits, (8,)), ("bf.0", bits[3:4], ()), ("bf.none", bits[:0], (0, 3)):
        header[key] = {"dtype": "BF16", "shape": shape, "data_offsets": [len(data), len(data) + part.nbytes]}
        data += part.tobytes()
        print(key, "bfloat16", str(shape).replace(" ", ""), (part.astype("<u4") << 16).astype("<u4").tobytes().hex())
    (folder / "all.safetensors").write_bytes(pack_safetensors(header, data))


def refuse(file, content, message):
    (folder / file).write_bytes(content)
    print(f"{file}: {message}")


def npy(array, **options):
    stream = io.BytesIO()
    numpy.save(stream, array, **options)
    return stream.getvalue()


def write_bad_npy():
    good = npy(numpy.arange(4.0))
    refuse("complex.npy", npy(numpy.zeros(2, "c8")), "complex numbers (<c8)")
    refuse("object.npy", npy(numpy.array([None])), "Python objects (|O)")
    refuse("text.npy", npy(numpy.array(["a"])), "texts (<U1)")
    refuse("date.npy", npy(numpy.zeros(2, "M8[D]")), "dates (<M8[D])")
    refuse("void.npy", npy(numpy.zeros(2, "V2")), "bytes without a type, as bfloat16")
    refuse("long.npy", npy(numpy.zeros(2, "g")), "numbers of the type '<f16'")
    refuse("fields.npy", npy(numpy.zeros(2, [("a", "f4"), ("b", "f4")])), "rows of several fields")
    refuse("cut.npy", good[:-1], "/cut.npy: float64 of shape (4,) needs more than the 31 bytes")
    refuse("more.npy", good + good, "160 bytes follow the array")
    refuse("header.npy", good[:40], "header should have 118 bytes")
    refuse("version.npy", good[:6] + b"\x09" + good[7:], "version 9 of the npy format")
    for i, (old, new) in enumerate([
        (b"(4,)", b"(4 )"), (b"(4,)", b"(-4)"), (b"(4,)", b"[4,]"), (b"False", b"None "), (b"'<f8'", b"'<f8\\"),
        (b"'shape'", b"'descr'"), (b"{", b"("), (b"}", b","), (b"(4,)", b"4   "),
    ]):
        refuse(f"damaged{i}.npy", good.replace(old, new, 1), "the header is damaged")
    for i, shape in enumerate([b"(4294967296, 4294967296, 2)", b"(18446744073709551615,)", b"(0, 9223372036854775807, 4)"]):
        long = good.replace(b"(4,)", shape).replace(b" " * (len(shape) - 4) + b"\n", b"\n")
        refuse(f"large{i}.npy", long, "larger than any memory")
    refuse("sizes.npy", good.replace(b"(4,)", b"(99999999999999999999,)").replace(b" " * 19 + b"\n", b"\n"), "a size of 64 bits")


def make_zip(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def write_bad_npz():
    good = npy(numpy.arange(4, dtype="f4"))
    import warnings

    warnings.simplefilter("ignore")
    refuse("short.npz", make_zip([("a.npy", good[:-1])]), "/short.npz: 'a': float32 of shape (4,) needs")
    refuse("twice.npz", make_zip([("a.npy", good), ("a.npy", good)]), "two arrays are called 'a'")
    refuse("text.npz", make_zip([("a.npy", good), ("b.npy", b"hello")]), "'b': it is not an npy array")
    whole = make_zip([("a.npy", good)])
    refuse("cut.npz", whole[:-30], "cut short or damaged")
    refuse("start.npz", whole[:60], "cut short or damaged")
    place = whole.index(good)
    refuse("checksum.npz", whole[: place + 130] + b"\x55" + whole[place + 131 :], "'a.npy' cannot be unpacked")
    encrypted = bytearray(whole)
    for sign, offset in (b"PK\3\4", 6), (b"PK\1\2", 8):
        encrypted[whole.index(sign) + offset] |= 1
    refuse("encrypted.npz", bytes(encrypted), "'a.npy' is encrypted")
    # Sizes that lie: a gigabyte in some bytes, and two members that are the same bytes.
    bomb = bytearray(make_zip([("a.npy", good)], compression=zipfile.ZIP_DEFLATED))
    struct.pack_into("<I", bomb, bomb.index(b"PK\1\2") + 24, 1 << 30)
    refuse("bomb.npz", bytes(bomb), "a member is larger than its bytes can hold")
    entry = whole[whole.index(b"PK\1\2") : whole.index(b"PK\5\6")]
    twin = whole[: whole.index(b"PK\1\2")] + entry * 3 + whole[whole.index(b"PK\5\6") :]
    end = bytearray(twin)
    struct.pack_into("<HHI", end, twin.index(b"PK\5\6") + 8, 3, 3, 3 * len(entry))
    refuse("overlap.npz", bytes(end), "its members are larger than itself")
    names = ["/etc/passwd", "../../a", "C:\\x", "ä ö", "a/b"]
    content = make_zip([(name + ".npy", good) for name in names] + [("readme.txt", "hello"), ("folder/", "")])
    (folder / "names.npz").write_bytes(content)
    say("names.npz", {name.replace(" ", "_"): numpy.arange(4, dtype="f4") for name in names})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:  # zip64, as savez writes each member
        with archive.open("a.npy", "w", force_zip64=True) as member:
            member.write(good)
    (folder / "zip64.npz").write_bytes(stream.getvalue())
    say("zip64.npz", {"a": numpy.arange(4, dtype="f4")})


def write_bad_safetensors():
    def entry(dtype="F32", shape=(1,), offsets=(0, 4), **more):
        return {"dtype": dtype, "shape": shape, "data_offsets": offsets, **more}

    def bad(name, header, data, message):
        refuse(name + ".safetensors", pack_safetensors(header, data), message)

    bad("type", {"a": entry("F8_E4M3", (4,))}, bytes(4), "a.dtype: numbers of the type F8_E4M3 are not read")
    bad("hole", {"a": entry(), "b": entry(offsets=(8, 12))}, bytes(12), "b: its bytes begin at 8")
    bad("overlap", {"a": entry(shape=(2,), offsets=(0, 8)), "b": entry(offsets=(4, 8))}, bytes(8), "b: its bytes begin at 4")
    bad("beyond", {"a": entry(shape=(2,), offsets=(0, 8))}, bytes(4), "a: data_offsets are not")
    bad("backwards", {"a": entry(offsets=(4, 0))}, bytes(4), "a: data_offsets are not")
    bad("negative", {"a": entry(offsets=(-4, 0))}, bytes(4), "a.data_offsets[0]: expected a whole number")
    bad("less", {"a": entry(shape=(2,))}, bytes(4), "needs more than the 4 bytes")
    bad("more", {"a": entry(shape=(1,), offsets=(0, 8))}, bytes(8), "a: data_offsets give it 8 bytes")
    bad("tail", {"a": entry()}, bytes(8), "4 bytes at its end belong to no array")
    bad("product", {"a": entry(shape=(2**32, 2**32, 2))}, bytes(4), "larger than any memory")
    bad("rank", {"a": entry(shape=(1,) * 33)}, bytes(4), "33 numbers are more than 32")
    bad("key", {"a": entry(extra=1)}, bytes(4), "extra")
    bad("missing", {"a": {"dtype": "F32", "shape": [1]}}, bytes(4), "data_offsets")
    bad("metadata", {"__metadata__": {"a": 1}, "a": entry()}, bytes(4), "__metadata__.a: expected text")
    twice = b'{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[],"data_offsets":[4,8]}}'
    refuse("twice.safetensors", struct.pack("<Q", len(twice)) + twice + bytes(8), "duplicate")
    refuse("length.safetensors", struct.pack("<Q", 99999) + b"{}", "should have 99999 bytes")
    refuse("empty.safetensors", struct.pack("<Q", 0) + b"{}", "header, ")
    deep = b'{"a":' + b"[" * 5000
    refuse("deep.safetensors", struct.pack("<Q", len(deep)) + deep, "header, ")


def write_text():
    def good(file, content, arrays):
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        say(file, {name: numpy.array(value) for name, value in arrays.items()})

    good("nested.json", '\n{"net": {"0": {"weight": [[1.5, 2], [3, 4]]}, "n": 7}, "e": [], "f": [[], []]}',
         {"net.0.weight": numpy.array([[1.5, 2], [3, 4]], "f4"), "net.n": numpy.int64(7),
          "e": numpy.zeros(0, "f4"), "f": numpy.zeros((2, 0), "f4")})
    good("doubles.json", '{"a": [0.1, 0.3333333333333333]}', {"a": [0.1, 0.3333333333333333]})
    good("alone.json", "[[1, 2, 3], [4, 5, 6]]", {"-": numpy.arange(1, 7).reshape(2, 3)})
    refuse("ragged.json", b'{"a": [[1, 2], [3]]}', "a[1]: expected 2 values, as before it")
    refuse("words.json", b'{"a": [1, "b"]}', 'a[1]: expected a number, found "b"')
    refuse("deep.json", b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "a: more than 32 dimensions")
    refuse("deeper.json", b'{"a": ' + b"[" * 100000, "line 1")
    refuse("null.json", b'{"a": null}', "a: expected numbers, or names and numbers")
    refuse("twice.json", b'{"a.b": 1, "a": {"b": 2}}', "two arrays are called 'a.b'")
    refuse("nan.json", b'{"a": [NaN]}', "line 1, column")
    rows = b'parameter,i,j,value\r\nw,0,0,1\r\nw,0,1,2.5\r\n"say ""a"", b",0,,-0.0\r\ns,,,1e-45\r\nn,0,,nan'
    good("rows.csv", b"\xef\xbb\xbf" + rows, {"w": numpy.array([[1, 2.5]], "f4"), 'say_"a",_b': numpy.array([-0.0], "f4"),
         "s": numpy.float32(1e-45), "n": numpy.array([numpy.nan], "f4")})
    cube = "parameter,i,j,k,value\n" + "".join(f"c,{i},{j},{k},{i}{j}{k}\n" for i in range(2) for j in range(3) for k in range(2))
    good("cube.csv", cube, {"c": numpy.array([[[int(f"{i}{j}{k}") for k in range(2)] for j in range(3)] for i in range(2)])})
    good("none.csv", "parameter,i,j,value\n", {})
    for file, row, message in [
        ("hole.csv", "w,0,0,1\nw,0,2,1\n", "rows of 'w' before line 4 are not all"),
        ("order.csv", "w,1,,1\nw,0,,1\n", "rows of 'w' before line 4 are not all"),
        ("scalars.csv", "s,,,1\ns,,,2\n", "rows of 's' before line 4 are not all"),
        ("back.csv", "w,0,,1\nv,0,,1\nw,1,,1\n", "rows of 'w' before line 5"),
        ("twice.csv", "w,0,,1\nv,0,,1\nw,0,,1\n", "two arrays are called 'w'"),
        ("index.csv", "w,0.5,,1\n", "line 2: an index"),
        ("gap.csv", "w,,1,1\n", "line 2: an index"),
        ("word.csv", "w,0,,one\n", "line 2: the value is not a number"),
        ("hex.csv", "w,0,,0x10\n", "line 2: the value is not a number"),
        ("few.csv", "w,0,1\n", "line 2: fewer fields"),
        ("many.csv", "w,0,,1,2\n", "line 2: more fields"),
        ("quote.csv", '"w,0,,1\n', "a quoted name does not end"),
        ("large.csv", "w,2147483647,2147483647,1\n", "rows of 'w' before line 3 are not all"),
    ]:
        refuse(file, b"parameter,i,j,value\n" + row.encode(), message)
    refuse("wide.csv", "parameter,i,j,value\nw,0,0,1\n".encode("utf-16"), "line 1: it is not UTF-8")


numpy.seterr(all="ignore")
sys.stdout.reconfigure(encoding="utf-8")
write_npz()
write_npy()
write_safetensors()
write_bad_npy()
write_bad_npz()
write_bad_safetensors()
write_text()
