#!/usr/bin/python3
# semantics.py - ask PyTorch whether it behaves as test-nn-semantics.c says it does
#
# SPDX-License-Identifier: MIT
#
# Prints a line per statement; fails at the first that is not so. Writes nothing. Run it
# with Debian's python3-torch:
#
#   python3 tests/golden/semantics.py

import threading

import torch
from torch import nn

STATEMENTS = []
STALE = "modified by an inplace operation"


def states(statement):
    def keep(check):
        STATEMENTS.append((statement, check))
        return check

    return keep


def refuses(call, *words):
    """The message of the RuntimeError that a call has to end in."""
    try:
        call()
    except RuntimeError as error:
        assert all(word in str(error) for word in words), error
        return str(error)
    raise AssertionError("was not refused")


def leaf(*values):
    return torch.tensor(values or (1.0, 2.0), requires_grad=True)


def two_layers():
    """A network, and data for it."""
    torch.manual_seed(3)
    net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    return net, torch.rand((4, 2))


def loss_of(net, x):
    return net(x).square().mean()


def gradients(net):
    return [p.grad.clone() for p in net.parameters()]


def equal(a, b):
    return all(torch.equal(x, y) for x, y in zip(a, b))


def train(net, x, optimizer, between=lambda: None, n_steps=20):
    for _ in range(n_steps):
        optimizer.zero_grad(set_to_none=True)
        loss_of(net, x).backward()
        optimizer.step()
        with torch.no_grad():
            between()
    return [p.detach().clone() for p in net.parameters()]


# The mode.


@states("nothing is recorded inside no_grad, and results are leaves without a gradient")
def _():
    w = leaf()
    with torch.no_grad():
        y = w * 2
    assert not y.requires_grad and y.grad_fn is None and y.is_leaf


@states("what is made inside no_grad to require a gradient does")
def _():
    with torch.no_grad():
        assert torch.ones(2, requires_grad=True).requires_grad
        assert nn.Parameter(torch.ones(2)).requires_grad


@states("leaving a nested section restores the mode before it, not recording")
def _():
    with torch.no_grad():
        with torch.no_grad():
            pass
        assert not torch.is_grad_enabled()
    assert torch.is_grad_enabled()


@states("an error that leaves a section restores the mode and goes on")
def _():
    try:
        with torch.no_grad():
            raise KeyError
    except KeyError:
        assert torch.is_grad_enabled()
    else:
        raise AssertionError


@states("enable_grad inside no_grad records, and only inside")
def _():
    w = leaf()
    with torch.no_grad():
        with torch.enable_grad():
            assert (w * 2).requires_grad
        assert not (w * 2).requires_grad


@states("a decorated function is a section in each call")
def _():
    @torch.no_grad()
    def function(w):
        return w * 2

    w = leaf()
    for _ in range(2):
        assert not function(w).requires_grad
        assert (w * 2).requires_grad


@states("a section of one thread leaves another recording, and locks nothing")
def _():
    w, seen = leaf(), []

    def other():
        seen.append((w * 2).requires_grad)

    with torch.no_grad():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert not torch.is_grad_enabled()
    assert seen == [True]


# Changes in place.


@states("a parameter cannot be changed in place outside a section")
def _():
    w = leaf()
    refuses(lambda: w.mul_(2), "a leaf Variable that requires grad")


@states("nor can a view of one")
def _():
    w = leaf()
    refuses(lambda: w[0].zero_(), "a view of a leaf Variable that requires grad")


@states("a change inside a section keeps what the tensor is")
def _():
    w = leaf()
    place = w.data_ptr()
    with torch.no_grad():
        w.mul_(2)
        w[0].zero_()
    assert w.requires_grad and w.is_leaf and w.grad_fn is None and w.data_ptr() == place
    assert w.tolist() == [0, 4]


@states("a view made inside a section cannot be changed outside it")
def _():
    w = leaf()
    with torch.no_grad():
        v = w[0]
    refuses(lambda: v.add_(1))
    with torch.no_grad():
        v.add_(1)


@states("a view's change counts as its base's")
def _():
    w = leaf()
    with torch.no_grad():
        w[0].zero_()
    assert w._version == 1


