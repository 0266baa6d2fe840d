#!/usr/bin/python3
# check.py - jobs that Nudge is attached to, against the same jobs without it
#
# SPDX-License-Identifier: MIT
#
#   check.py CASE [COUNT]       one of CASES, at the end; COUNT times what it repeats
#
# NUDGE_PROGRAM is the program, NUDGE_CLIENT the folder of nudge_attach.py. Works in the
# present folder. Exit status 0 if all is as it must be; else a Python error says what is not.

import contextlib
import json
import math
import os
import random
import socket
import subprocess
import sys
import threading
import time

import torch
from peer import HEADER, Peer, path_of, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
JOB = os.path.join(HERE, "job.py")
EDIT_AT = 150
STEPS = 220
PAUSE = 0.004


# --- Processes ------------------------------------------------------------------------

STARTED = []  # of which none outlives the test


def environment(**more):
    return os.environ | {
        "PYTHONPATH": os.environ["NUDGE_CLIENT"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        **more,
    }


def start(*arguments, attached=True, **more):
    command = [sys.executable] + ["-m", "nudge_attach"] * attached + list(map(str, arguments))
    STARTED.append(subprocess.Popen(command, env=environment(**more)))
    return STARTED[-1]


def nudge(*arguments, status=0):
    """Its standard output; or its error, if it is to fail."""
    result = subprocess.run(
        [os.environ["NUDGE_PROGRAM"], "attach", *map(str, arguments)],
        env=environment(), capture_output=True, text=True, check=False, timeout=100,
    )
    assert result.returncode == status, (arguments, result)
    if status:
        assert result.stderr.count("\n") == 1 and result.stderr.startswith("nudge: "), result
    return result.stderr if status else result.stdout


def listens(job):
    wait_for(lambda: os.path.exists(path_of(job.pid)))


def finish(job):
    assert job.wait(timeout=100) == 0


def result_of(name):
    with open(name, encoding="ascii") as file:
        return file.read()


def assert_same(name, other):
    """Losses and parameters, to the bit."""
    assert result_of(name) == result_of(other), (name, other)


# --- What is typed in Python ----------------------------------------------------------

NOISE = "torch.randn(w.shape, generator=torch.Generator().manual_seed(7)).to(w.dtype)"
RAND = NOISE.replace("randn", "rand")
FLAT_RANK = (
    "torch.empty(w.numel()).scatter_(0, w.abs().flatten().argsort(stable=True), "
    "torch.arange(w.numel(), dtype=torch.float32) / w.numel()).reshape(w.shape).to(w.dtype)"
)
ROWS = "torch.arange(w.shape[0], dtype=w.dtype).reshape([-1] + [1] * (w.dim() - 1))"
# (what Nudge is told, what Python is, both of w)
EXPRESSIONS = [
    ("w + 1e-3*w", "w + 1e-3*w"),
    ("w + a*w a=0.1", "w + 0.1*w"),
    ("0.1*0.7*w + 1/3", "0.1*0.7*w + 1/3"),
    ("w - 0.1*(w - 0.3)/7", "w - 0.1*(w - 0.3)/7"),
    ("-w^2 + 2^w", "-w**2 + 2**w"),
    ("w*0.9 + pi - e", "w*0.9 + math.pi - math.e"),
    ("abs(w)*sign(w)", "w.abs()*w.sign()"),
    ("sqrt(abs(w)) + exp(w)", "torch.sqrt(torch.abs(w)) + torch.exp(w)"),
    ("log(abs(w) + 1) + sqrt(2)", "torch.log(torch.abs(w) + 1) + math.sqrt(2)"),
    ("sin(w)*cos(w)", "torch.sin(w)*torch.cos(w)"),
    ("tanh(w) + sigmoid(w)", "torch.tanh(w) + torch.sigmoid(w)"),
    ("relu(w) + floor(3*w) + round(5*w)", "torch.relu(w) + torch.floor(3*w) + torch.round(5*w)"),
    ("clamp(w, -0.1, 0.2)", "torch.clamp(w, -0.1, 0.2)"),
    ("clamp(w, min=0.1)", "torch.clamp(w, min=0.1)"),
    ("clip(w, max=mean(w))", "torch.clamp(w, max=w.mean())"),
    ("max(w, 0.05) - min(w, abs(w))", "torch.clamp(w, min=0.05) - torch.minimum(w, w.abs())"),
    ("w if w > 0 else 0.5*w", "torch.where(w > 0, w, 0.5*w)"),
    ("-0.1 < w <= 0.2 ? 0 : w", "torch.where((-0.1 < w) & (w <= 0.2), torch.zeros_like(w), w)"),
    ("(w > 0 and w < 0.1 or not w > -0.2) ? 1 : w",
     "torch.where((w > 0) & (w < 0.1) | ~(w > -0.2), torch.ones_like(w), w)"),
    ("w*(w > 0) + 2*(w == max)", "w*(w > 0).to(w.dtype) + 2*(w == w.max()).to(w.dtype)"),
    ("w - mean(w) + sum(w)*0.01", "w - w.mean() + w.sum()*0.01"),
    ("w/norm + norm(w*2)", "w/torch.norm(w) + torch.norm(w*2)"),
    ("(w - min)/(max - min)", "(w - torch.amin(w))/(torch.amax(w) - torch.amin(w))"),
    ("w - median(w)", "w - torch.median(w)"),
    ("w + any(w > 0) + all(w > 0) + count(w > 0)",
     "w + (w > 0).any().to(w.dtype) + (w > 0).all().to(w.dtype) + (w > 0).sum().to(w.dtype)"),
    ("m = 0.5*w; w = w + m; w = w*2", "(w + 0.5*w)*2"),
    ("w + i", "w + " + ROWS),
    ("w + 0.1*noise", "w + 0.1*" + NOISE),
    ("normal(0.5, 2)*w", "(0.5 + 2*%s)*w" % NOISE),
    ("uniform(-1, 1)", "-1 + (1 - -1)*" + RAND),
    ("rand < 0.5 ? 0 : w", "torch.where(%s < 0.5, torch.zeros_like(w), w)" % RAND),
    ("prune 50%", "torch.where(%s < 0.5, torch.zeros_like(w), w)" % FLAT_RANK),
    ("shuffled", "w.flatten()[torch.randperm(w.numel(), "
     "generator=torch.Generator().manual_seed(7))].reshape(w.shape)"),
]
# What PyTorch 1.13 has not for all types.
NOT_BFLOAT16 = [("w + prod(w)", "w + torch.prod(w)")]
# Where there is more than one value, and more than one dimension.
OF_MATRICES = [
    ("w/std + std(w, correction=0)", "w/w.std() + w.std(unbiased=False)"),
    ("w/norm(w, dim=1) + mean(w, dim=0)",
     "w/torch.norm(w, dim=1, keepdim=True) + w.mean(0, keepdim=True)"),
    ("w - quantile(w, 0.3)", "w - torch.quantile(w.float(), 0.3).to(w.dtype)"),
]


def tensors_of(path):
    with open(path, "rb") as file:
        data = file.read()
    n = int.from_bytes(data[:8], "little")
    types = {"F32": torch.float32, "BF16": torch.bfloat16, "I64": torch.int64}
    tensors = {}
    for name, facts in json.loads(data[8 : 8 + n]).items():
        if name != "__metadata__":
            first, last = facts["data_offsets"]
            part = bytearray(data[8 + n + first : 8 + n + last])
            flat = torch.frombuffer(part, dtype=types[facts["dtype"]])
            tensors[name] = flat.reshape(facts["shape"])
    return tensors


def check_language(kind, names):
    """Every expression, on each of some parameters, against Python's."""
    job = start(JOB, kind, 100000, "out")
    listens(job)
    nudge("--headless", "--pause", "--snapshot", "old.safetensors")
    old = tensors_of("old.safetensors")
    for name in names:
        cases = EXPRESSIONS if old[name].dtype == torch.bfloat16 else EXPRESSIONS + NOT_BFLOAT16
        cases = cases + (OF_MATRICES if old[name].dim() > 1 else [])
        for said, typed in cases:
            nudge("--headless", "--seed", 7, "--nudge", "%s: %s" % (name, said),
                  "--snapshot", "new.safetensors", "--take-back")
            new = tensors_of("new.safetensors")
            w = old[name]
            expected = eval(typed, {"torch": torch, "math": math, "w": w})  # pylint: disable=eval-used
            expected = torch.as_tensor(expected, dtype=w.dtype).broadcast_to(w.shape)
            assert same_bits(new[name], expected), (name, said, new[name], expected)
            assert all(same_bits(new[k], old[k]) for k in old if k != name), said
    nudge("--headless", "--snapshot", "new.safetensors")
    assert result_bytes("new.safetensors") == result_bytes("old.safetensors")


def same_bits(a, b):
    a, b = (t.contiguous().flatten() for t in (a, b))
    return a.dtype == b.dtype and (a.shape == b.shape) and bytes(
        a.view(torch.uint8).tolist()) == bytes(b.view(torch.uint8).tolist())


def result_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def language():
    check_language("plain", ["0.weight", "0.bias"])


def language_bfloat16():
    check_language("bfloat16", ["0.weight"])


def language_convolution():
    check_language("conv", ["conv.weight"])


# --- Kinds of jobs --------------------------------------------------------------------

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
        start(JOB, kind, STEPS, kind + ".typed", 0, typed, attached=False)
        job = start(JOB, kind, STEPS, kind + ".nudged", PAUSE)
        listens(job)
        nudge("--headless", job.pid, "--nudge", said + " @ step %d" % EDIT_AT)
    for job in STARTED:
        finish(job)
    for kind in KINDS:
        assert_same(kind + ".typed", kind + ".nudged")


def two_optimizers():
    """Sections come after each optimizer's step; all parameters have names."""
    job = start(JOB, "two", 100000, "out")
    listens(job)
    nudge("--headless", "--pause", "--nudge", "0.weight: w*0.5", "--snapshot", "a.npz", "--steps", 2)
    peer = Peer(job.pid)
    described, _ = peer.ask("describe")
    assert [t["optimizer"] for t in described["tensors"]] == [0, 0, 1, 1]
    assert [o["type"] for o in described["optimizers"]] == ["Adam", "SGD"]


def tied():
    """One tensor of two names is one target; what has no gradient is a parameter, too."""
    job = start(JOB, "tied", 100000, "out")
    listens(job)
    out = nudge("--headless", "--pause", "--nudge", "*.weight: w + 1", "--receipt",
                "--nudge", "frozen: 2", "--snapshot", "t.safetensors")
    assert out.count("weight  ") == 1, out
    new = tensors_of("t.safetensors")
    assert list(new) == TIED, list(new)
    assert torch.equal(new["encoder.weight"], new["decoder.weight"])
    assert torch.equal(new["frozen"], torch.full((3,), 2.0))
    nudge("--headless", "--nudge", "encoder.weight, decoder.weight: 0", status=1)


def watched():
    """Looking at everything 20 times a second changes no bit of a job."""
    for kind in ("plain", "conv", "lbfgs"):
        plain = start(JOB, kind, STEPS, kind + ".plain", 0, attached=False)
        job = start(JOB, kind, STEPS, kind + ".watched", PAUSE)
        listens(job)
        peer = Peer(job.pid)
        described, _ = peer.ask("describe")
        names = [t["name"] for t in described["tensors"]]
        peer.send("look", every_ms=50, tensors=names, gradients=names)
        frames = 0
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                frames += peer.receive()[0].get("event") == "frame"
        finish(job)
        finish(plain)
        assert frames > 1, frames  # rarer than 20 a second on a busy machine
        assert_same(kind + ".plain", kind + ".watched")


def same_losses():
    """What the job says its loss was is what backward was called on."""
    job = start(JOB, "plain", 600, "out", PAUSE)
    listens(job)
    out = nudge("--headless", "--pause", "--step", "--steps", 3, "--continue")
    finish(job)
    losses = result_of("out").split("\n")
    said = [line for line in out.split("\n") if line.startswith("paused")]
    assert len(said) == 3
    for line in said:
        step, loss = line.replace(",", "").split()[3::2]
        assert float(loss) == float("%.9g" % float(losses[int(step) - 1])), line


# --- What is refused ------------------------------------------------------------------

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
    job = start(JOB, "plain", 100000, "out")
    listens(job)
    nudge("--headless", "--pause", "--snapshot", "old.safetensors")
    for said, why in REFUSED:
        assert why in nudge("--headless", "--nudge", said, status=1), said
    out = nudge("--headless", "--nudge", "*: w/std else=skip", "--receipt", "--take-back")
    assert "skipped  2.bias: one value has no std" in out, out
    nudge("--headless", "--snapshot", "new.safetensors")
    assert result_bytes("new.safetensors") == result_bytes("old.safetensors")
    nudge("--headless", 1, "--pause", status=2)


def take_back():
    """A job that is nudged, and then taken back, goes on as if it had not been."""
    plain = start(JOB, "sgd", STEPS, "plain", 0, attached=False)
    job = start(JOB, "sgd", STEPS, "back", PAUSE)
    listens(job)
    out = nudge("--headless", "--pause", "--nudge", "0: 0*w memory=zero-all", "--nudge",
                "*: w + noise memory=zero", "--take-back", "--take-back", "--continue")
    assert "note" not in out, out
    finish(job)
    finish(plain)
    assert_same("plain", "back")


def standing():
    """A nudge that repeats does so without the Nudge that asked for it, until it is removed."""
    job = start(JOB, "plain", 100000, "out", 0.001)
    listens(job)
    out = nudge("--headless", "--pause", "--nudge", "0.weight: 0 @ every 2 steps", "--steps", 6,
                "--snapshot", "s.safetensors", "--remove", 1, "--steps", 6,
                "--snapshot", "r.safetensors")
    assert "stands from step" in out, out
    steps = [int(line.split()[-1]) for line in out.split("\n") if line.startswith("written")]
    zeros = [bool((tensors_of(f)["0.weight"] == 0).all()) for f in ("s.safetensors", "r.safetensors")]
    assert zeros == [steps[0] % 2 == 0, False], (out, zeros)


def listing():
    """A job that ends without a word leaves nothing that is listed."""
    job = start(JOB, "exit", 500, "out", PAUSE)
    listens(job)
    out = nudge()
    assert "job.py" in out and str(job.pid) in out, out
    finish(job)
    assert os.path.exists(path_of(job.pid))
    assert "no job" in nudge()
    assert not os.path.exists(path_of(job.pid))
    nudge("--client", "client.py")
    with open(os.path.join(os.environ["NUDGE_CLIENT"], "nudge_attach.py"), "rb") as file:
        assert file.read() == result_bytes("client.py")
    assert "headless" in nudge("--pause", status=2)


SCRIPT = """
import sys, torch, nudge_attach
from torch.utils.data import DataLoader

torch.manual_seed(1)
model = torch.nn.Linear(2, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
nudge_attach.watch(model, optimizer, keep_initial=True)
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
    job = start("script.py", attached=False)
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


# --- Several ranks --------------------------------------------------------------------


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start_ranks(size, *arguments, **more):
    port = str(free_port())
    return [
        start(*arguments, RANK=str(rank), WORLD_SIZE=str(size), MASTER_ADDR="127.0.0.1",
              MASTER_PORT=port, **more)
        for rank in range(size)
    ]


def check_ranks(size):
    """All ranks do the same at the same step, noise included."""
    said = "0.weight: w + 0.1*noise"
    typed = "w = model[0].weight; w.copy_(w + 0.1*%s)" % NOISE
    start_ranks(size, JOB, "ddp", STEPS, "typed", 0, typed, attached=False)
    for job in STARTED:
        finish(job)
    jobs = start_ranks(size, JOB, "ddp", STEPS, "nudged", PAUSE)
    listens(jobs[0])
    out = nudge("--headless", jobs[0].pid, "--seed", 7, "--nudge", said + " @ step %d" % EDIT_AT)
    assert "stands" in out, out
    for job in jobs:
        finish(job)
    for rank in range(size):
        assert_same("typed.0", "nudged.%d" % rank)


def ranks_2():
    check_ranks(2)


def ranks_4():
    check_ranks(4)


def torchrun():
    """As it is typed, with all that can be asked of ranks."""
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2", "-r", "2",
               "-t", "2", "--log_dir", "log", "--master_port", str(free_port()), "-m",
               "nudge_attach", JOB, "ddp", str(3 * STEPS), "out", str(PAUSE)]
    STARTED.append(subprocess.Popen(command, env=environment()))
    wait_for(lambda: os.path.isdir("nudge") and os.listdir("nudge"))
    out = nudge("--headless", "--pause", "--nudge", "*: w*0.9 memory=zero", "--take-back",
                "--nudge", "*: w + 0.01*noise", "--receipt", "--step", "--nudge", "2: 0", "--steps", 3,
                "--continue")
    assert out.count("1 other rank: the same values") == 3, out
    finish(STARTED[0])
    assert_same("out.0", "out.1")


def unequal():
    """Ranks that train apart, and not as long, never wait for each other."""
    jobs = start_ranks(2, JOB, "unequal", 800, "out", PAUSE)
    listens(jobs[0])
    steps = [nudge("--headless", jobs[0].pid, "--pause", "--nudge", "*: w*0.9", "--continue")]
    finish(jobs[1])
    steps.append(nudge("--headless", jobs[0].pid, "--nudge", "*: w*0.9"))
    assert "rank 1: has ended" in steps[1], steps
    finish(jobs[0])


def lost_rank():
    """Where a rank is killed, the others' Nudge is told, and nothing is changed."""
    jobs = start_ranks(2, JOB, "unequal", 4000, "out", PAUSE)
    listens(jobs[0])
    nudge("--headless", jobs[0].pid, "--pause", "--snapshot", "old.npz", "--continue")
    jobs[1].kill()
    why = nudge("--headless", jobs[0].pid, "--nudge", "*: 0", status=1)
    assert "rank 1 does not answer" in why, why
    nudge("--headless", jobs[0].pid, "--snapshot", "new.npz")


def busy_rank():
    """A rank may end while its threads agree with others."""
    for _ in range(3):
        finish(start(os.path.join(HERE, "busy.py"), free_port(), attached=False))


# --- Sides that die, hang, flood or send rubbish --------------------------------------


def kills(count=5):
    """Of either side, at any time; the other is whole."""
    plain = start(JOB, "plain", STEPS, "plain", 0, attached=False)
    finish(plain)
    for _ in range(count):
        job = start(JOB, "plain", STEPS, "killed", PAUSE)
        listens(job)
        for _ in range(3):
            process = subprocess.Popen(
                [os.environ["NUDGE_PROGRAM"], "attach", "--headless", str(job.pid)]
                + ["--snapshot", "x.npz"] * 1000,
                env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, 0.15))
            process.kill()
            process.wait()
        finish(job)
        assert_same("plain", "killed")
    for _ in range(count):
        job = start(JOB, "plain", 100000, "out", PAUSE)
        listens(job)
        threading.Timer(random.uniform(0, 0.3), job.kill).start()
        why = nudge("--headless", job.pid, *["--step"] * 2000, status=1)
        assert "ended" in why or "closed" in why, why
        job.wait()


