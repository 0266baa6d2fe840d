#!/usr/bin/python3
# variants.py - many small experiments that differ in one thing about their nudges
#
# SPDX-License-Identifier: MIT
#
# Imported by experiments.py. Each family varies one thing: the function, the target, the
# time and the guard, the optimizer and what becomes of its memory.

import re
import zlib

import said

STEPS = 24

NETWORK = {
    "layers": [
        {"name": "fc1", "units": 5, "activation": "tanh"},
        {"name": "fc2", "units": 3, "activation": "tanh"},
        {"name": "fc3", "units": 1, "activation": "identity"},
    ],
    "init": "torch",
}
OPTIMIZERS = {
    "sgd": {"type": "sgd", "lr": 0.05, "momentum": 0.9, "weight_decay": 0.01},
    "nesterov": {"type": "sgd", "lr": 0.03, "momentum": 0.8, "nesterov": True},
    "adam": {"type": "adam", "lr": 0.02},
    "adamw": {"type": "adamw", "lr": 0.02, "weight_decay": 0.1},
    # What is centred and nearly 0 divides by as good as nothing, were it not for eps.
    "rmsprop": {
        "type": "rmsprop",
        "lr": 0.01,
        "eps": 0.01,
        "momentum": 0.5,
        "centered": True,
    },
    "adagrad": {"type": "adagrad", "lr": 0.05, "initial_accumulator_value": 0.1},
}
INITS = ["torch", "xavier_uniform", "xavier_normal", "kaiming_uniform"]
INITS += ["kaiming_normal", "zeros", {"type": "constant", "value": 0.3}]

