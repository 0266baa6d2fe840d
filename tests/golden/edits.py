#!/usr/bin/python3
# edits.py - record what PyTorch computes when an experiment changes while it trains
#
# SPDX-License-Identifier: MIT
#
# Trains small experiments whose logs have edits and writes edits.json, as experiments.py
# does; surgery.py does to modules and optimizers what an edit says. Run it with Debian's
# python3-torch:
#
#   python3 tests/golden/edits.py

import sys
import zlib

import experiment
import experiments
import variants

STEPS = 24
AT = 9  # in the midst of an epoch, where there are batches

OPTIMIZERS = {**variants.OPTIMIZERS, "plain-sgd": {"type": "sgd", "lr": 0.05}}
MOONS = {"source": "moons", "examples": 14, "noise": 0.1}
LAYERS = [
    {"name": "fc1", "units": 5, "activation": "relu"},
    {"name": "fc2", "units": 4, "activation": "tanh"},
    {"name": "fc3", "units": 1, "activation": "identity"},
]


def layers(*changes, init="torch", **more):
    """The network; each change is (index, new keys), or (index, None) to leave one out."""
    found = [dict(layer) for layer in LAYERS]
    for index, keys in changes:
        if keys is not None:
            found[index].update(keys)
    gone = [index for index, keys in changes if keys is None]
    found = [layer for index, layer in enumerate(found) if index not in gone]
    return {"layers": found, "init": init, **more}


def insert(index, layer, **more):
    network = layers(**more)
    network["layers"].insert(index, layer)
    return network


def edit(step=AT, **keys):
    return variants.event(step, "edit", **keys)


def trained(*log, **changes):
    changes.setdefault("network", layers())
    return variants.training(changes.pop("nudges", []), log=list(log), **changes)


def settings():
    for name, optimizer in OPTIMIZERS.items():
        faster = {**optimizer, "lr": 2.5 * optimizer["lr"]}
        yield "lr/" + name, trained(edit(optimizer=faster), optimizer=optimizer)
    adam = OPTIMIZERS["adam"]
    for key, value in {"betas": [0.5, 0.9], "eps": 1e-3, "weight_decay": 0.1}.items():
        yield "setting/" + key, trained(
            edit(optimizer={**adam, key: value}), optimizer=adam
        )
    # As a schedule would.
    schedule = [edit(i, optimizer={**adam, "lr": 0.03 * 0.8**i}) for i in range(2, 20, 3)]
    yield "setting/schedule", trained(*schedule, optimizer=adam)
    sgd = {"type": "sgd", "lr": 0.05, "momentum": 0.9}
    yield "setting/momentum", trained(
        edit(optimizer={"type": "sgd", "lr": 0.05}), edit(15, optimizer=sgd), optimizer=sgd
    )
    yield "setting/guard", trained(
        edit(guard="off"),
        nudges=["fc2: 0.95*w + 0.01*rand @ every 4 steps before backward"],
    )


def batches():
    some = {"size": 3, "shuffle": True}
    for name, first, then in (
        ("larger", {"size": 3}, {"size": 4}),
        ("smaller", {"size": 4}, {"size": 3}),
        ("all", {"size": 3}, {}),
        ("more-than-all", some, {"size": 99, "shuffle": True}),
        ("some-of-all", {}, {"size": 3}),
        ("shuffled", {"size": 3}, some),
        ("shuffled-from-all", {}, some),
        ("in-order", some, {"size": 3}),
        ("shuffled-larger", some, {"size": 4, "shuffle": True}),
        ("dataloader", some, {"size": 4, "shuffle": "dataloader"}),
        ("from-dataloader", {"size": 3, "shuffle": "dataloader"}, {"size": 1}),
    ):
        for step in (9, 12):  # in the midst of an epoch of 4 batches, and at one's start
            log = [edit(step, batch=then)]
            yield "batch/%s/%d" % (name, step), trained(*log, batch=first)
    sizes = [edit(i, batch={"size": 1 + i % 5, "shuffle": i % 2 == 0}) for i in range(20)]
    yield "batch/each-step", trained(*sizes, batch=some)
    counting = ["fc2: w + 0.02*noise @ every 2 epochs", "fc1: 0.9*w @ epoch 2, 5"]
    for name, then in (("larger", {"size": 4}), ("all", {})):
        for step in (9, 12):
            log = [edit(step, batch=then)]
            path = "batch/epochs/%s/%d" % (name, step)
            yield path, trained(*log, batch=some, nudges=counting)
    other = {"source": "plane", "examples": 7}
    for step in (9, 12):  # the epoch under way does not end
        log = [edit(step, data=other)]
        yield "batch/epochs/data/%d" % step, trained(*log, batch=some, nudges=counting)
    walked = ["fc1: w + 0.01*noise @ every example"]
    yield "batch/walked", trained(edit(batch={"size": 4}), batch=some, nudges=walked)


