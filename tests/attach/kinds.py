# kinds.py - jobs of all kinds: nudged, watched, paused
#
# SPDX-License-Identifier: MIT

import math
import os
import struct
import time

import torch
from jobs import (EDIT_AT, LONG, STARTED, STEPS, assert_same, finish, listens, nudge, read_bytes, read_text,
                  same_bits, start, start_bare, start_new, tensors_of, wait_for_list)
from peer import Peer, path_of

# kind: (nudge, the same in Python)
KINDS = {
    "plain": ("0.weight: w*0.9 + 0.01", "w = model[0].weight; w.copy_(w*0.9 + 0.01)"),
    "sgd": ("0: w*0.5 memory=zero", "\n".join(
        "w = model[0].%s; w.copy_(w*0.5); optimizer.state.pop(w)" % key for key in ("weight", "bias"))),
    "scheduler": ("0.weight: w - lr*w",
                  "w = model[0].weight; w.copy_(w - optimizer.param_groups[0]['lr']*w)"),
    "accumulation": ("*: w*0.9", "for w in model.parameters(): w.copy_(w*0.9)"),
    "lbfgs": ("2: w*0.9 memory=zero-all",
              "for w in model[2].parameters(): w.copy_(w*0.9)\noptimizer.state.clear()"),
    "adagrad": ("0.weight: w*0.9 memory=zero",
                "w = model[0].weight; w.copy_(w*0.9)\n"
                "s = optimizer.state[w]; s['sum'].zero_(); s['step'].zero_()"),
    "tied": ("decoder.weight[0]: 0", "model.encoder.weight[0] = 0"),
    "conv": ("conv.weight[1:3, ::2]: w + 0.1",
             "m = model.conv.weight.view(4, -1); m[1:3, ::2] = m[1:3, ::2] + 0.1"),
    "bfloat16": ("*.weight: w/3", "for k in (0, 2): w = model[k].weight; w.copy_(w/3)"),
}
TIED = ["frozen", "encoder.weight", "encoder.bias", "decoder.weight", "decoder.bias"]


def kinds():
    """A nudge that waits for its step, against the same lines in the script."""
    for kind, (said, typed) in KINDS.items():
        start_bare(kind, STEPS, kind + ".typed", 0, typed)
        job = start(kind, STEPS, kind + ".nudged")
        nudge("--headless", job.pid, "--nudge", said + " @ step %d" % EDIT_AT, "--continue")
    for job in STARTED:
        finish(job)
    for kind in KINDS:
        assert_same(kind + ".typed", kind + ".nudged")


def two_optimizers():
    """Sections come after each optimizer's step, what stands is done once; all parameters have names."""
    job = start("two", LONG, "out")
    nudge("--headless", "--nudge", "0.weight: w*0.5", "--snapshot", "a.npz", "--steps", 2)
    peer = Peer(job.pid)
    described, _ = peer.ask("describe")
    assert [t["optimizer"] for t in described["tensors"]] == [0, 0, 1, 1]
    assert [o["type"] for o in described["optimizers"]] == ["Adam", "SGD"]
    peer.ask("nudge", targets=[{"parameter": "0.bias"}], operations=[["w"], ["set_w"]], when={"every": 1})
    peer.send("step", steps=3)
    told = []
    while len(told) < 4:
        head, _ = peer.receive()
        if head.get("event") != "standing":
            told.append(head)
    assert [head["step"] - described["step"] for head in told] == [1, 2, 3, 3], told


def later():
    """A layer that is trained from some step on."""
    peer = Peer(start("later", LONG, "out").pid)
    for n_trained in (2, 2, 4):
        described, _ = peer.ask("describe")
        assert [t["trained"] for t in described["tensors"]].count(True) == n_trained, described
        peer.ask("step")
    nudge("--headless", "--nudge", "2: w - lr*w memory=zero")


