#!/usr/bin/python3
# torch.py - makes PyTorch files of all kinds, and says what each must read as
#
# SPDX-License-Identifier: MIT
#
#   torch.py FOLDER
#
# FOLDER/expected.json has, for each file, its arrays in order: type, shape, and the bytes
# of its numbers, row by row, little endian, as hexadecimal digits; or a part of the
# message with which it must be refused. tests/data/torch/ was made so, by Debian 12's
# PyTorch 1.13. Exit status 77 if there is no PyTorch.

import argparse
import json
import pathlib
import sys
import warnings
import zipfile

here = pathlib.Path(__file__).resolve().parent
sys.path = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != here]
try:
    import torch
except ImportError:
    print("there is no PyTorch", file=sys.stderr)
    sys.exit(77)

warnings.simplefilter("ignore")
torch.manual_seed(1)
folder = pathlib.Path(sys.argv[1])
expected = {}


def bits(tensor):
    plain = tensor.detach().contiguous().clone()
    if plain.numel() == 0:
        return ""
    if plain.dtype == torch.bool:
        plain = plain.to(torch.uint8)
    return bytes(plain.reshape(-1).view(torch.uint8).tolist()).hex()


def describe(name, tensor):
    return {
        "name": name,
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "bytes": bits(tensor),
    }


def save(file, what, arrays, notes=None, **options):
    torch.save(what, folder / file, **options)
    expected[file] = {"arrays": [describe(name, tensor) for name, tensor in arrays.items()]}
    if notes:
        expected[file]["note"] = notes


def save_refused(file, what, why, **options):
    torch.save(what, folder / file, **options)
    expected[file] = {"refused": why}


def as_bits(digits, dtype, integers):
    return torch.tensor(digits, dtype=integers).view(dtype)


net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
state = net.state_dict()
save("state-dict.pt", state, state)
save("legacy.pt", state, state, _use_new_zipfile_serialization=False)
for protocol in (1, 3, 4, 5):
    save(f"protocol-{protocol}.pt", state, state, pickle_protocol=protocol)
for protocol in (1, 4):
    save(
        f"legacy-{protocol}.pt", state, state, pickle_protocol=protocol,
        _use_new_zipfile_serialization=False,
    )
save_refused("protocol-0.pt", state, "protocol 0", pickle_protocol=0)

# Every bit: quiet and signalling NaNs with a payload, infinities, zeros, subnormals.
single = [0x7FC00001, -0x3FFFFF, 0x7F812345, 0x7F800000, -0x800000, -0x80000000, 1, -0x7FFFFFFF, 0x3F800000]
half = [0x7E01, -0x1FF, 0x7C01, 0x7C00, -0x400, -0x8000, 1, -0x7FFF, 0x3C00]
double = [0x7FF8000000000001, 0x7FF0000000000001, 0x7FF0000000000000, -0x8000000000000000, 1, 0x3FB999999999999A]
numbers = {
    "float32": as_bits(single, torch.float32, torch.int32),
    "float64": as_bits(double, torch.float64, torch.int64),
    "float16": as_bits(half, torch.float16, torch.int16),
    "bfloat16": as_bits([0x7FC1, 0x7F81, 0x7F80, -0x8000, 1, 0x3F80], torch.bfloat16, torch.int16),
    "int64": torch.tensor([-(1 << 63), (1 << 63) - 1, 0]),
    "int32": torch.tensor([-(1 << 31), 7], dtype=torch.int32),
    "int16": torch.tensor([-(1 << 15), 7], dtype=torch.int16),
    "int8": torch.tensor([-128, 127], dtype=torch.int8),
    "uint8": torch.tensor([0, 255], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(2.5),
    "empty": torch.empty(0, 3),
}
save("numbers.pt", numbers, numbers)
save("legacy-numbers.pt", numbers, numbers, _use_new_zipfile_serialization=False)

# Views: several tensors of one storage, with strides and an offset.
table = torch.arange(24.0)
views = {
    "rows": table.view(4, 6),
    "transposed": table.view(4, 6).t(),
    "part": table.view(4, 6)[1:3, 2:5],
    "every_second": table[1::2],
    "repeated": torch.tensor([1.0, 2.0]).expand(3, 2),
    "tied": table.view(4, 6),
}
save("views.pt", views, views)
save("legacy-views.pt", views, views, _use_new_zipfile_serialization=False)

# What a training script keeps.
optimizer = torch.optim.Adam(net.parameters())
net(torch.ones(3, 2)).sum().backward()
optimizer.step()
checkpoint = {
    "model": net.state_dict(),
    "optimizer": optimizer.state_dict(),
    "epoch": 3,
    "lr": 0.001,
    "name": "a run",
    "parameter": torch.nn.Parameter(torch.arange(2.0)),
    "list": [torch.ones(1), (torch.zeros(2), None)],
    "size": torch.Size([1, 2]),
    "device": torch.device("cpu"),
    "dtype": torch.float16,
    "set": {1, 2},
    "bytes": b"\xff\0",
    "complex": 1 + 2j,
}
arrays = {f"model.{name}": tensor for name, tensor in net.state_dict().items()}
for index, moments in optimizer.state_dict()["state"].items():
    arrays.update({f"optimizer.state.{index}.{name}": tensor for name, tensor in moments.items()})
arrays.update({"parameter": checkpoint["parameter"], "list.0": torch.ones(1), "list.1.0": torch.zeros(2)})
save("checkpoint.pt", checkpoint, arrays, "'epoch' = 3, 'lr' = 0.001, 'name' = a run, 'size' = an object and 2")
save("legacy-checkpoint.pt", checkpoint, arrays, " more values", _use_new_zipfile_serialization=False)
save("one-tensor.pt", table, {"": table})


class Block(torch.nn.Module):
    """As a ResNet has them: convolutions, and batch norms that count in int64."""

    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(2, 3, 3, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(3)
        self.downsample = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 1, bias=False), torch.nn.BatchNorm2d(3))
        self.fc = torch.nn.Linear(3, 2)