def parts():
    for name, optimizer in OPTIMIZERS.items():
        for other in ("plain-sgd", "adam"):
            if other != name:
                log = [edit(optimizer=OPTIMIZERS[other])]
                path = "optimizer/%s/%s" % (name, other)
                yield path, trained(*log, optimizer=optimizer)
        if name not in ("adam", "plain-sgd"):
            log = [edit(optimizer=optimizer)]
            yield "optimizer/adam/" + name, trained(*log, optimizer=OPTIMIZERS["adam"])
    there_and_back = [edit(optimizer=OPTIMIZERS["sgd"])]
    there_and_back += [edit(15, optimizer=OPTIMIZERS["adam"])]
    yield "optimizer/there-and-back", trained(
        *there_and_back, optimizer=OPTIMIZERS["adam"]
    )
    for loss in (
        {"type": "l1"},
        {"type": "huber", "delta": 0.2},
        {"type": "squared_sum", "target": 1},
    ):
        yield "loss/" + loss["type"], trained(edit(loss=loss), optimizer=OPTIMIZERS["adam"])
    huber = [edit(loss={"type": "huber", "delta": 0.5})]
    yield "loss/delta", trained(*huber, loss={"type": "huber", "delta": 0.1})
    moons = {"data": MOONS, "loss": {"type": "mse"}}
    yield "loss/bce_logits", trained(edit(loss={"type": "bce_logits"}), **moons)
    for activation in experiment.ACTIVATIONS:
        network = layers((0, {"activation": activation}))
        log = [edit(network=network)]
        yield "activation/" + activation, trained(*log, optimizer=OPTIMIZERS["adam"])


def data():
    adam = {"optimizer": OPTIMIZERS["adam"]}
    some = {"size": 4, "shuffle": True}
    plane = {"source": "plane", "examples": 13, "noise": 0.1}
    for name, new in {
        "more": plane,
        "seed": {**plane, "seed": 5},
        "validation": {**plane, "validation": 0.3},
        "few": {"source": "plane", "examples": 2},
        "table": {
            "source": "inline",
            "inputs": [[0.5, 1], [0.25, -1], [1, 2]],
            "targets": [[0.5], [1], [-1]],
        },
        "another-source": MOONS,
        "another-feature": {"source": "sine", "examples": 9},
    }.items():
        for shuffled in (False, True):
            path = "data/%s/%s" % (name, "shuffled" if shuffled else "in-order")
            batch = some if shuffled else {"size": 4}
            yield path, trained(edit(data=new), batch=batch, **adam)
    yield "data/twice", trained(
        edit(data=plane), edit(14, data={**plane, "noise": 0.3}), batch=some, **adam
    )
    yield "data/seed-edited-before", trained(
        edit(4, seed=77), edit(data=plane), batch=some, **adam
    )
    yield "data/own-seed", trained(data={**plane, "seed": 8}, batch=some, **adam)
    yield "data/and-batch", trained(
        edit(data=plane, batch={"size": 5, "shuffle": "dataloader"}), batch=some, **adam
    )
    yield "data/and-all", trained(
        edit(
            data={"source": "spiral", "examples": 12},
            loss={"type": "cross_entropy"},
            network=layers((2, {"units": 3})),
            optimizer=OPTIMIZERS["sgd"],
            batch=some,
        ),
        **adam
    )


def shapes():
    for name, optimizer in OPTIMIZERS.items():
        wider = layers((0, {"units": 8}), (1, {"units": 6}))
        yield "wider/" + name, trained(edit(network=wider), optimizer=optimizer)
        narrower = layers((0, {"units": 3}), (1, {"units": 2}))
        yield "narrower/" + name, trained(edit(network=narrower), optimizer=optimizer)
        deeper = insert(1, {"name": "new", "units": 5, "activation": "relu"})
        yield "deeper/" + name, trained(edit(network=deeper), optimizer=optimizer)
    adam = {"optimizer": OPTIMIZERS["adam"]}
    for init in variants.INITS:
        network = layers((0, {"units": 8}), (1, {"units": 7}), init=init)
        name = init if isinstance(init, str) else init["type"]
        yield "wider-by/" + name, trained(edit(network=network), **adam)
        network = {**network, "new": "fresh"}
        yield "wider-fresh/" + name, trained(edit(network=network), **adam)
    new = {"name": "new", "units": 5, "activation": "identity"}
    for name, index, change in (
        ("identity", 1, {}),
        ("larger", 1, {"units": 7, "activation": "relu"}),
        ("larger-without-bias", 1, {"units": 7, "bias": False}),
        ("smaller", 1, {"units": 3}),
        ("leaky-relu", 1, {"activation": "leaky_relu"}),
        ("tanh", 1, {"activation": "tanh"}),
        ("relu-behind-tanh", 2, {"units": 4, "activation": "relu"}),
        ("first", 0, {"units": 2}),
        ("last", 3, {"units": 1}),
    ):
        network = insert(index, {**new, **change})
        yield "new-layer/" + name, trained(edit(network=network), **adam)
    fresh = insert(1, new, new="fresh")
    yield "new-layer/fresh", trained(edit(network=fresh), **adam)
    two = insert(1, {**new, "activation": "relu"})
    two["layers"].insert(1, {**new, "name": "newer", "activation": "relu", "units": 6})
    yield "new-layer/two", trained(edit(network=two), **adam)
    yield "no-layer/first", trained(edit(network=layers((0, None))), **adam)
    yield "no-layer/second", trained(edit(network=layers((1, None))), **adam)
    yield "reordered", trained(
        edit(network={"layers": [LAYERS[1], LAYERS[0], LAYERS[2]]}), **adam
    )
    for bias in (True, False):
        network = layers((0, {"bias": not bias}), (2, {"bias": not bias}))
        before = layers((0, {"bias": bias}), (2, {"bias": bias}))
        path = "bias/" + ("gone" if bias else "new")
        yield path, trained(edit(network=network), network=before, **adam)
    back = [edit(5, network=layers((0, {"units": 8}))), edit(12, network=layers())]
    yield "wider/and-back", trained(*back, **adam)


