# kinds.py - jobs of all kinds: nudged, watched, paused
#
# SPDX-License-Identifier: MIT

import os

import torch
from jobs import (EDIT_AT, LONG, STARTED, STEPS, assert_same, finish, listens, nudge, read_bytes, read_text,
                  same_bits, start, start_bare, start_new, tensors_of)
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
    """Sections come after each optimizer's step; all parameters have names."""
    job = start("two", LONG, "out")
    nudge("--headless", "--nudge", "0.weight: w*0.5", "--snapshot", "a.npz", "--steps", 2)
    peer = Peer(job.pid)
    described, _ = peer.ask("describe")
    assert [t["optimizer"] for t in described["tensors"]] == [0, 0, 1, 1]
    assert [o["type"] for o in described["optimizers"]] == ["Adam", "SGD"]


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
    for kind in ("plain", "conv", "lbfgs"):
        plain = start_bare(kind, STEPS, kind + ".plain")
        job = start(kind, STEPS, kind + ".watched")
        watch(job)
        finish(job)
        finish(plain)
        assert_same(kind + ".plain", kind + ".watched")


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
    ("0.weight[99]: 0", "none of which"),
    ("0.weight: w +", "column"),
    ("0.weight, 0: 0", "twice"),
    ("0.weight: (0 - 2)^0.5", "root of a negative"),
    ("0.weight: w + 1/(2 - 2)", "zero"),
]


def refusals():
    """With the reason, and no weight has changed."""
    start("plain", LONG, "out")
    nudge("--headless", "--snapshot", "old.safetensors")
    for said, why in REFUSED:
        assert why in nudge("--headless", "--nudge", said, status=1), said
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


def listing():
    """A job that ends without a word leaves nothing that is listed."""
    job = start("exit", STEPS, "out")
    out = nudge()
    assert "job.py" in out and str(job.pid) in out, out
    nudge("--headless", "--continue")
    finish(job)
    assert os.path.exists(path_of(job.pid))
    assert "no job" in nudge()
    assert not os.path.exists(path_of(job.pid))
    nudge("--client", "client.py")
    client = os.path.join(os.environ["NUDGE_CLIENT"], "nudge_attach.py")
    assert read_bytes(client) == read_bytes("client.py")
    assert "headless" in nudge("--pause", status=2)


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