def tied():
    """One tensor of two names is one target; what has no gradient is a parameter, too."""
    start("tied", LONG, "out")
    out = nudge("--headless", "--nudge", "*.weight: w + 1", "--receipt",
                "--nudge", "frozen: 2", "--snapshot", "t.safetensors")
    assert out.count("weight  ") == 1, out
    new = tensors_of("t.safetensors")
    assert list(new) == TIED, list(new)
    assert torch.equal(new["encoder.weight"], new["decoder.weight"])
    assert torch.equal(new["frozen"], torch.full((3,), 2.0))
    nudge("--headless", "--nudge", "encoder.weight, decoder.weight: 0", status=1)
    out = nudge("--headless")
    assert "the same as encoder.weight" in out and "parameter, not trained" in out, out


def watch(job):
    """All of it, at several steps and whenever a frame comes in between."""
    peer = Peer(job.pid)
    described, _ = peer.ask("describe")
    names = [t["name"] for t in described["tensors"]]
    peer.send("look", every_ms=10, tensors=names, gradients=names)
    for _ in range(0, STEPS - 20, 20):
        reply, _ = peer.ask("step", steps=20)
        while True:
            frame, _ = peer.receive()
            if frame.get("event") == "frame" and frame["step"] == reply["step"]:
                break
        assert frame["paused"] and len(frame["tensors"]) > len(names), frame
    peer.ask("continue")


def watched():
    """Looking at everything changes no bit of a job."""
    for kind in ("plain", "conv", "lbfgs", "sparse"):
        plain = start_bare(kind, STEPS, kind + ".plain")
        job = start(kind, STEPS, kind + ".watched")
        watch(job)
        finish(job)
        finish(plain)
        assert_same(kind + ".plain", kind + ".watched")


def parts():
    """So many values of a tensor at most, in rows and columns as a picture has them."""
    peer = Peer(start("conv", LONG, "out").pid)
    reply, data = peer.ask("tensors")
    names = [tensor["name"] for tensor in reply["tensors"]]
    whole = dict(zip(names, split(reply["tensors"], data)))
    peer.ask("look", every_ms=10, tensors=names, most=5)
    frame, data = peer.receive()
    for head, tensor in zip(frame["tensors"], split(frame["tensors"], data)):
        steps = head.get("every", [1] * tensor.dim())
        expected = whole[head["name"]][tuple(slice(None, None, step) for step in steps)]
        assert tensor.numel() <= 5 and torch.equal(tensor, expected), head
        assert head.get("whole", head["shape"]) == list(whole[head["name"]].shape), head
    assert [head["name"] for head in frame["tensors"]] == names


def split(heads, data):
    """The tensors behind a message's JSON."""
    for head in heads:
        dtype = getattr(torch, head["dtype"])
        n = math.prod(head["shape"])
        n_bytes = n * torch.empty(0, dtype=dtype).element_size()
        yield torch.frombuffer(bytearray(data[:n_bytes]), dtype=dtype).reshape(head["shape"])
        data = data[n_bytes:]


def same_losses():
    """What the job says its loss was is what backward was called on."""
    job = start("plain", STEPS, "out")
    out = nudge("--headless", "--pause", "--step", "--steps", 3, "--continue")
    finish(job)
    losses = read_text("out").split("\n")
    said = [line for line in out.split("\n") if line.startswith("paused")]
    assert len(said) == 3
    for line in said:
        step, loss = line.replace(",", "").split()[3::2]
        assert float(loss) == float("%.9g" % float(losses[int(step) - 1])), line