def nudged():
    """Nudges that read what an edit makes, and follow layers under other names."""
    adam = {"optimizer": OPTIMIZERS["adam"]}
    renamed = layers((0, {"name": "hidden", "was": "fc1", "units": 7}))
    names = ["fc1: w + 0.05*(w0 - w) @ every 2 steps", "fc1.weight[0]: 0.98*w"]
    names += ["*: w + 0.01*noise @ every 3 steps", "fc3: pin"]
    yield "nudged/renamed", trained(edit(network=renamed), nudges=names, **adam)
    swapped = layers((0, {"name": "fc2", "was": "fc1"}), (1, {"name": "fc1", "was": "fc2"}))
    yield "nudged/swapped", trained(edit(network=swapped), nudges=names, **adam)
    taken = layers((0, {"name": "fc9", "was": "fc1"}))
    taken["layers"].insert(1, {"name": "fc1", "units": 5, "activation": "relu"})
    yield "nudged/name-taken-over", trained(edit(network=taken), nudges=names, **adam)
    wider = layers((0, {"units": 8}), (1, {"units": 6}))
    for name, nudge in {
        "initial": "*: w + 0.5*(w0 - w)",
        "gradient": "*: w - 0.1*g",
        "before": "*: before + 0.5*(w - before)",
        "noise": "*: w + 0.1*noise",
        "fresh": "*: 0.9*w + 0.1*fresh",
    }.items():
        log = [edit(network=wider), variants.event(AT, "nudge", nudge=nudge)]
        log += [variants.event(AT + 4, "nudge", nudge=nudge)]
        # What is before the optimizer is kept for nudges that stand.
        pin = ["fc3.bias: pin"]
        yield "nudged/" + name, trained(*log, nudges=pin, **adam)
    data = {"source": "plane", "examples": 9}
    drawn = ["*: w + 0.02*noise @ every 2 steps", "fc2: w + 0.01*rand"]
    yield "nudged/data", trained(
        edit(data=data), batch={"size": 4, "shuffle": True}, nudges=drawn, **adam
    )


def slow_copies():
    """What nudges keep goes with the weights."""
    adam = OPTIMIZERS["adam"]
    some = ["fc1, fc2.weight: ema a=0.8", "fc1.weight: w + 0.1*(m - w) @ every 2 steps"]
    all_of_it = ["*: lookahead @ every 3 steps"]
    more = {"name": "more", "units": 5, "activation": "relu"}
    for name, keys in {
        "wider": {"network": layers((0, {"units": 8}), (1, {"units": 6}))},
        "narrower": {"network": layers((0, {"units": 3}), (1, {"units": 2}))},
        "renamed": {"network": layers((0, {"name": "hidden", "was": "fc1", "units": 7}))},
        "deeper": {"network": insert(1, more)},
        "optimizer": {"optimizer": {"type": "sgd", "lr": 0.05}},
        "data": {"data": {"source": "plane", "examples": 9}},
    }.items():
        yield "slow/" + name, trained(edit(**keys), nudges=some, optimizer=adam)
        yield "slow/%s/all" % name, trained(edit(**keys), nudges=all_of_it, optimizer=adam)


def get_all():
    found = {}
    for family in (settings, batches, parts, data, shapes, nudged, slow_copies):
        for name, variant in family():
            name = "edit/" + name
            assert name not in found, name
            variant["experiment"]["seed"] = zlib.crc32(name.encode()) % 10000
            found[name] = variant
    return found


def main():
    why_not = experiments.why_not_here()
    if why_not is not None:
        return "edits.py: " + why_not
    experiment.be_the_same_everywhere()
    runs, bad = experiments.record_variants(get_all())
    if bad:
        return "edits.py: badly conditioned:\n" + "\n".join(bad)
    experiments.write(runs, "edits.json")
    return None


if __name__ == "__main__":
    sys.exit(main())
