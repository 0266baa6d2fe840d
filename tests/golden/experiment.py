#!/usr/bin/python3
# experiment.py - run an experiment file in PyTorch, as Nudge runs it
#
# SPDX-License-Identifier: MIT
#
# Prints the losses file that `nudge run FILE --losses` would write, to float32 rounding,
# the column of what is held out included.
# Run it with Debian's python3-torch:
#
#   python3 tests/golden/experiment.py FILE.nudge [STEPS]
#
# Data sources are those of data.py, nudges those of nudges.py.

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

# The kernels that the other recorded values come from (see seed.py).
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
os.environ["OPENBLAS_CORETYPE"] = "Prescott"

import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402

import data  # noqa: E402
import nudges  # noqa: E402
import surgery  # noqa: E402

USUAL_STEPS = 1000
REQUIRED = object()

ACTIVATIONS = {
    "identity": lambda x: x,
    "relu": torch.relu,
    "leaky_relu": F.leaky_relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
    "softplus": F.softplus,
}
INITS = {
    "xavier_uniform": nn.init.xavier_uniform_,
    "xavier_normal": nn.init.xavier_normal_,
    "kaiming_uniform": nn.init.kaiming_uniform_,
    "kaiming_normal": nn.init.kaiming_normal_,
}
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, ("lr", "momentum", "nesterov", "weight_decay")),
    "adam": (torch.optim.Adam, ("lr", "betas", "eps", "weight_decay")),
    "adamw": (torch.optim.AdamW, ("lr", "betas", "eps", "weight_decay")),
    "rmsprop": (
        torch.optim.RMSprop,
        ("lr", "alpha", "eps", "centered", "momentum", "weight_decay"),
    ),
    "adagrad": (
        torch.optim.Adagrad,
        ("lr", "lr_decay", "initial_accumulator_value", "eps", "weight_decay"),
    ),
}
LOSSES = {  # what each takes, and its own keys with their defaults
    "mse": ("columns", {}),
    "l1": ("columns", {}),
    "huber": ("columns", {"delta": 1}),
    "bce_logits": ("columns", {}),
    "cross_entropy": ("classes", {}),
    "squared_sum": ("nothing", {"target": 0}),
}
EVENTS = {  # what the user does, and which keys each event has
    "nudge": ["nudge"],
    "stand": ["index", "nudge"],
    "replace": ["index", "nudge"],
    "remove": ["index"],
    "pause": ["index"],
    "resume": ["index"],
    "move": ["index", "to"],
    "guard": ["guard"],
    "edit": [],
}
EDITED = ("seed", "data", "network", "loss", "optimizer", "batch", "guard")
GENERATORS = {source.__name__: source for source in data.SOURCES}
OF_CLASSES = ("xor", "circle", "gauss", "spiral", "moons")
KEYS = {
    "nudge": REQUIRED,
    "title": "",
    "seed": 1,
    "data": REQUIRED,
    "network": REQUIRED,
    "parameters": {},
    "loss": REQUIRED,
    "optimizer": {"type": "adam"},
    "batch": {},
    "guard": "shield",
    "nudges": [],
    "log": [],
}
DATA_KEYS = {
    "uniform": {"examples": REQUIRED, "features": REQUIRED},
    "inline": {"inputs": REQUIRED, "targets": None},
}
GENERATED_KEYS = {"examples": REQUIRED, "noise": 0}


class Refusal(Exception):
    """The run stops in this step, the one before which is the last that counts."""

    def __init__(self, step, why):
        super().__init__("step %d: %s" % (step, why))
        self.step = step
        self.why = why


def read(given, place, keys):
    """The values of an object's keys: those given, and the defaults of the others."""
    if not isinstance(given, dict):
        raise ValueError("%s: expected an object" % place)
    for key in given:
        if key not in keys:
            raise ValueError("%s: unknown key %s" % (place, key))
    values = {**keys, **given}
    for key, value in values.items():
        if value is REQUIRED:
            raise ValueError("%s: %s is missing" % (place, key))
    return values


def choose(name, place, choices):
    if name not in choices:
        known = ", ".join(choices)
        raise ValueError("%s: there is no %r; there are %s" % (place, name, known))
    return choices[name]


def load(path):
    experiment = json.loads(Path(path).read_text())
    given = experiment.get("parameters", {})
    if "file" in given:  # of PyTorch's; else they are there by name
        experiment["parameters"] = torch.load(Path(path).parent / given["file"])
    return check(experiment)


