#!/usr/bin/python3
# edit.py - nudge edit and nudge diff, judged by PyTorch and NumPy
#
# SPDX-License-Identifier: MIT
#
#   edit.py NUDGE FOLDER
#
# Makes files in FOLDER by PyTorch, NumPy and by hand (safetensors), edits them with the
# program NUDGE, reads them with PyTorch and NumPy, and compares bits with the same thing
# typed in Python. Exit status 0; 1 with what differs; 77 where there is no PyTorch.

import collections
import hashlib
import json
import struct
import subprocess
import sys
import zipfile

try:
    import numpy as np
    import torch
except ImportError:
    sys.exit(77)

NUDGE, FOLDER = sys.argv[1:3]
NAMES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16",
         torch.bfloat16: "BF16", torch.int64: "I64", torch.uint8: "U8", torch.bool: "BOOL"}
TYPES = {name: dtype for dtype, name in NAMES.items()}
FLOATS = torch.float64, torch.float32, torch.float16, torch.bfloat16
SEED = 0x6E756467
failures = []


def check(good, what):
    if not good:
        failures.append(what)
        print("FAILED:", what)


def path(name):
    return f"{FOLDER}/{name}"


def nudge(*arguments, status=0):
    done = subprocess.run([NUDGE, *arguments], capture_output=True, text=True)
    check(done.returncode == status, f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout + done.stderr


def raw(tensor):
    return tensor.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


def same(a, b):
    return a.dtype == b.dtype and a.shape == b.shape and raw(a) == raw(b)


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def write_safetensors(name, tensors, metadata=None):
    """Names in order, data in another, and a header with odd blanks: all of it stays."""
    header = {"__metadata__": metadata} if metadata else {}
    data, places = b"", {}
    for key in sorted(tensors, key=lambda key: -tensors[key].element_size()):
        places[key] = len(data)
        data += raw(tensors[key])
    for key, tensor in tensors.items():
        begin = places[key]
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape),
                       "data_offsets": [begin, begin + len(raw(tensor))]}
    header["eight"] = {"dtype": "F8_E4M3", "shape": [3], "data_offsets": [len(data), len(data) + 3]}
    data += b"\x12\x34\x56"
    text = json.dumps(header, indent=1).encode()
    text += b" " * (-len(text) % 8)
    with open(path(name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def split_safetensors(name):
    """Returns what is before the data, and all tensors that torch has."""
    content = read(name)
    n = struct.unpack("<Q", content[:8])[0]
    tensors = {}
    for key, entry in json.loads(content[8:8 + n]).items():
        if key == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        part = content[8 + n + begin:8 + n + end]
        if entry["dtype"] in TYPES:
            tensors[key] = torch.tensor(bytearray(part), dtype=torch.uint8).view(
                TYPES[entry["dtype"]]).reshape(entry["shape"])
        else:
            tensors[key] = part
    return content[:8 + n], tensors


def make_tensors():
    torch.manual_seed(3)
    tensors = collections.OrderedDict()
    tensors["fc1.weight"] = torch.randn(301, 70) * 0.3
    tensors["fc1.bias"] = torch.randn(301)
    tensors["double.weight"] = torch.randn(123, 45, dtype=torch.float64)
    tensors["half"] = torch.randn(7, 3, 5, 7).half()
    tensors["brain"] = torch.randn(400, 333).bfloat16()
    tensors["steps"] = torch.arange(9)
    tensors["mask"] = torch.arange(9) % 2 == 0
    tensors["encoder/layer:0"] = torch.randn(4, 4)
    tensors["one"] = torch.tensor(2.5)
    tensors["long"] = torch.randn(200003)
    return tensors


# ---- every function, in every type -------------------------------------------------------


def kth(w, q):
    """torch.quantile takes no more than 16 million values, and these are few."""
    return torch.quantile(w.flatten(), q)


def of_rank(w):
    order = torch.argsort(w.abs().flatten(), stable=True)
    rank = torch.empty(w.numel(), dtype=w.dtype)
    rank[order] = torch.arange(w.numel(), dtype=w.dtype) / w.numel()
    return rank.reshape(w.shape)


def matrix(w):
    return w.reshape(w.shape[0], -1) if w.dim() > 1 else w


def indices(w):
    rows = w.shape[0] if w.dim() else 1
    i = torch.arange(rows, dtype=w.dtype).repeat_interleave(w.numel() // rows)
    j = torch.arange(w.numel() // rows, dtype=w.dtype).repeat(rows)
    return i.reshape(w.shape), j.reshape(w.shape)


def drawn(w, seed, normal=True):
    generator = torch.Generator().manual_seed(seed ^ SEED)
    return (torch.randn if normal else torch.rand)(w.numel(), dtype=w.dtype, generator=generator).reshape(w.shape)


# A nudge, the same in PyTorch, and units in the last place that they may be apart.
FUNCTIONS = [
    ("w + 1e-3*w", lambda w: w + 1e-3 * w, 0),
    ("a*w @ every step a=1/3", lambda w: (1 / 3) * w, 0),
    ("w - 0.1*sign(w)", lambda w: w - 0.1 * torch.sign(w), 0),
    ("clamp(w, -0.5, 0.25)", lambda w: w.clamp(-0.5, 0.25), 0),
    ("w if abs(w) > 0.3 else 0", lambda w: torch.where(w.abs() > 0.3, w, torch.zeros_like(w)), 0),
    ("round(w*16)/16", lambda w: torch.round(w * 16) / 16, 0),
    ("w - mean", lambda w: w - w.double().mean().to(w.dtype), 2),
    ("(w - mean(w))/std(w)", lambda w: (w - w.double().mean().to(w.dtype)) / w.double().std().to(w.dtype), 2),
    ("w/max(abs(w))", lambda w: w / w.abs().max(), 0),
    ("w - median(w)", lambda w: w - w.median(), 0),
    ("clamp(w, quantile(w, 0.1), quantile(w, 0.9))", lambda w: torch.clamp(w, kth(w, 0.1), kth(w, 0.9)), 0),
    ("w*(1 + 0.01*i - 0.02*j)", lambda w: w * (1 + 0.01 * indices(w)[0] - 0.02 * indices(w)[1]), 0),
    ("prune 0.5", lambda w: torch.where(of_rank(w) < 0.5, torch.zeros_like(w), w), 0),
    ("tanh(w)", torch.tanh, 2),
    ("exp(-w^2)", lambda w: torch.exp(-(w ** 2)), 2),
    ("w = 0.5*w; w = w + mean(w)",
     lambda w: 0.5 * w + (0.5 * w).double().mean().to(w.dtype), 2),
]
MATRIX_FUNCTIONS = [
    ("w/norm(w, dim=1)", lambda w: w / matrix(w).double().norm(dim=1, keepdim=True).to(w.dtype), 2),
    ("w - max(w, dim=0)", lambda w: w - matrix(w).max(dim=0, keepdim=True).values, 0),
]
NOISE_FUNCTIONS = [
    ("w + 0.01*noise", lambda w: w + 0.01 * drawn(w, 7), 4),
    ("w*rand", lambda w: w * drawn(w, 7, False), 0),
]


def computes(function, tensor):
    """As Nudge says that it computes: half types in float32, rounded once."""
    wide = tensor if tensor.dtype == torch.float64 else tensor.float()
    return function(wide).to(tensor.dtype)


def is_near(a, b, ulps, scale):
    if ulps == 0:
        return same(a, b) or torch.equal(a, b)
    a, b = a.double(), b.double()
    eps = {torch.float64: 2.0 ** -52}.get(scale.dtype, 2.0 ** -23)
    if scale.dtype in (torch.float16, torch.bfloat16):
        eps = {torch.float16: 2.0 ** -10, torch.bfloat16: 2.0 ** -7}[scale.dtype]
    return bool(((a - b).abs() <= ulps * eps * torch.maximum(b.abs(), torch.tensor(2.0 ** -4, dtype=torch.float64))).all())


def check_functions(tensors):
    for functions, few in (FUNCTIONS, False), (MATRIX_FUNCTIONS, True), (NOISE_FUNCTIONS, False):
        for text, function, ulps in functions:
            for key in "fc1.weight", "double.weight", "brain", "half", "fc1.bias", "long":
                tensor = tensors[key]
                if few and tensor.dim() != 2:
                    continue
                nudge("edit", path("all.safetensors"), path("out.safetensors"), "--seed", "7",
                      "--nudge", f"{key}: {text}")
                after = split_safetensors("out.safetensors")[1]
                expected = computes(function, tensor)
                check(is_near(after[key], expected, ulps, tensor), f"{key}: {text}")
                check(all(same(after[other], tensors[other]) for other in tensors if other != key),
                      f"{key}: {text}: another array has changed")
                check(after["eight"] == b"\x12\x34\x56", f"{key}: {text}: eight")


# ---- formats ----------------------------------------------------------------------------

NUDGES = ["*: 0.9*w", "fc1.weight[3:200:7, -1] = 0", '"encoder/layer:0": w + i*j', "fc1.bias *= -1"]


def do_nudges(tensors):
    """The same in PyTorch, in place."""
    for tensor in tensors.values():
        if tensor.dtype in FLOATS:
            tensor.copy_(computes(lambda w: 0.9 * w, tensor))
    tensors["fc1.weight"][3:200:7, -1] = 0
    i, j = indices(tensors["encoder/layer:0"])
    tensors["encoder/layer:0"] += i * j
    tensors["fc1.bias"] *= -1


def copies(tensors):
    return collections.OrderedDict((key, tensor.clone()) for key, tensor in tensors.items())


def edit(before, after, nudges=NUDGES, *more):
    return nudge("edit", path(before), path(after), *sum((["--nudge", text] for text in nudges), []), *more)


def check_safetensors(tensors):
    expected = copies(tensors)
    do_nudges(expected)
    edit("all.safetensors", "out.safetensors", NUDGES, "--receipt", path("receipt.json"))
    head, after = split_safetensors("out.safetensors")
    check(head == split_safetensors("all.safetensors")[0], "the header of safetensors")
    check(all(same(after[key], expected[key]) for key in expected), "safetensors")
    with open(path("receipt.json"), encoding="utf-8") as file:
        receipt = json.load(file)

    for array in receipt["arrays"]:
        key = array["name"]
        difference = (expected[key].double() - tensors[key].double())
        check(array["sha256_before"] == hashlib.sha256(raw(tensors[key])).hexdigest(), f"{key} before")
        check(array["sha256_after"] == hashlib.sha256(raw(expected[key])).hexdigest(), f"{key} after")
        check(array["changed"] == int((expected[key] != tensors[key]).sum()), f"{key}: changed")
        check(abs(array["norm"] - difference.norm().item()) <= 1e-12 * array["norm"], f"{key}: norm")
        check(array["largest"] == difference.abs().max().item(), f"{key}: largest")


def differing(a, b):
    return [i for i, (x, y) in enumerate(zip(a, b)) if x != y]


def check_torch(tensors):
    expected = copies(tensors)
    do_nudges(expected)
    for name, new in ("new.pt", True), ("old.pt", False):
        torch.save(tensors, path(name), _use_new_zipfile_serialization=new)
        edit(name, "out.pt")
        after = torch.load(path("out.pt"))
        check(list(after) == list(expected) and all(same(after[key], expected[key]) for key in expected), name)
        check(len(read(name)) == len(read("out.pt")), f"{name}: the size")
        if new:
            check(zipfile.ZipFile(path("out.pt")).testzip() is None, f"{name}: a checksum")
        # What is not an array or a checksum is as it was.
        edit(name, "same.pt", ["*: 1*w"])
        check(read(name) == read("same.pt"), f"{name}: a nudge that changes nothing")
        nudge("diff", path(name), path("same.pt"))
        nudge("diff", path(name), path("out.pt"), status=1)


def check_views():
    """One storage, several tensors: Python sees the same change through all of them."""
    base = torch.arange(48, dtype=torch.float32).reshape(6, 8) + 1
    model = {"w": base, "tied": base, "t": base.t(), "part": base[:, 2:5], "exp": torch.ones(1, 4).expand(3, 4)}
    torch.save({"model": model, "epoch": 3}, path("views.pt"))
    said = edit("views.pt", "out.pt", ["model.w: 2*w", "model.tied: w + 1"])
    after = torch.load(path("out.pt"))["model"]
    check(torch.equal(after["w"], 2 * base + 1) and torch.equal(after["tied"], 2 * base + 1), "tied")
    check(torch.equal(after["t"], (2 * base + 1).t()) and torch.equal(after["part"], (2 * base + 1)[:, 2:5]), "views")
    check("model.part" in said, "the receipt names views that have changed")
    edit("views.pt", "out.pt", ["model.t: w*(i + 1) + j"])
    after = torch.load(path("out.pt"))["model"]
    i, j = indices(base.t())
    check(torch.equal(after["t"], base.t() * (i + 1) + j) and torch.equal(after["w"], after["t"].t()), "transposed")
    edit("views.pt", "out.pt", ["model.part[1] = 0"])
    after = torch.load(path("out.pt"))["model"]["w"]
    expected = base.clone()
    expected[1, 2:5] = 0
    check(torch.equal(after, expected), "a part of a view")
    edit("views.pt", "out.pt", ["model.w, model.tied: 2*w"])
    check(torch.equal(torch.load(path("out.pt"))["model"]["w"], 2 * base), "tied arrays change once")
    refused = nudge("edit", path("views.pt"), path("no.pt"), "--nudge", "model.exp: 2*w", status=2)
    check("one number in the file" in refused, "an expanded tensor is refused")
    refused = nudge("edit", path("views.pt"), path("no.pt"), "--nudge", "model.w, model.part: 2*w", status=2)
    check("overlap" in refused, "views that overlap are refused")


def check_numpy(tensors):
    arrays = {key.replace("/", "_"): tensor.numpy() for key, tensor in tensors.items() if tensor.dtype != torch.bfloat16}
    arrays["fortran"] = np.asfortranarray(arrays["fc1.weight"])
    arrays["big"] = arrays["double.weight"].astype(">f8")
    arrays["texts"] = np.array(["a", "bc"])
    np.savez(path("stored.npz"), **arrays)
    np.savez_compressed(path("packed.npz"), **arrays)
    nudges = ["*: 0.9*w", "fortran[:, 3]: w + i", "big: w/3"]
    for name in "stored.npz", "packed.npz":
        edit(name, "out.npz", nudges)
        check(zipfile.ZipFile(path("out.npz")).testzip() is None, f"{name}: a checksum")
        after = np.load(path("out.npz"))
        check(after.files == list(arrays), f"{name}: names")
        for key, array in arrays.items():
            expected = array.copy(order="K")
            if array.dtype.kind == "f":
                wide = expected.astype(array.dtype if array.dtype.itemsize == 8 else np.float32)
                expected = (wide * wide.dtype.type(0.9)).astype(array.dtype)
            if key == "fortran":
                expected[:, 3] += np.arange(len(expected), dtype=np.float32)
            if key == "big":
                expected = (expected / 3).astype(array.dtype)
            check(after[key].dtype == array.dtype and after[key].flags.f_contiguous == array.flags.f_contiguous
                  and np.array_equal(after[key], expected), f"{name}: {key}")
        edit(name, "same.npz", ["big: 1*w"])
        nudge("diff", path(name), path("same.npz"))
        if name == "stored.npz":
            check(read(name) == read("same.npz"), "a nudge that changes nothing, npz")
    np.save(path("one.npy"), arrays["big"])
    edit("one.npy", "out.npy", ["array: 2*w"])
    check(np.array_equal(np.load(path("out.npy")), 2 * arrays["big"]), "npy")
    check(read("out.npy")[:64] == read("one.npy")[:64], "npy: the header")


def check_initial(tensors):
    tuned = copies(tensors)
    tuned["fc1.weight"] += 1
    tuned["double.weight"] *= 3
    torch.save(tuned, path("tuned.pt"))
    edit("tuned.pt", "merged.pt", ["*.weight: w0 + 0.25*(w - w0)"], "--initial", path("all.safetensors"))
    after = torch.load(path("merged.pt"))
    for key in "fc1.weight", "double.weight":
        expected = tensors[key] + 0.25 * (tuned[key] - tensors[key])
        check(same(after[key], expected), f"w0 is another file's: {key}")


def check_diff(tensors):
    special = copies(tensors)
    special["fc1.bias"][:4] = torch.tensor([0.0, float("nan"), float("inf"), 1.0])
    other = copies(special)
    other["fc1.bias"][0] = -0.0
    other["fc1.bias"].view(torch.int32)[1] += 1  # another NaN
    other["fc1.bias"][3] = 3.0
    torch.save(special, path("special.pt"))
    torch.save(other, path("other.pt"))
    found = json.loads(nudge("diff", path("special.pt"), path("other.pt"), "--json", status=1))
    bias = next(array for array in found["arrays"] if array["name"] == "fc1.bias")
    check(bias["changed"] == 3 and bias["special"] == 1 and bias["largest"] == 2, f"diff counts bits: {bias}")
    check(sum(array["what"] != "same" for array in found["arrays"]) == 1, "diff: others are the same")
    torch.save({"fc1.bias": special["fc1.bias"].double(), "new": torch.ones(2), "one": torch.ones(1)}, path("few.pt"))
    found = json.loads(nudge("diff", path("special.pt"), path("few.pt"), "--json", status=1))
    what = {array["name"]: array["what"] for array in found["arrays"]}
    check(what["fc1.bias"] == "type" and what["new"] == "only in B" and what["one"] == "shape"
          and what["mask"] == "only in A", f"diff: {what}")
    a, b = tensors["brain"].double(), computes(lambda w: w + 0.1, tensors["brain"]).double()
    edit("all.safetensors", "out.safetensors", ["brain: w + 0.1"])
    found = json.loads(nudge("diff", path("all.safetensors"), path("out.safetensors"), "--json", status=1))
    brain = next(array for array in found["arrays"] if array["name"] == "brain")
    cosine = (a.flatten() @ b.flatten() / a.norm() / b.norm()).item()
    check(abs(brain["cosine"] - cosine) < 1e-12 and abs(brain["norm"] / (b - a).norm().item() - 1) < 1e-12, "diff: cosine")


def check_half_bits():
    """Every float16 and bfloat16 there is keeps its bits where it is not changed, and
    every sum is rounded as PyTorch rounds."""
    for dtype, name in (torch.float16, "half"), (torch.bfloat16, "brain"):
        bits = torch.arange(65536, dtype=torch.int32).to(torch.int16)
        every = bits.view(dtype)
        every = every[torch.isfinite(every)]
        write_safetensors("bits.safetensors", {name: every})
        for text, function in (("1*w", lambda w: w), ("w*0.3333", lambda w: w * 0.3333),
                               ("w/3 + 1e-7", lambda w: w / 3 + 1e-7), ("w*0.99999", lambda w: w * 0.99999)):
            edit("bits.safetensors", "out.safetensors", [f"{name}: {text}"])
            after = split_safetensors("out.safetensors")[1][name]
            check(same(after, computes(function, every)), f"every {name}: {text}")


def main():
    tensors = make_tensors()
    write_safetensors("all.safetensors", tensors, {"format": "pt", "note": "é ☃"})
    with torch.no_grad():
        check_functions(tensors)
        check_safetensors(tensors)
        check_torch(tensors)
        check_views()
        check_numpy(tensors)
        check_initial(tensors)
        check_diff(tensors)
        check_half_bits()
    return 1 if failures else 0


sys.exit(main())