resnet = Block()
resnet.bn1(torch.ones(2, 3, 4, 4))
save("resnet.pt", resnet.state_dict(), resnet.state_dict())


def rewrite(file, source, change, zip64=False):
    """The zip of another file with its members changed."""
    limit = zipfile.ZIP64_LIMIT
    with zipfile.ZipFile(folder / source) as old:
        members = change({name: old.read(name) for name in old.namelist()})
    if zip64:
        zipfile.ZIP64_LIMIT = 10
    with zipfile.ZipFile(folder / file, "w") as new:
        for name, data in members.items():
            new.writestr(zipfile.ZipInfo(name), data)
    zipfile.ZIP64_LIMIT = limit


def swap(members):
    """As PyTorch 2.1 and later write it on a machine with the highest byte first."""
    changed = {}
    for name, data in members.items():
        if "/data/" in name:
            data = b"".join(data[i : i + 4][::-1] for i in range(0, len(data), 4))
        changed[name] = data
    changed["swapped/byteorder"] = b"big"
    return {"swapped/" + name.split("/", 1)[1]: data for name, data in changed.items()}


rewrite("big-endian.pt", "state-dict.pt", swap)
expected["big-endian.pt"] = expected["state-dict.pt"]
rewrite("zip64.pt", "numbers.pt", dict, zip64=True)
expected["zip64.pt"] = expected["numbers.pt"]
rewrite("cut-storage.pt", "state-dict.pt", lambda m: {n: d[:-1] if n.endswith("data/0") else d for n, d in m.items()})
expected["cut-storage.pt"] = {"refused": "0.weight'"}
rewrite("no-storage.pt", "state-dict.pt", lambda m: {n: d for n, d in m.items() if not n.endswith("data/1")})
expected["no-storage.pt"] = {"refused": "'0.bias': there is no data/1"}
damaged = bytearray((folder / "state-dict.pt").read_bytes())
with zipfile.ZipFile(folder / "state-dict.pt") as archive:
    storage = archive.read("state-dict/data/0")
damaged[damaged.index(storage)] ^= 1
(folder / "damaged.pt").write_bytes(damaged)
expected["damaged.pt"] = {"refused": "damaged"}
with zipfile.ZipFile(folder / "compressed.pt", "w", zipfile.ZIP_DEFLATED) as new:
    with zipfile.ZipFile(folder / "numbers.pt") as old:
        for name in old.namelist():
            new.writestr(name, old.read(name))
expected["compressed.pt"] = expected["numbers.pt"]

save_refused("whole-model.pt", net, "torch.nn.modules.container.Sequential")
save_refused(
    "legacy-whole-model.pt", net, "torch.nn.modules.container.Sequential", _use_new_zipfile_serialization=False
)
save_refused("namespace.pt", {"args": argparse.Namespace(lr=1)}, "argparse.Namespace")
save_refused("complex.pt", {"a": torch.zeros(2, dtype=torch.complex64)}, "'a': its numbers are complex64")
save_refused("quantized.pt", {"q": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)}, "'q': it is quantized")
save_refused("sparse.pt", {"s": torch.eye(2).to_sparse()}, "'s': it is sparse")
torch.jit.save(torch.jit.script(net), folder / "script.pt")
expected["script.pt"] = {"refused": "TorchScript"}

(folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