def check(e):
    """An experiment, checked, with every default filled in."""
    e = check_parts(read(e, "experiment", KEYS), {})
    if e["nudge"] != 1:
        raise ValueError("nudge: expected version 1")
    names = [layer["name"] for layer in e["network"]["layers"]]
    e["nudges"] = [nudges.parse(text, names) for text in e["nudges"]]
    log = []
    for i, event in enumerate(e["log"]):
        log.append(read_event(event, i, names))
        if "network" in log[-1]:
            names = [layer["name"] for layer in log[-1]["network"]["layers"]]
    e["log"] = log
    return e


def check_parts(e, was):
    """What an edit may have, too. was: {"was": None} in an edit, and {} else"""
    if "data" in e:
        source = e["data"].get("source")
        choose(source, "data.source", {**GENERATORS, **DATA_KEYS})
        keys = {"source": REQUIRED, "validation": 0, "seed": None}
        keys.update(DATA_KEYS.get(source, GENERATED_KEYS))
        e["data"] = read(e["data"], "data", keys)
    if "network" in e:
        keys = {"layers": REQUIRED, "init": "torch"}
        keys.update({"new": None} if was else {})
        e["network"] = read(e["network"], "network", keys)
        e["network"]["layers"] = [
            read_layer(layer, i, was) for i, layer in enumerate(e["network"]["layers"])
        ]
    if "loss" in e:
        kind = e["loss"].get("type")
        own = choose(kind, "loss.type", LOSSES)[1]
        e["loss"] = read(e["loss"], "loss", {"type": REQUIRED, **own})
    if "optimizer" in e:
        kind = e["optimizer"].get("type")
        own = choose(kind, "optimizer.type", OPTIMIZERS)[1]
        read(e["optimizer"], "optimizer", dict.fromkeys(("type", *own)))
    if "batch" in e:
        e["batch"] = read(e["batch"], "batch", {"size": 0, "shuffle": False})
    if "guard" in e:
        choose(e["guard"], "guard", dict.fromkeys(("shield", "check", "off")))
    return e


def read_layer(layer, index, was):
    place = "network.layers[%d]" % index
    usual = {"name": "fc%d" % (index + 1), "units": REQUIRED, **was}
    usual.update(activation="identity", bias=True)
    layer = read(layer, place, usual)
    choose(layer["activation"], place + ".activation", ACTIVATIONS)
    return layer


def read_event(event, index, names):
    place = "log[%d]" % index
    keys = choose(event.get("do"), place + ".do", EVENTS)
    keys = {key: REQUIRED for key in ("step", "do", *keys)}
    if event["do"] == "edit":
        keys.update({key: None for key in EDITED if key in event})
    event = dict(read(event, place, keys))
    if event["do"] == "edit":
        check_parts(event, {"was": None})
    if "nudge" in event:
        event["nudge"] = nudges.parse(event["nudge"], names)
    return event