def holding():
    """A pause that is its asker's alone ends with it."""
    job = start(JOB, "plain", STEPS, "out", PAUSE)
    listens(job)
    peer = Peer(job.pid)
    peer.ask("pause", hold=False)
    time.sleep(0.5)
    assert job.poll() is None
    peer.socket.close()
    finish(job)


def rubbish_bytes():
    deep = b"[" * 200000
    huge = HEADER.pack(b"NUDG", 0xFFFFFFFF, 0)
    yield b"GET / HTTP/1.1\r\n\r\n"
    yield HEADER.pack(b"NUDG", 10, 0)
    yield HEADER.pack(b"NUDG", 10, 1 << 60)
    yield huge
    yield HEADER.pack(b"NUDG", len(deep), 0) + deep
    for text in (b"[]", b"{", b"1" * 100000, b'"\xff"', b'{"do":1e999}', b"\0" * 100):
        yield HEADER.pack(b"NUDG", len(text), 0) + text
    generator = random.Random(1)
    for _ in range(20):
        yield generator.randbytes(generator.randrange(1, 5000))


def odd_requests():
    targets = [{"parameter": "0.weight"}]
    yield {"do": None}
    yield {"do": ["nudge"]}
    yield {"do": "nudge"}
    yield {"do": "nudge", "targets": 3, "operations": [["w"], ["set_w"]]}
    yield {"do": "nudge", "targets": [3], "operations": [["w"], ["set_w"]]}
    for operations in ([], [[]], [3], [["add"]], [["w"]], [["number"]], [["number", "1"], ["set_w"]],
                       [["__import__"]], [["w"], ["w"], ["set_w"]], [["w"]] * 5000,
                       [["w"], ["std", 99], ["set_w"]], [["w"], ["std", "x"], ["set_w"]],
                       [["number", 1e308], ["set_w"]], [["number", 10.0], ["number", 400.0], ["power"], ["set_w"]]):
        yield {"do": "nudge", "targets": targets, "operations": operations}
    for part in ({"rows": [0, 99, 1]}, {"rows": [-1, 1, 1]}, {"rows": "x"}, {"edges": [[99, 0]]},
                 {"edges": 3}, {"columns": [0, 1, 1]}, {"rows": [0, 1, 0]}):
        yield {"do": "nudge", "targets": [{"parameter": "0.weight", **part}],
               "operations": [["number", 0.0], ["set_w"]]}
    for more in ({"amount": "x"}, {"seed": -1e300}, {"memory": 3}, {"when": 3}, {"when": {"at": []}},
                 {"when": {"at": ["x"]}}, {"when": {"every": -1}}):
        yield {"do": "nudge", "targets": targets, "operations": [["w"], ["set_w"]], **more}
    yield {"do": "tensors", "names": 3}
    yield {"do": "look", "every_ms": "x"}
    yield {"do": "look", "tensors": [3]}
    yield {"do": "step", "steps": "x"}
    yield {"do": "remove", "standing": []}