@states("a change in place never changes a shape")
def _():
    w = torch.ones(1, 3)
    refuses(lambda: w.add_(torch.ones(4, 3)), "doesn't match")


@states("a value that is not finite is taken (Nudge refuses it)")
def _():
    w = leaf()
    with torch.no_grad():
        w.fill_(float("nan"))
    assert w.isnan().all()


@states("state_dict shares the weights (Nudge's snapshot is a copy)")
def _():
    net, x = two_layers()
    snapshot = net.state_dict()
    before = {name: value.clone() for name, value in snapshot.items()}
    train(net, x, torch.optim.SGD(net.parameters(), 0.1), n_steps=1)
    assert not equal(snapshot.values(), before.values())


@states("a change of a part leaves the other elements' bits, and counts as one of all")
def _():
    w = torch.rand(3, 4, requires_grad=True)
    before = w.detach().clone()
    with torch.no_grad():
        w[torch.tensor([0, 2]), torch.tensor([1, 1])] = 9.0
    assert w._version == 1
    others = before != 9
    others[0, 1] = others[2, 1] = False
    assert torch.equal(w[others], before[others]) and w[0, 1] == w[2, 1] == 9


@states("a wider operand is rounded to the tensor's type once the result is there")
def _():
    w = leaf(1.0)
    with torch.no_grad():
        w.add_(torch.tensor([2.0**-24 + 2.0**-50], dtype=torch.float64))
    assert w.dtype == torch.float32 and w.item() == 1 + 2.0**-23


@states("what is drawn from a generator of its own leaves the usual stream alone")
def _():
    torch.manual_seed(5)
    plain = torch.rand(3)
    torch.manual_seed(5)
    torch.randn(20, generator=torch.Generator().manual_seed(5))
    assert torch.equal(torch.rand(3), plain)


# Where a change may land.


def change_before_backward(index, change=lambda p: p.mul_(3)):
    """Returns the gradients, of a net and of one without the change."""
    net, x = two_layers()
    loss_of(net, x).backward()
    without = gradients(net)
    net.zero_grad()
    loss = loss_of(net, x)
    with torch.no_grad():
        change(list(net.parameters())[index])
    loss.backward()
    return gradients(net), without


@states("backward refuses a saved weight that was changed, naming both versions")
def _():
    refuses(lambda: change_before_backward(2), STALE, "at version 2", "expected version 1")


@states("a bias may change before backward: none is saved")
def _():
    for index in (1, 3):
        assert equal(*change_before_backward(index))


@states("so may the first layer's weight, if its input needs no gradient")
def _():
    assert equal(*change_before_backward(0))


@states("but not if its input needs one")
def _():
    net, x = two_layers()
    x.requires_grad_()
    loss = loss_of(net, x)
    with torch.no_grad():
        net[0].weight.mul_(2)
    refuses(loss.backward, STALE)


@states("a change of data that was saved is refused")
def _():
    net, x = two_layers()
    loss = loss_of(net, x)
    x.mul_(2)
    refuses(loss.backward, STALE)


@states("a change that changes no value is one all the same")
def _():
    refuses(lambda: change_before_backward(2, lambda p: p.mul_(1)), STALE)


@states("after backward a change is fine, and the step adds to the changed weight")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5)
    w.square().sum().backward()
    with torch.no_grad():
        w.fill_(10)
    optimizer.step()
    assert w.item() == 10 - 0.5 * 2


@states("after the step a change is clean: the next gradient is the changed function's")
def _():
    net, x = two_layers()
    other, _ = two_layers()
    train(net, x, torch.optim.SGD(net.parameters(), 0.1), n_steps=1)
    with torch.no_grad():
        net[2].weight.mul_(2)
    other.load_state_dict(net.state_dict())
    net.zero_grad()
    loss_of(net, x).backward()
    loss_of(other, x).backward()
    assert equal(gradients(net), gradients(other))


@states("a change without effect leaves the run the same to the bit")
def _():
    net, x = two_layers()
    plain = train(net, x, torch.optim.Adam(net.parameters(), 0.01))
    net, x = two_layers()
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    assert equal(plain, train(net, x, optimizer, lambda: net[2].weight.mul_(1)))