def make_network(network, n_features):
    """Every layer is made, and so drawn, before the first is initialised otherwise."""
    modules = nn.ModuleDict()
    for layer in network["layers"]:
        bias = layer["bias"]
        modules[layer["name"]] = nn.Linear(n_features, layer["units"], bias=bias)
        n_features = layer["units"]
    init = network["init"]
    if isinstance(init, dict):
        init = read(init, "network.init", {"type": REQUIRED, "value": REQUIRED})
        choose(init["type"], "network.init.type", {"constant": None})
    elif init == "torch":
        return modules
    for module in modules.values():
        if isinstance(init, dict):
            for parameter in module.parameters():
                nn.init.constant_(parameter, init["value"])
            continue
        choose(init, "network.init", {**INITS, "zeros": nn.init.zeros_})(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    return modules


def count_features(spec):
    if spec["source"] == "inline":
        return len(spec["inputs"][0])
    if spec["source"] == "uniform":
        return spec["features"]
    return 1 if spec["source"] == "sine" else 2


def make_data(spec):
    """Returns features (n, …), targets (n, …) or None, and how many are trained on."""
    if spec["source"] == "inline":
        features = torch.tensor(spec["inputs"], dtype=torch.float32)
        targets = spec["targets"]
        if targets is not None:
            targets = torch.tensor(targets, dtype=torch.float32)
            targets = targets.reshape(len(features), -1)
    elif spec["source"] == "uniform":
        features, targets = torch.rand((spec["examples"], spec["features"])), None
    else:
        features, targets = GENERATORS[spec["source"]](spec["examples"], spec["noise"])
    return data.hold_out(features, targets, spec["validation"])


def are_classes(spec):
    if spec["source"] == "inline":
        return spec["targets"] is not None and not isinstance(spec["targets"][0], list)
    return spec["source"] in OF_CLASSES


@dataclass
class Standing:
    """A nudge in the list that is gone through."""

    nudge: nudges.Nudge
    paused: bool = False


class Run:
    """One run of an experiment, from its first draw on.

    All draws are in float32. With another dtype, the arithmetic on them is in that: it
    begins with the same numbers, and what an expression or a loss holds as a float32
    number keeps that value.
    """

    def __init__(self, experiment, dtype=torch.float32):
        spec = experiment["data"]
        torch.manual_seed(experiment["seed"])
        self.generator = nudges.new_generator(experiment["seed"])
        self.experiment = experiment
        self.network = make_network(experiment["network"], count_features(spec))
        self.dtype = dtype
        if spec["seed"] is not None:
            torch.manual_seed(spec["seed"])
        self.set_data(spec)
        self.put_parameters()
        self.network.to(dtype)
        self.initial = self.copy_parameters()
        self.slow = {}  # the slow copies there are, by name
        self.before = None  # the parameters before this step's optimizer, after it
        self.make_optimizer()
        self.standing = [Standing(nudge) for nudge in experiment["nudges"]]
        self.guard = experiment["guard"]
        self.n_steps = 0
        self.n_epochs = 0  # ended, of whatever data

    def set_data(self, spec):
        features, self.given_targets, self.n_training = make_data(spec)
        self.features = features.to(self.dtype)
        self.set_targets()
        self.held_out = torch.arange(self.n_training, len(features))
        self.waiting = []  # the batches that this epoch has left

    def set_targets(self):
        self.targets = self.convert_targets(self.given_targets, self.dtype)

    def read_optimizer(self):
        """The settings, those too that are PyTorch's defaults."""
        given = self.experiment["optimizer"]
        settings = {k: v for k, v in given.items() if k != "type"}
        if given["type"] == "sgd":
            settings.setdefault("lr", 1e-3)  # PyTorch 1.13 has no default for it yet
        kind, keys = OPTIMIZERS[given["type"]]
        usual = kind([torch.zeros(1)], **settings).defaults
        return {key: usual[key] for key in keys}

    def make_optimizer(self):
        kind = OPTIMIZERS[self.experiment["optimizer"]["type"]][0]
        self.optimizer = kind(self.network.parameters(), **self.read_optimizer())

    @torch.no_grad()
    def put_parameters(self):
        """Those that are given, in place of what was drawn."""
        state = self.network.state_dict()
        for name, values in self.experiment["parameters"].items():
            state[name].copy_(torch.as_tensor(values))

    def convert_targets(self, targets, dtype):
        kind = self.experiment["loss"]["type"]
        takes = LOSSES[kind][0]
        if takes == "nothing":
            return None
        if targets is None:
            raise ValueError("loss.type: %s needs targets" % kind)
        if takes == "columns":
            return targets.to(dtype)
        if are_classes(self.experiment["data"]):
            return targets[:, 0].long()
        if not 1 < targets.shape[1] == self.experiment["network"]["layers"][-1]["units"]:
            raise ValueError("loss.type: %s needs classes or probabilities" % kind)
        return targets.to(dtype)

    def next_batch(self):
        """The rows of the next batch, and whether it is the epoch's last."""
        if not self.waiting:
            self.waiting = self.draw_batches(self.experiment["batch"])
        return self.waiting.pop(0), len(self.waiting) == 0

    def draw_batches(self, batch):
        """Those of a new epoch."""
        n = self.n_training
        size = batch["size"] or n
        if batch["shuffle"] == "dataloader":
            return list(DataLoader(torch.arange(n), batch_size=size, shuffle=True))
        order = torch.randperm(n) if batch["shuffle"] else torch.arange(n)
        return list(order.split(size))

    def compute_loss(self, rows):
        x = self.features[rows]
        for layer in self.experiment["network"]["layers"]:
            x = ACTIVATIONS[layer["activation"]](self.network[layer["name"]](x))
        y = None if self.targets is None else self.targets[rows]
        loss = self.experiment["loss"]
        if loss["type"] == "mse":
            return F.mse_loss(x, y)
        if loss["type"] == "l1":
            return F.l1_loss(x, y)
        if loss["type"] == "huber":
            return F.huber_loss(x, y, delta=nudges.rounded(loss["delta"]))
        if loss["type"] == "bce_logits":
            return F.binary_cross_entropy_with_logits(x, y)
        if loss["type"] == "cross_entropy":
            return F.cross_entropy(x, y)
        missing = nudges.rounded(loss["target"]) - torch.sum(x)
        return torch.mean(torch.square(missing))

    def forward(self, rows):
        """The loss; what forward saves for backward is a copy if there is a shield."""
        if self.guard != "shield":
            return self.compute_loss(rows)
        with torch.autograd.graph.saved_tensors_hooks(torch.clone, lambda saved: saved):
            return self.compute_loss(rows)

    def differentiate(self, loss, due):
        """Backward, with the nudges that are due between forward and it."""
        unseen = self.guard == "off"
        nudges.apply(due, self, self.n_steps + 1, unseen)
        try:
            loss.backward()
        except RuntimeError as error:
            if "modified by an inplace operation" not in str(error):
                raise
            raise Refusal(self.n_steps + 1, "stale") from error

    def walk(self, rows, due):
        """The batch one example at a time, each with a section after its backward.

        What is due before the step's backward lands before its first one.
        """
        losses = []
        step = self.n_steps + 1
        after = [n for n in self.get_awake() if n.is_due_at_example(step, False)]
        for i, row in enumerate(rows.split(1)):
            before = [
                n
                for n in self.get_awake()
                if n.is_due_at_example(step, True) or (i == 0 and n in due)
            ]
            loss = self.forward(row)
            if not torch.isfinite(loss):
                return loss
            self.differentiate(loss / len(rows), before)
            nudges.apply(after, self, step)
            losses.append(loss.detach())
        return torch.stack(losses).mean()

    def step(self):
        """Returns the loss of the step's forward pass."""
        rows, ends = self.next_batch()
        step = self.n_steps + 1
        epoch = self.n_epochs + 1 if ends else None
        before, after = (
            [n for n in self.get_awake() if n.is_due(step, epoch, gap)]
            for gap in (True, False)
        )
        self.optimizer.zero_grad(set_to_none=True)
        self.before = None
        if any(nudge.when == "example" for nudge in self.get_awake()):
            loss = self.walk(rows, before)
        else:
            loss = self.forward(rows)
            if torch.isfinite(loss):
                self.differentiate(loss, before)
        if not torch.isfinite(loss):
            raise Refusal(step, "diverged")
        self.before = self.copy_parameters()
        self.optimizer.step()
        self.n_steps = step
        self.n_epochs += ends
        nudges.apply(after, self, step)
        return loss.item()

    def validate(self):
        """The loss of what is held out, or None if nothing is."""
        with torch.no_grad():
            return self.compute_loss(self.held_out).item() if len(self.held_out) else None

    def copy_parameters(self):
        return {name: p.clone() for name, p in self.network.state_dict().items()}

    def get_awake(self):
        """The standing nudges that are not paused, in their order."""
        return [entry.nudge for entry in self.standing if not entry.paused]

    def do(self, event):
        """Applies what the user did."""
        kind, index = event["do"], event.get("index")
        if kind == "nudge":
            nudges.apply([event["nudge"]], self, self.n_steps)
        elif kind == "stand":
            self.standing.insert(index, Standing(event["nudge"]))
        elif kind == "replace":
            self.standing[index].nudge = event["nudge"]
        elif kind == "remove":
            self.standing.pop(index)
        elif kind == "move":
            self.standing.insert(event["to"], self.standing.pop(index))
        elif kind == "guard":
            self.guard = event["guard"]
        elif kind == "edit":
            surgery.edit(self, {k: v for k, v in event.items() if k in EDITED})
        else:
            self.standing[index].paused = kind == "pause"

    def follow_log(self):
        for event in self.experiment["log"]:
            if event["step"] == self.n_steps:
                self.do(event)

    def train(self, n_steps):
        """Returns the losses, and the Refusal that ended them early, or None.

        self.validations are those of the weights that each step left.
        """
        losses = []
        self.validations = []
        start = [n for n in self.get_awake() if n.is_due_at_start()]
        if start:
            nudges.apply(start, self, 0)
            self.initial = self.copy_parameters()
        self.follow_log()
        while len(losses) < n_steps:
            before = self.copy_parameters()
            slow = {name: copy.clone() for name, copy in self.slow.items()}
            try:
                losses.append(self.step())
                self.follow_log()
                self.validations.append(self.validate())
            except Refusal as refusal:
                # PyTorch keeps what the step has done so far; Nudge takes it back.
                self.network.load_state_dict(before)
                self.slow = slow
                return losses, refusal
        return losses, None


def be_the_same_everywhere():
    """With more threads sums differ, and oneDNN has code for every processor of its own."""
    torch.set_num_threads(1)
    torch.backends.mkldnn.set_flags(False)


def main(path, n_steps=USUAL_STEPS):
    be_the_same_everywhere()
    try:
        run = Run(load(path))
        losses, refusal = run.train(int(n_steps))
    except (OSError, ValueError) as error:
        return "experiment.py: %s: %s" % (path, error)
    validates = len(run.held_out) > 0
    print("step,loss,validation" if validates else "step,loss")
    for i, loss in enumerate(losses):
        row = "%d,%.9g" % (i + 1, loss)
        print(row + ",%.9g" % run.validations[i] if validates else row)
    return None if refusal is None else "experiment.py: %s: %s" % (path, refusal)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: experiment.py FILE.nudge [STEPS]")
    sys.exit(main(*sys.argv[1:]))