def peer_or_none(job):
    """Those before are still being turned away."""
    with contextlib.suppress(EOFError, OSError):
        return Peer(job.pid)
    return None


def flood(job):
    """Asks more than it reads, and then nothing for a while."""
    peer = Peer(job.pid)
    peer.socket.settimeout(0.2)
    with contextlib.suppress(OSError):
        for _ in range(20000):
            peer.send("tensors")
    return peer


def rubbish():
    """On the socket of a job, whose losses stay as they are."""
    plain = start(JOB, "plain", 800, "plain", 0, attached=False)
    job = start(JOB, "plain", 800, "odd", PAUSE)
    listens(job)
    for data in rubbish_bytes():
        with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
            connection.connect(path_of(job.pid))
            connection.sendall(data)
    peer = wait_for(lambda: peer_or_none(job))
    for request in odd_requests():
        peer.send(request.pop("do"), **request)
        reply, _ = peer.receive()
        assert not reply["ok"] and reply["error"], (request, reply)
    flooding = [flood(job) for _ in range(2)]
    crowd = []
    for _ in range(20):
        crowd.append(socket.socket(socket.AF_UNIX))
        crowd[-1].connect(path_of(job.pid))
    peer.socket.close()
    finish(job)
    finish(plain)
    del flooding
    assert_same("plain", "odd")