REFUSED = [
    ("0: w*0.9 @ every step before backward", "before backward"),
    ("0: w*0.9 @ every epoch", "epochs"),
    ("0: w*0.9 @ every example", "example"),
    ("0.weight: w/0", "would become"),
    ("*: w/std", "one value has no std"),
    ("0.wieght: 0", "did you mean 0.weight?"),
    ("0.weight: w0", "keep-initial"),
    ("0.weight: before", "repeat"),
    ("0.weight[99]: 0", "outside of them"),
    ("0.weight, 0: 0", "twice"),
    ("0.weight: (0 - 2)^0.5", "root of a negative"),
    ("0.weight: w + 1/(2 - 2)", "zero"),
    ("0.weight: 0 @ step 1", "never be done"),
    ("0.weight: 0 @ every 1 steps to step 1", "never be done"),
]
# Before anything is done.
NOT_UNDERSTOOD = [
    (["--nudge", "0.weight: w +"], "column"),
    (["--snapshot", "out.txt"], "format"),
    (["--steps", "0"], "at least 1"),
]


def refusals():
    """With the reason, and no weight has changed."""
    start("plain", LONG, "out")
    nudge("--headless", "--snapshot", "old.safetensors")
    for said, why in REFUSED:
        assert why in nudge("--headless", "--nudge", said, status=1), said
    for said, why in NOT_UNDERSTOOD:
        assert why in nudge("--headless", "--nudge", "*: 0", *said, status=2), said
    out = nudge("--headless", "--nudge", "*: w/std else=skip", "--receipt", "--take-back")
    assert "skipped  2.bias: one value has no std" in out, out
    nudge("--headless", "--snapshot", "new.safetensors")
    assert read_bytes("new.safetensors") == read_bytes("old.safetensors")
    nudge("--headless", 1, "--pause", status=2)


def take_back():
    """A job that is nudged, and then taken back, goes on as if it had not been."""
    plain = start_bare("sgd", STEPS, "plain")
    job = start("sgd", STEPS, "back")
    out = nudge("--headless", job.pid, "--nudge", "0: 0*w memory=zero-all", "--nudge",
                "*: w + noise memory=zero", "--take-back", "--take-back", "--continue")
    assert "note" not in out, out
    finish(job)
    finish(plain)
    assert_same("plain", "back")


def others():
    """What one connection does is told to the others, and to that one by its reply alone."""
    job = start("plain", LONG, "out")
    one, other = Peer(job.pid), Peer(job.pid)
    zero = {"targets": [{"parameter": "0.bias"}], "operations": [["number", 0.0], ["set_w"]]}
    reply, _ = one.ask("nudge", text="0.bias: 0", **zero)
    event, _ = other.receive()
    assert event == {"event": "nudge", "text": "0.bias: 0", "step": reply["step"], "skipped": []}, event
    reply, _ = other.ask("take back")
    event, _ = one.receive()
    assert event.pop("event") == "take back", event
    assert event == {key: reply[key] for key in ("step", "text", "exact", "sections_since")}, event


def others_standing():
    """All connections are told what repeats, as it begins, moves, ends or is removed; and how often it was done."""
    job = start("plain", LONG, "out")
    one, other = Peer(job.pid), Peer(job.pid)
    step = one.ask("step")[0]["step"]

    def stand(text, **when):
        return one.ask("nudge", text=text, targets=[{"parameter": "0.bias"}], when=when,
                       operations=[["number", 0.0], ["set_w"]])[0]["standing"]

    def told(peer):
        """The next list, in its order, and the steps that nudges were done in meanwhile."""
        steps = []
        while True:
            event, _ = peer.receive()
            if event.get("event") == "standing":
                assert list(event["times"]) == list(event["standing"]), event
                return [*event["standing"].items()], [*event["times"].values()], steps
            if event.get("event") == "nudge":
                steps.append((event["step"], event["times"]))

    a = stand("a", every=2)
    assert told(other) == ([(a, "a")], [0], [])
    b = stand("b" * 2000, every=1, to=step + 3)
    b_text = (b, "b" * 2000)
    assert told(other) == ([(a, "a"), b_text], [0, 0], [])
    one.ask("move", standing=a)
    assert told(other) == ([b_text, (a, "a")], [0, 0], [])
    one.ask("step", steps=5)
    even = [step for step in range(step + 1, step + 4) if step % 2 == 0]
    list_, times, steps = told(other)
    assert (list_, times) == ([(a, "a")], [len(even)]), (list_, times)
    assert sorted(steps) == sorted([(step + k, k) for k in (1, 2, 3)] +
                                   [(at, k + 1) for k, at in enumerate(even)]), steps
    described, _ = Peer(job.pid).ask("describe")
    assert described["standing"] == {a: "a"} and described["times"][a] >= len(even), described
    other.ask("remove", standing=a)
    for peer in (one, other):  # its own, too, which is behind the reply
        while told(peer)[0]:
            pass