# Applied at once to the first weights, which are PyTorch's to the bit, and so is what
# becomes of them.
EXACT_FUNCTIONS = {
    "grow": ["*: grow"],
    "scale": ["*: scale a=0.7"],
    "shrink": ["*: shrink"],
    "noise": ["*: noise a=0.2"],
    "add": ["*: add", "fc2: add a=-0.3"],
    "clamp": ["fc1: clamp a=0.3", "fc2[0]: clamp a=0"],
    "prune": ["fc1: prune", "fc2: prune a=0.3", "fc3: prune a=1"],
    "round": ["*.weight: round", "fc1.bias: round a=2", "fc3.weight: round a=7.6"],
    "flip": ["*: flip"],
    "zero": ["fc2: zero", "fc1.weight[1,0; 3,1]: zero"],
    "reinitialise": ["*: reinitialise", "fc2[1]: reinitialise"],
    "permute": ["*: permute", "fc1.weight[:,0]: permute"],
}
# As close as sums in another order, or other ways to the same thing, are.
FUNCTIONS = {
    "ema": ["fc1: ema a=0.5", "*: w*w", "fc1, fc2: ema", "fc1: w - m"],
    "polyak": ["fc1: polyak", "*: 0.5*w", "fc1[1:]: polyak a=0", "fc1, fc3: w - m"],
    "lookahead": ["*: lookahead", "fc1: w + 0.5", "*: lookahead", "fc1[2]: lookahead a=1"],
    "reptile": ["fc1: reptile", "*: w - 0.3", "*: reptile a=0.4", "fc1: -w", "*: reptile"],
    "perturb": ["*: perturb", "fc1: perturb a=0.5", "fc2.weight[1]: perturb a=0.2"],
    "restore": ["fc1: m = w + 1", "*: 0.5*w", "*: restore", "fc2: w + 1", "fc2[0]: restore"],
    "normalise": ["*: normalise", "fc2.weight[1]: normalise a=3"],
    "blend": ["*: blend", "fc2: blend a=0.75", "fc3: blend a=1"],
    "orthogonalise": ["fc1: orthogonalise", "fc2: orthogonalise a=0.4"],
    "orthogonalise-a-block": ["fc2.weight[0:2,1:4]: orthogonalise"],
}
EXACT_EXPRESSIONS = {
    "add": "w + 0.1",
    "less": "w < 0.1",
    "comparisons": "(w <= 0) + 2*(w > 0.2) + 4*(w >= -0.2) + 8*(w == w0) + 16*(w != 0)",
    "choice": "w < 0 ? -0.5*w : w > 0.3 ? 0.3 : 2*w",
    "choice-draws-both": "w < 0 ? noise : rand",
    "choice-of-numbers": "a > 0.2 ? 2*w : 1/w",
    "nan-not-chosen": "w > 0 ? w^0.5 : 0",
    "abs": "abs(w) - 0.1",
    "sign": "sign(w)*0.25",
    "sqrt": "sqrt(abs(w))",
    "relu": "relu(w) - relu(-w)/4",
    "floor": "floor(w*8)/8",
    "round": "round(w*4)/4 + round(2.5) - round(3.5)",
    "clamp": "clamp(w, -0.2, 0.3)",
    "clamp-by-arrays": "clamp(w, -abs(w)/2, rand/4)",
    "min-max": "min(w, 0.1) + max(w, j/8)*max(-0.5, w)",
    "extremes": "(w - min)/(max - min)",
    "indices": "w + 0.125*i - 0.0625*j",
    "step": "w + (n + 1)/8",
    "constants": "w*pi - e*w",
    "rank": "rank < 0.4 ? 0 : w",
    "ranks": "rank",
    "shuffled": "shuffled",
    "shuffled-twice": "shuffled - shuffled/2",
    "power": "w^2 - -w^3/4",
    "power-before-sign": "-w^2",
    "draws-in-order": "noise*0.1 + rand*w - shuffled + 0.5*noise",
    "zeros-have-signs": "(w < 0 ? -0.0 : w < 0.2 ? 0 : w) + -0.0*abs(w)",
}
# As close as sums in another order, or another library's sine, are.
EXPRESSIONS = {
    "mean": "w - mean",
    "std": "w/std",
    "norm": "w/norm",
    "by-a-statistic": "mean/w/50 + (1 - max)/(2 + w)",
    "standardised": "mean + (w - mean)/(std + 0.1)",
    "exp": "exp(w)*0.5",
    "log": "log(1 + abs(w))",
    "sin": "sin(3*w)",
    "cos": "cos(3*w) - 0.5",
    "tanh": "tanh(2*w)",
    "sigmoid": "sigmoid(4*w) - 0.5",
    "all": "tanh(sin(w)*exp(-w^2)) + log(2 + cos(w))/8 - sigmoid(w)/4 + sqrt(abs(w))/2",
    "orthogonal": "orthogonal",
    "towards-orthogonal": "w + 0.5*(orthogonal - w)",
    "power-of-a-choice": "(a > 0.2 ? 3 : 2)^max(0.5, w)/2",
}
# Whose inputs only training makes.
LIVING = {
    "gradient": "fc1: w - 0.1*g",
    "gradient-sign": "*: w - 0.001*sign(g)",
    "gradient-in-the-gap": "fc2: w - 0.1*g - 0.01*(g == 0) @ every 3 steps before backward",
    "gradient-of-examples": "fc2.weight: w - 0.05*g @ every example",
    "gradient-before-an-example": "fc1: w - 0.05*g @ every example before backward",
    "initial": "*: w + 0.1*(w0 - w)",
    "step-number": "fc1.weight: w*(1 + 0.05*cos(n)) @ every 2 steps",
    "before-the-optimizer": "fc2: before + 1.5*(w - before)",
    "before-in-the-gap": "fc2: before*1.01 @ every step before backward",
    "before-of-an-example": "fc2: before*1.01 @ every example",
    "half-back-each-step": "*: (w + before)/2",
}
TARGETS = [
    "fc1",
    "fc1.weight",
    "fc1.bias",
    "*",
    "*.weight",
    "*.bias",
    "fc1[2]",
    "fc1[1:4]",
    "fc1.weight[2]",
    "fc1.weight[1:4]",
    "fc2.weight[:,1]",
    "fc2.weight[:,1:4]",
    "fc2.weight[0:2,3]",
    "fc2.weight[1,2]",
    "fc2.bias[1]",
    "fc2.bias[0:2]",
    "fc1.weight[0,1; 2,1; 4,0]",
]
MORE_TARGETS = {
    "last": "fc1.weight[-1]",
    "all-but-the-last": "fc1.weight[:-1]",
    "every-other": "fc1.weight[::2]",
    "from-behind": "fc1[-3:-1]",
    "last-columns": "fc2.weight[:,-2:]",
    "steps": "fc2.weight[::2,1::2]",
    "cut": "fc2.weight[0:99,3]",
    "biases": "fc2.bias[::2]",
    "pattern": "fc*.bias",
    "list": "fc3, fc1.weight",
    "parts": "fc2.weight[0], fc2.weight[2], fc1.bias[-2:]",
}
TIMES = {
    "step": "step 7",
    "every-step": "every step",
    "every-3-steps": "every 3 steps",
    "every-example": "every example",
    "every-epoch": "every epoch",
}
OTHER_TIMES = {
    "from-to": "every step from 5 to 12",
    "every-3-from": "every 3 steps from 4",
    "every-2-to": "every 2 steps to 15",
    "at-the-start": "at the start",
}
# In batches, where an epoch is several steps.
EPOCHS = {
    "every-2-epochs": "every 2 epochs",
    "every-3-epochs-from-to": "every 3 epochs from step 8 to step 20",
    "every-epoch-to": "every epoch to step 10",
    "every-example-from-to": "every example from step 4 to step 9",
    "steps": "step 3, 10, 11",
    "many-steps": "step %s" % ", ".join(str(k * k // 2) for k in range(2, 7)),
    "epoch": "epoch 3",
    "epochs": "epoch 1, 4, 5, 99",
}
GUARDS = ["shield", "check", "off"]


def experiment(nudges=(), **changes):
    return {
        "nudge": 1,
        "data": {"source": "plane", "examples": 10},
        "network": NETWORK,
        "loss": {"type": "mse"},
        "optimizer": {"type": "sgd", "lr": 0.05},
        "nudges": list(nudges),
        **changes,
    }


def with_init(init):
    return {**NETWORK, "init": init}


def word(text):
    """A target, or a function, as a part of a test's name."""
    signs = {"+": "plus", "<": "less", ">": "more", "*": "times", "/": "over"}
    text = re.sub(r"(?<=\w)\s*([-+<>*/])(?=\s*\w)", lambda m: "-%s-" % signs.get(m[1], ""), text)
    return re.sub(r"[^\w.*]+", "-", text).strip("-")


def event(step, do, **what):
    return {"step": step, "do": do, **what}


def at_once(nudges, exact, **changes):
    """Nudges by hand before the first step, and no step."""
    log = [event(0, "nudge", nudge=nudge) for nudge in nudges]
    return {"experiment": experiment(log=log, **changes), "steps": 0, "exact": exact}


def training(nudges, **changes):
    return {"experiment": experiment(nudges, **changes), "steps": STEPS}


def functions():
    moved = "*: w + 0.3*noise"  # from w0
    for exact, texts in ((True, EXACT_FUNCTIONS), (False, FUNCTIONS)):
        for name, nudges in texts.items():
            yield "function/" + name, at_once([moved, *nudges], exact)
    # What is before the optimizer is kept for nudges that stand.
    yield "function/pin", training(["fc1.weight: pin", "fc2: pin @ every 3 steps"])
    for exact, texts in ((True, EXACT_EXPRESSIONS), (False, EXPRESSIONS)):
        for name, text in texts.items():
            amount = " a=0.25" if "a > " in text else ""
            target = "*" if name not in ("std", "standardised", "extremes") else "*.weight"
            if name in ("std", "standardised", "extremes"):
                target = "fc1"
            nudge = "%s: %s%s" % (target, text, amount)
            yield "expression/" + name, at_once([moved, nudge], exact)
    for init in INITS:
        name = init if isinstance(init, str) else init["type"]
        nudges = [moved, "*: w > 0 ? fresh : w", "fc1.weight[1:3]: fresh + w", "fc2.bias[1:3]: fresh"]
        yield "fresh/" + name, at_once(nudges, True, network=with_init(init))
    for name, nudge in LIVING.items():
        yield "living/" + name, training([nudge])


def as_said():
    """What people write, at once; and again and again, at every time there is."""
    moved = "*: w + 0.3*noise"
    for exact, texts in ((True, said.EXACT), (False, said.CLOSE)):
        for text in texts:
            nudges = [moved, "*.weight: " + text, "fc2.weight[1:,:4]: " + text]
            yield "said/" + word(text), at_once(nudges, exact)
    for text in said.LIVING:
        for name, when in {**TIMES, **OTHER_TIMES}.items():
            nudges = ["fc2.weight, fc1: %s @ %s" % (text, when)]
            yield "said/%s/%s" % (word(text), name), training(nudges)
    for name, when in TIMES.items():
        nudges = ["fc1.weight *= 0.99 @ %s before backward" % when]
        nudges += ["fc2.bias -= lr*grad @ " + when, "fc3 += 0.001 @ " + when]
        yield "said/assigned/" + name, training(nudges)
    for name, when in OTHER_TIMES.items():
        nudges = ["*: w + 0.05*noise @ " + when, "fc1: w + 0.1*(w0 - w) @ step 20"]
        yield "when/" + name, training(nudges)
    nudges = ["*: 0.9*w + 0.05*std*noise @ every 4 steps else=skip"]
    yield "skipped/std", training(nudges)
    nudges = ["*: w/(i + j + (w > 9) - 7) @ step 3 else=skip memory=zero"]
    nudges += ["*: w0/(j - 2) @ step 5 else=skip", "*: w0/(j - 2) @ step 6"]
    yield "skipped/not-finite", training(nudges, optimizer=OPTIMIZERS["adam"])


# Polyak's, Reptile's and noise for one forward among them; some are two nudges.
SLOW_FUNCTIONS = {
    "ema": ["fc1: ema a=0.9"],
    "ema-as-said": ["fc1: m = 0.9*m + 0.1*w"],
    "polyak": ["*: polyak"],
    "polyak-as-said": ["*: m += (w - m)/n if n > 0 else 0"],
    "lookahead": ["*: lookahead"],
    "lookahead-as-said": ["*: m = m + 0.5*(w - m); w = m"],
    "reptile": ["fc1, fc2.weight: reptile"],
    "reptile-as-said": ["*: m = 0.75m + 0.25w; m"],
    "pulled": ["fc1: ema a=0.9", "fc1: w - 0.1*(w - m)"],
    "both": ["fc2: w = m; m = 0.5*(m + w0); w = 0.9w", "fc1: m = m - mean(m - w); w"],
}
NOISE = {
    "perturb": ["*: perturb a=0.05 @ %s", "*: restore @ %s"],
    "perturb-as-said": ["*: m = w; w = w + 0.05*noise @ %s", "*: w = m @ %s"],
}


def slow_copies():
    batch = {"size": 4}
    for name, texts in SLOW_FUNCTIONS.items():
        for key, when in {**TIMES, **OTHER_TIMES}.items():
            nudges = ["%s @ %s" % (text, when) for text in texts]
            yield "slow/%s/%s" % (name, key), training(nudges, batch=batch)
        for guard in GUARDS:
            gap = ["%s @ every 2 steps before backward" % text for text in texts]
            yield "slow/%s/before-backward/%s" % (name, guard), training(
                gap, batch=batch, guard=guard
            )
        gap = ["%s @ every example before backward" % text for text in texts]
        yield "slow/%s/before-each-backward" % name, training(gap, batch=batch)
    for name, (perturb, restore) in NOISE.items():
        for key, when in TIMES.items():
            for guard in GUARDS if key == "every-step" else GUARDS[:1]:
                nudges = [perturb % when, restore % (when + " before backward")]
                path = "slow/%s/%s" % (name, key if guard == "shield" else key + "-" + guard)
                yield path, training(nudges, batch=batch, guard=guard)
        for key, when in OTHER_TIMES.items():
            nudges = [perturb % when, restore % "every 2 steps"]
            yield "slow/%s/%s" % (name, key), training(nudges, batch=batch)
    nudges = ["fc1.weight[1:3], fc1.bias[-1], fc2.weight[:,::2]: ema a=0.5"]
    nudges += ["fc1.weight[0,1; 2,0]: lookahead @ every 3 steps memory=zero"]
    nudges += ["fc1[2]: w = m @ every 5 steps", "fc1.weight, fc2.weight: w - 0.01*m"]
    yield "slow/parts", training(nudges, optimizer=OPTIMIZERS["adam"])
    nudges = ["fc2: m = w/(n - 6) @ every 2 steps", "fc2: w + 0.1*m"]
    yield "slow/refused", training(nudges)
    nudges = ["*: m = w/(i + j - 7) @ step 3", "*: m = w0/(j - 2) @ step 5 else=skip"]
    nudges += ["*: w - 0.05*m @ every 4 steps"]
    yield "slow/skipped", training(nudges)
    log = [event(4, "nudge", nudge="fc1: lookahead"), event(9, "nudge", nudge="*: reptile")]
    log += [event(9, "nudge", nudge="fc2: restore"), event(12, "guard", guard="off")]
    log += [event(15, "nudge", nudge="fc1: perturb")]
    yield "slow/by-hand", training(["fc2: ema a=0.7"], log=log)


def targets():
    named = {word(target): target for target in TARGETS}
    for name, target in {**named, **MORE_TARGETS}.items():
        nudges = [
            "%s: 0.5*w + (i + 1)*(j - 2)/16" % target,
            "%s: w + noise/4 - rand/8" % target,
            "%s: shuffled*0.5 + w/4" % target,
            "%s: rank < 0.5 ? w : fresh" % target,
            "%s: clamp(w, min/2, max/2)" % target,
        ]
        yield "target/" + name, at_once(nudges, True)
    for target in ("fc1[2]", "fc2.weight[:,1]", "fc1.weight[0,1; 2,1; 4,0]", "fc1"):
        nudges = ["%s: w + 0.1*(mean - w) + 0.01*w/norm @ every 2 steps" % target]
        yield "target-in-training/" + word(target), training(nudges)


def times():
    batch = {"size": 4, "shuffle": True}
    for name, when in TIMES.items():
        # Draws and statistics, so that their order and moment show.
        nudges = [
            "fc2: w + 0.02*noise - 0.05*w @ " + when,
            "fc1[1]: 0.95*w + 0.01*rand @ " + when,
        ]
        yield "when/" + name, training(nudges, batch=batch)
        for guard in GUARDS:
            gap = [nudge + " before backward" for nudge in nudges]
            changes = {"batch": batch, "guard": guard}
            yield "when/%s/before-backward/%s" % (name, guard), training(gap, **changes)
    for name, when in EPOCHS.items():
        nudges = ["fc2: w + 0.02*noise - 0.05*w @ " + when]
        nudges += ["fc1: ema a=0.5 @ " + when, "fc1[1]: 0.9*w + 0.1*m"]
        yield "when/" + name, training(nudges, batch=batch)
        gap = ["fc2: w + 0.02*noise - 0.05*w @ %s before backward" % when]
        for guard in GUARDS:
            changes = {"batch": batch, "guard": guard}
            yield "when/%s/before-backward/%s" % (name, guard), training(gap, **changes)
        nudges = ["*: w - lr*grad @ " + when, "fc3: w + 0.01*rand @ " + when]
        yield "when/%s/whole-batches" % name, training(nudges)
    nudges = ["*: w + 0.1*noise @ step 0, 7", "fc1: w + 0.1*(w0 - w) @ every 2 epochs"]
    yield "when/start-and-later", training(nudges, batch={"size": 3})
    for guard in GUARDS:
        # What check has nothing to say of.
        nudges = ["*.bias: 0.9*w + 0.01*rand @ every step before backward"]
        yield "when/unsaved/" + guard, training(nudges, guard=guard)
    for part in ("fc2.weight[0,1; 2,1]", "fc1.weight[1]", "fc2.bias[1]"):
        nudges = ["%s: w + 0.1*rand @ step 7 before backward" % part]
        yield "when/check-a-part/" + word(part), training(nudges, guard="check")
    nudges = ["fc1: w + 0.1", "fc1: 0.9*w", "*: w + 0.01*noise @ every 2 steps"]
    nudges += ["fc1: w*w + rand/16 @ every 2 steps", "fc1.weight: clamp(w, -0.7, 0.7)"]
    yield "order/as-listed", training(nudges)
    yield "order/backwards", training(nudges[::-1])


def optimizers():
    for name, optimizer in OPTIMIZERS.items():
        for memory in ("keep", "zero", "zero-all"):
            nudges = ["fc1: 0.5*w @ every 8 steps memory=" + memory]
            yield "memory/%s/%s" % (name, memory), training(nudges, optimizer=optimizer)
        nudges = ["fc1.weight[0,1; 2,1]: -w @ every 5 steps memory=zero"]
        nudges += ["fc2[1]: 0 @ every 7 steps memory=zero"]
        yield "memory/%s/of-a-part" % name, training(nudges, optimizer=optimizer)
        nudges = ["fc2.weight: 0.9*w @ every 5 steps before backward memory=zero"]
        yield "memory/%s/in-the-gap" % name, training(nudges, optimizer=optimizer)
        nudges = ["fc1.weight[0,1; 2,1]: pin", "fc2[1]: pin", "fc3.bias: pin"]
        yield "pinned/" + name, training(nudges, optimizer=optimizer)


def without_biases():
    for name, lacking in {"none": "123", "hidden": "12", "last": "3"}.items():
        layers = [
            {**layer, "bias": False} if layer["name"][-1] in lacking else layer
            for layer in NETWORK["layers"]
        ]
        network = {**NETWORK, "layers": layers}
        for init in ("torch", "kaiming_normal"):
            nudges = ["*: w + 0.3*noise", "fc1: 0.5*w + mean", "fc2[1]: fresh", "*: rank*w"]
            changes = {"network": {**network, "init": init}}
            yield "no-bias/%s/%s" % (name, init), at_once(nudges, False, **changes)
        for kind, optimizer in OPTIMIZERS.items():
            nudges = ["fc1: 0.9*w + 0.01*noise @ every 5 steps memory=zero"]
            nudges += ["fc3: w - 0.1*g @ every 3 steps", "fc2[1]: pin"]
            changes = {"network": network, "optimizer": optimizer}
            yield "no-bias/%s/%s" % (name, kind), training(nudges, **changes)
        for guard in GUARDS:
            nudges = ["fc2: 0.98*w + 0.01*rand @ every 4 steps before backward"]
            nudges += ["fc1: w + 0.01*noise @ every example"] if guard == "shield" else []
            changes = {"network": network, "guard": guard, "batch": {"size": 4}}
            yield "no-bias/%s/before-backward/%s" % (name, guard), training(nudges, **changes)


def by_hand():
    nudges = [[3, "fc1: 0.9*w"], [3, "*: w + 0.05*noise"], [9, "fc2[1]: before"]]
    nudges += [[9, "fc2: w/(w - w)"], [15, "fc1.weight: w - 0.2*g"]]
    nudges += [[18, "*: w + 0.1*rand"], [18, "fc1: orthogonalise"]]
    log = [event(step, "nudge", nudge=nudge) for step, nudge in nudges]
    standing = ["fc2: w + 0.01*noise @ every 4 steps", "fc3.bias: pin"]
    adam = OPTIMIZERS["adam"]
    yield "by-hand/in-training", training(standing, optimizer=adam, log=log)
    # Neither of the first two may come before the other without a difference.
    standing = ["fc1: w + 0.02*rand", "fc1: 0.98*w + 0.01*noise", "fc2.bias: pin"]
    log = [
        event(2, "move", index=0, to=1),
        event(4, "pause", index=2),
        event(4, "stand", index=1, nudge="fc1[0]: w*w @ every 2 steps before backward"),
        event(8, "guard", guard="off"),
        event(10, "replace", index=3, nudge="fc2: 0.9*w"),  # which stays paused
        event(12, "resume", index=3),
        event(13, "pause", index=0),
        event(15, "stand", index=4, nudge="fc2.weight: 0.99*w @ every example"),
        event(17, "move", index=3, to=0),
        event(18, "pause", index=4),
        event(19, "resume", index=1),
        event(19, "remove", index=0),
        event(20, "guard", guard="check"),
        event(21, "replace", index=1, nudge="fc3: w + 0.1 @ every 3 steps"),
    ]
    yield "by-hand/the-list", training(standing, log=log)
    stale = "fc2: w @ every step before backward"
    log = [*log, event(22, "stand", index=0, nudge=stale)]
    yield "by-hand/the-list-until-refused", training(standing, log=log)


def get_all():
    """Names, and what is recorded of each."""
    found = {}
    for family in (functions, as_said, slow_copies, targets, times, optimizers, without_biases, by_hand):
        for name, variant in family():
            assert name not in found, name
            variant["experiment"]["seed"] = zlib.crc32(name.encode()) % 10000
            found[name] = variant
    return found