@states("the same changes at the same steps give the same bits")
def _():
    runs = []
    for _ in range(2):
        net, x = two_layers()
        optimizer = torch.optim.Adam(net.parameters(), 0.01)
        runs.append(train(net, x, optimizer, lambda: net[2].weight.mul_(0.9)))
    assert equal(*runs)


@states("a second backward needs a second forward")
def _():
    loss = leaf().square().sum()
    loss.backward()
    refuses(loss.backward, "backward through the graph a second time")


@states("a change through .data goes unnoticed, and the gradients are wrong")
def _():
    changed, without = change_before_backward(2, lambda p: p.data.mul_(3))
    assert not torch.equal(changed[0], without[0])
    assert equal(changed[2:], without[2:])


@states("a change through .detach() is noticed: it shares the version")
def _():
    refuses(lambda: change_before_backward(2, lambda p: p.detach().mul_(3)), STALE)


@states("memory written by others goes unnoticed")
def _():
    def write(parameter):
        parameter.detach().numpy()[:] = 9

    changed, without = change_before_backward(2, write)
    assert not torch.equal(changed[0], without[0])


# Gradients and the optimizer's state.


@states("a change keeps the gradient")
def _():
    w = leaf()
    w.square().sum().backward()
    with torch.no_grad():
        w.zero_()
    assert w.grad.tolist() == [2, 4]


def given(optimizer, w, gradient):
    """A step with a gradient that is given, or with none."""
    w.grad = None if gradient is None else torch.tensor([gradient])
    optimizer.step()
    return w.item()


@states("momentum's buffer is the first gradient, and then mu times itself plus it")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5, momentum=0.5)
    assert given(optimizer, w, 2.0) == 1 - 0.5 * 2
    assert given(optimizer, w, 4.0) == 0 - 0.5 * (0.5 * 2 + 4)
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5, momentum=0.5, nesterov=True)
    assert given(optimizer, w, 2.0) == 1 - 0.5 * (2 + 0.5 * 2)


@states("weight decay is of the changed weight")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5, weight_decay=0.25)
    with torch.no_grad():
        w.fill_(8)
    assert given(optimizer, w, 2.0) == 8 - 0.5 * (2 + 0.25 * 8)


@states("momentum drags a weight that was set to zero")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5, momentum=0.5)
    given(optimizer, w, 2.0)
    with torch.no_grad():
        w.zero_()
    assert given(optimizer, w, 0.0) == -0.5 * (0.5 * 2)


@states("unless its buffer is zeroed, of one element or of all")
def _():
    w = leaf(1.0, 1.0)
    optimizer = torch.optim.SGD([w], 0.5, momentum=0.5)
    w.grad = torch.tensor([2.0, 2.0])
    optimizer.step()
    with torch.no_grad():
        w.zero_()
    optimizer.state[w]["momentum_buffer"][0] = 0
    w.grad = torch.zeros(2)
    optimizer.step()
    assert w.tolist() == [0, -0.5 * (0.5 * 2)]


def optimizers(w):
    """One of each kind, with all that could move a weight without a gradient."""
    return [
        torch.optim.SGD([w], 0.1, momentum=0.9, weight_decay=0.1, nesterov=True),
        torch.optim.Adam([w], 0.1, weight_decay=0.1),
        torch.optim.AdamW([w], 0.1, weight_decay=0.1),
        torch.optim.RMSprop([w], 0.1, momentum=0.9, centered=True, weight_decay=0.1),
        torch.optim.Adagrad([w], 0.1, weight_decay=0.1),
    ]


@states("without its state a parameter's next step is as its first, by any optimizer")
def _():
    for k in range(5):
        w, other = leaf(1.0), leaf(1.0)
        optimizer, fresh = optimizers(w)[k], optimizers(other)[k]
        for gradient in (2.0, -3.0, 0.5):
            given(optimizer, w, gradient)
        with torch.no_grad():
            w.fill_(1)
        if isinstance(optimizer, torch.optim.Adagrad):  # its state is there from the start
            for value in optimizer.state[w].values():
                value.zero_()
        else:
            del optimizer.state[w]
        assert given(optimizer, w, 0.25) == given(fresh, other, 0.25)