def unseen():
    """Losses from before a gap are not told to a new connection."""
    job = start("plain", LONG, "out")
    first = Peer(job.pid)
    first.ask("step", steps=3)
    first.ask("continue")
    first.socket.close()
    time.sleep(0.3)
    peer = Peer(job.pid)
    peer.send("look", every_ms=10)
    while True:
        frame, _ = peer.receive()
        if frame.get("event") == "frame":
            break
    steps = [step for step, _ in frame["losses"]]
    assert steps == list(range(steps[0], frame["step"] + 1)), steps


def standing():
    """A nudge that repeats does so without the Nudge that asked for it, until it is removed."""
    start("plain", LONG, "out")
    nudge("--headless", "--nudge", "0.weight: 0 @ every 2 steps")
    out = nudge("--headless", "--steps", 6, "--snapshot", "s.safetensors", "--steps", 1, "--snapshot",
                "t.safetensors", "--remove", 1, "--steps", 5, "--snapshot", "r.safetensors")
    steps = [int(line.split()[-1]) for line in out.split("\n") if line.startswith("written")]
    assert steps == [7, 8, 13], out
    zeros = [bool((tensors_of(f + ".safetensors")["0.weight"] == 0).all()) for f in "str"]
    assert zeros == [False, True, False], (out, zeros)


def order():
    """Nudges that repeat are done in the order that they are given."""
    peer = Peer(start("plain", LONG, "out").pid)

    def stand(operation, number, **more):
        reply, _ = peer.ask("nudge", targets=[{"parameter": "0.bias"}], when={"every": 1},
                            operations=[["w"], ["number", number], [operation], ["set_w"]], **more)
        return reply["standing"]

    def value():
        peer.ask("step")
        _, data = peer.ask("tensors", names=["0.bias"])
        return struct.unpack("<8f", data)

    first = stand("multiply", 0.0)
    last = stand("add", 3.0)
    assert value() == (3.0,) * 8
    assert peer.ask("move", standing=first)[0]["standing"] == [last, first]
    assert value() == (0.0,) * 8
    stand("add", 5.0, before=first)
    assert value() == (0.0,) * 8
    assert peer.ask("move", standing=first, before=last)[0]["standing"] == [first, last, "3"]
    assert value() == (8.0,) * 8


# What there is of a weight, as Adam's and the script's own expressions have it.
ALSO = ("exp_avg", "exp_avg_sq", "change", "optimizer change", "nudge change", "since start", "gradients",
        "slow", "momentum_buffer")


def also():
    """Moments, changes and the like are what they are called; what there is not is not sent."""
    peer = Peer(start("plain", LONG, "out").pid)
    described, _ = peer.ask("describe")
    assert described["optimizers"][0]["state"] == ["exp_avg", "exp_avg_sq"], described
    peer.ask("look", every_ms=10, tensors=["0.bias"], also={kind: ["0.bias"] for kind in ALSO})
    peer.ask("step", steps=5)
    before = newest(peer, described["step"] + 5)["tensors"]
    peer.ask("step")
    after = newest(peer, described["step"] + 6)
    assert set(after) == {"tensors", *ALSO[:5], "gradients"}, after
    assert torch.equal(after["change"], after["tensors"] - before)
    assert torch.equal(after["change"], after["optimizer change"])
    assert not after["nudge change"].any() and after["exp_avg_sq"].gt(0).all()
    peer.ask("nudge", targets=[{"parameter": "0.bias"}], operations=[["number", 7.0], ["set_w"]])
    nudged = newest(peer, described["step"] + 6, lambda seen: (seen["tensors"] == 7).all())
    assert torch.equal(nudged["optimizer change"], after["change"])
    assert torch.equal(nudged["nudge change"], 7 - after["tensors"])