def false_job():
    """What listens and is no job: Nudge says so in a line, and in time."""
    greeting = json.dumps({"nudge_attach": 2, "pid": 1, "script": "x", "step": 0, "ranks": 1,
                           "paused": False}).encode()
    hello = HEADER.pack(b"NUDG", len(greeting), 0) + greeting
    other = greeting.replace(b'"nudge_attach": 2', b'"nudge_attach": 9')

    def replies(text, more=b""):
        return hello + HEADER.pack(b"NUDG", len(text), len(more)) + text + more

    bad = [b"", b"\0" * 100, hello[:20], hello, HEADER.pack(b"NUDG", 2, 0) + b"[]",
           HEADER.pack(b"NUDG", 1 << 31, 0), HEADER.pack(b"NUDG", 5, 0) + b"\xff\xff\xff\xff\xff",
           HEADER.pack(b"NUDG", len(other), 0) + other, replies(b'{"id":1}'), replies(b'{"id":1,"ok":3}'),
           replies(b'{"id":1,"ok":true}'), replies(b'{"id":1,"ok":true,"tensors":[3]}'),
           replies(b'{"id":1,"ok":true,"tensors":[{"name":"w","dtype":"float32","shape":[9999999,9999999]}]}'),
           replies(b'{"id":1,"ok":true,"tensors":[{"name":"w","dtype":"x","shape":[]}]}'),
           hello + HEADER.pack(b"NUDG", 2, (1 << 64) - 1) + b"{}"]
    for data in bad:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("false.sock")
            listener.listen()
            threading.Thread(target=serve, args=(listener, data), daemon=True).start()
            result = subprocess.run(
                [os.environ["NUDGE_PROGRAM"], "attach", "--headless", os.path.abspath("false.sock"),
                 "--wait", "1", "--snapshot", "x.npz"],
                env=environment(), capture_output=True, text=True, check=False, timeout=20)
            assert result.returncode in (1, 2) and result.stderr.count("\n") == 1, (data, result)
        os.unlink("false.sock")


def serve(listener, data):
    connection, _ = listener.accept()
    connection.sendall(data)
    time.sleep(3)
    connection.close()


CASES = [language, language_bfloat16, language_convolution, kinds, two_optimizers, tied, watched,
         same_losses, refusals, take_back, standing, script, listing, ranks_2, ranks_4, torchrun, unequal,
         lost_rank, busy_rank, kills, holding, rubbish, false_job]


def main():
    case = {case.__name__: case for case in CASES}[sys.argv[1]]
    arguments = [int(argument) for argument in sys.argv[2:]]
    os.environ["XDG_RUNTIME_DIR"] = os.getcwd()
    try:
        case(*arguments)
    finally:
        for process in STARTED:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