@states("a weight put back after each step keeps its bits, by any optimizer")
def _():
    for k in range(5):
        w = leaf(0.1, 0.2)
        optimizer = optimizers(w)[k]
        pinned = w[0].item()
        for gradient in (2.0, -3.0, 0.0, 0.5):
            w.grad = torch.full((2,), gradient)
            optimizer.step()
            with torch.no_grad():
                w[0] = pinned
            assert w[0].item() == pinned and w[1].item() != 0.2


@states("Adam counts each parameter's own steps, from its first gradient on")
def _():
    late, early = leaf(1.0), leaf(1.0)
    optimizer = torch.optim.Adam([late, early], 0.5)
    given(optimizer, early, 2.0)
    assert late not in optimizer.state
    late.grad = torch.tensor([2.0])
    optimizer.step()
    assert optimizer.state[late]["step"] == 1 and optimizer.state[early]["step"] == 2
    # lr m̂ / (√v̂ + eps) of a first gradient is lr, but for eps outside the root.
    w = leaf(1.0)
    assert given(torch.optim.Adam([w], 0.5, eps=2.0), w, 2.0) == 1 - 0.5 * 2 / (2 + 2)


@states("a change leaves Adam's moments and count alone")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.Adam([w])
    given(optimizer, w, 2.0)
    before = [torch.as_tensor(v).clone() for v in optimizer.state[w].values()]
    with torch.no_grad():
        w.fill_(9)
    assert equal(before, [torch.as_tensor(v) for v in optimizer.state[w].values()])


@states("Adam's decay goes through the moments, AdamW's past them")
def _():
    w = leaf(4.0)
    given(torch.optim.AdamW([w], 0.5, weight_decay=0.25), w, 0.0)
    assert w.item() == 4 * (1 - 0.5 * 0.25)
    w = leaf(4.0)
    given(torch.optim.Adam([w], 0.5, weight_decay=0.25), w, 0.0)
    assert abs(w.item() - 3.5) < 1e-6


@states("a parameter without a gradient is skipped wholly")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5, momentum=0.5, weight_decay=0.25)
    before = given(optimizer, w, 2.0)
    assert given(optimizer, w, None) == before
    buffer = optimizer.state[w]["momentum_buffer"].item()
    assert buffer == 2 + 0.25 * 1


@states("in this version zero_grad leaves zeros unless told otherwise, later ones none")
def _():
    w = leaf(1.0)
    w.grad = torch.ones(1)
    torch.optim.SGD([w], 0.5).zero_grad()
    later = int(torch.__version__.split(".")[0]) >= 2
    assert w.grad is None if later else w.grad.item() == 0


@states("a gradient of zero still moves a weight, by momentum and decay")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5, momentum=0.5)
    before = given(optimizer, w, 2.0)
    assert given(optimizer, w, 0.0) != before
    w = leaf(1.0)
    assert given(torch.optim.SGD([w], 0.5, weight_decay=0.5), w, 0.0) == 0.75


@states("frozen after backward, a parameter is still updated once")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5)
    w.grad = torch.tensor([2.0])
    w.requires_grad_(False)
    optimizer.step()
    assert w.item() == 0


@states("frozen and without a gradient, a parameter keeps its bytes")
def _():
    net, x = two_layers()
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=0.1)
    train(net, x, optimizer, n_steps=3)
    net[0].requires_grad_(False)
    before = [p.clone() for p in net.parameters()]
    after = train(net, x, optimizer, n_steps=3)
    assert equal(before[:2], after[:2])
    assert not torch.equal(before[2], after[2])


@states("a parameter put in another's place is not what the optimizer updates")
def _():
    w = leaf(1.0)
    optimizer = torch.optim.SGD([w], 0.5)
    orphan, w = w, leaf(1.0)
    orphan.grad = torch.ones(1)
    optimizer.step()
    assert w.item() == 1 and orphan.item() == 0.5


@states("an optimizer's step is a section of its own, and leaves the mode as it was")
def _():
    w = leaf(1.0)
    version = w._version
    given(torch.optim.SGD([w], 0.5), w, 2.0)
    assert torch.is_grad_enabled() and w.is_leaf and w._version > version


def main():
    for statement, check in STATEMENTS:
        check()
        print("ok:", statement)


if __name__ == "__main__":
    main()