def newest(peer, step, is_it=lambda seen: True):
    """What the frame of this step shows, by its kind."""
    while True:
        frame, data = peer.receive()
        if frame.get("event") == "frame" and frame["step"] == step:
            values = split(frame["tensors"], data)
            seen = {head["kind"]: value for head, value in zip(frame["tensors"], values)}
            if is_it(seen):
                return seen


def listing():
    """A job that ends without a word leaves nothing that is listed."""
    job = start("exit", STEPS, "out")
    out = wait_for_list()
    assert str(job.pid) in out, out
    nudge("--headless", "--continue")
    finish(job)
    assert os.path.exists(path_of(job.pid))
    assert "no job" in nudge()
    assert not os.path.exists(path_of(job.pid))
    nudge("--client", "client.py")
    client = os.path.join(os.environ["NUDGE_CLIENT"], "nudge_attach.py")
    assert read_bytes(client) == read_bytes("client.py")
    assert "headless" in nudge("--pause", status=2)


# Its workers are started anew, and read the script as another module.
SPAWNING = """
import torch
from torch.utils.data import DataLoader, TensorDataset

def main():
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    data = DataLoader(TensorDataset(torch.randn(32, 2)), batch_size=4, num_workers=1,
                      multiprocessing_context="spawn")
    for x, in data:
        optimizer.zero_grad()
        model(x).square().sum().backward()
        optimizer.step()
    assert len(data) == 8

if __name__ == "__main__":
    main()
"""


def spawning():
    """A job whose workers are new processes, and which is not told of Nudge."""
    with open("spawning.py", "w", encoding="ascii") as file:
        file.write(SPAWNING)
    job = start_new("-m", "nudge_attach", "--pause", "spawning.py")
    listens(job)
    out = nudge("--headless", "--steps", 3, "--nudge", "*: 0", "--continue")
    assert "applied after step 4" in out, out
    finish(job)


SCRIPT = """
import sys, torch, nudge_attach
from torch.utils.data import DataLoader

torch.manual_seed(1)
model = torch.nn.Linear(2, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
nudge_attach.watch(model, optimizer, keep_initial=True, pause=True)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.99)
average = torch.optim.swa_utils.AveragedModel(model)
data = DataLoader(list(torch.randn(32, 2)), batch_size=4, num_workers=1)
for epoch in range(1000):
    for x in data:
        optimizer.zero_grad()
        model(x).square().sum().backward()
        optimizer.step()
    scheduler.step()
    average.update_parameters(model)
"""


def script():
    """A script that says itself what is watched; its workers, which fork, are not."""
    with open("script.py", "w", encoding="ascii") as file:
        file.write(SCRIPT)
    job = start_new("script.py")
    listens(job)
    out = nudge("--headless", "--steps", 30, "--nudge", "weight: w0", "--receipt", "--snapshot",
                "a.safetensors", "--steps", 20, "--nudge", "*: w0", "--snapshot", "b.safetensors")
    a, b = tensors_of("a.safetensors"), tensors_of("b.safetensors")
    assert out.count("applied") == 2 and "4 of 4" in out, out
    torch.manual_seed(1)
    first = torch.nn.Linear(2, 2)
    assert same_bits(first.weight, a["weight"]) and same_bits(first.bias, b["bias"])
    rate = ["%.9g" % lr for lr in Peer(job.pid).ask("describe")[0]["optimizers"][0]["lr"]]
    assert float(rate[0]) < 0.1, rate
