#!/usr/bin/python3
# said.py - update functions as people write them, and what they mean in PyTorch
#
# SPDX-License-Identifier: MIT
#
# Imported by nudges.py. What Nudge reads is the text; p is a language.Place.

import torch
import torch.nn.functional as F


def smallest(w):
    order = torch.argsort(w.abs().flatten(), stable=True)
    fractions = torch.arange(len(order), dtype=torch.float32) / len(order)
    kept = w.flatten().clone()
    kept[order[fractions < 0.5]] = 0
    return kept.reshape(w.shape)


def where(condition, yes, no):
    """With numbers for tensors, as PyTorch 2 has it."""
    like = yes if torch.is_tensor(yes) else no
    return torch.where(
        condition,
        torch.as_tensor(yes, dtype=like.dtype),
        torch.as_tensor(no, dtype=like.dtype),
    )


# Rounded once for each operation, so that they are PyTorch's to the bit.
EXACT = {
    "0.9w": lambda p: 0.9 * p.w,
    "0.5w + 2(w0)": lambda p: 0.5 * p.w + 2 * p.w0,
    "w.mul_(0.9)": lambda p: p.w.mul(0.9),
    "w.mul_(0.5).add_(0.25)": lambda p: p.w.mul(0.5).add(0.25),
    "torch.clamp(w, -0.1, 0.2)": lambda p: torch.clamp(p.w, -0.1, 0.2),
    "w.clamp(min=0)": lambda p: p.w.clamp(min=0),
    "np.clip(w, -0.2, 0.1)": lambda p: torch.clip(p.w, -0.2, 0.1),
    "where(abs(w) < 0.2, 0, w)": lambda p: where(p.w.abs() < 0.2, 0, p.w),
    "0 if -0.2 < w < 0.2 else w": lambda p: where((-0.2 < p.w) & (p.w < 0.2), 0, p.w),
    "abs(w) > 0.1 && w > 0 ? 0.5 : w": lambda p: where(
        (p.w.abs() > 0.1) & (p.w > 0), 0.5, p.w
    ),
    "w < -0.2 or not w < 0.2 ? w : 0": lambda p: where(
        (p.w < -0.2) | ~(p.w < 0.2), p.w, 0
    ),
    "(w < 0) & (j > 0) ? -w : w": lambda p: where((p.w < 0) & (p.j > 0), -p.w, p.w),
    "w / max(abs(w))": lambda p: p.w / p.w.abs().max(),
    "(w - w.min()) / (w.max() - w.min())": lambda p: (p.w - p.w.min())
    / (p.w.max() - p.w.min()),
    "w - median(w)": lambda p: p.w - p.w.median(),
    "w.median(dim=0)": lambda p: p.w.median(0, keepdim=True)[0].expand(p.w.shape),
    "w/w.abs().amax(dim=-1)": lambda p: p.w / p.w.abs().amax(-1, keepdim=True),
    "w − 0.5·w²": lambda p: p.w - 0.5 * p.w**2,
    "w*(count(w > 0) > 3)": lambda p: p.w * (torch.count_nonzero(p.w > 0) > 3),
    "any(w > 10) ? 0 : w": lambda p: p.w,
    "w.sign()*0.25": lambda p: p.w.sign() * 0.25,
    "leaky_relu(w, 0.1)": lambda p: F.leaky_relu(p.w, 0.1),
    "ceil(8*w)/8": lambda p: torch.ceil(8 * p.w) / 8,
    "w = 2*w; w = w - max(w); 0.5*w": lambda p: 0.5 * (2 * p.w - (2 * p.w).max()),
    "w = w*(1 + j); w if rank >= 0.5 else 0": lambda p: smallest(p.w * (1 + p.j)),
    "w + 0.1*randn": lambda p: p.w + 0.1 * p.noise,
    "normal(0, 0.1)": lambda p: 0.1 * p.noise,
    "uniform(-0.25, 0.25) + w": lambda p: (-0.25 + 0.5 * p.rand) + p.w,
    "w*(torch.rand_like(w) > 0.5)": lambda p: p.w * (p.rand > 0.5),
    "w = w + randn; w*rand": lambda p: (p.w + p.noise) * p.rand,
    "hardtanh(4*w)": lambda p: F.hardtanh(4 * p.w),
    "F.hardtanh(w, -0.1, 0.2)": lambda p: F.hardtanh(p.w, -0.1, 0.2),
    "relu6(20*w)": lambda p: F.relu6(20 * p.w),
    "F.threshold(w, 0.1, -2)": lambda p: F.threshold(p.w, 0.1, -2),
    "lerp(w, 1e-9, 1)": lambda p: p.w.lerp(torch.tensor(1e-9, dtype=p.w.dtype), 1),
    # A root of what is below 0 is no number, with which fmin and fmax choose the other.
    "torch.fmin(sqrt(w), 0.25)": lambda p: torch.fmin(p.w.sqrt(), torch.tensor(0.25)),
    "fmax(w0, sqrt(w))": lambda p: torch.fmax(p.w0, p.w.sqrt()),
    "w + F.threshold(sqrt(w), 0.1, 2)": lambda p: p.w + F.threshold(p.w.sqrt(), 0.1, 2),
    "F.softsign(w)": lambda p: F.softsign(p.w),
    "global_rank < 0.5 ? 0 : w": lambda p: where(p.global_rank < 0.5, 0, p.w),
}
# As close as sums in another order are.
CLOSE = {
    "w - w.mean()": lambda p: p.w - p.w.mean(),
    "w - mean(w, axis=0)": lambda p: p.w - p.w.mean(0, keepdim=True),
    "w/norm(w, dim=-1)/4": lambda p: p.w / p.w.norm(dim=-1, keepdim=True) / 4,
    "w/(np.std(w) + 1)": lambda p: p.w / (p.w.std(unbiased=False) + 1),
    "w - 0.1*std(abs(w))": lambda p: p.w - 0.1 * p.w.abs().std(),
    "w + 0.1*sum(w*w0)": lambda p: p.w + 0.1 * (p.w * p.w0).sum(),
    "w + prod(w, dim=0)": lambda p: p.w + p.w.prod(0, keepdim=True),
    "clamp(w, quantile(w, 0.1), quantile(w, 0.9))": lambda p: torch.clamp(
        p.w, torch.quantile(p.w, 0.1), torch.quantile(p.w, 0.9)
    ),
    "w - np.median(w)": lambda p: p.w - torch.quantile(p.w, 0.5),
    "w.lerp(w0, 0.3)": lambda p: p.w.lerp(p.w0, 0.3),
    "w.lerp(j, 0.9)": lambda p: p.w.lerp(p.j, 0.9),
    "exp(w)/sum(exp(w))": lambda p: p.w.flatten()
    .softmax(0)
    .reshape(p.w.shape),
    # PyTorch rounds these once or twice, as it comes.
    "w.addcmul(w0, w, value=-0.5)": lambda p: p.w.addcmul(p.w0, p.w, value=-0.5),
    "addcmul(w, w0, w)": lambda p: torch.addcmul(p.w, p.w0, p.w),
    "w.addcdiv_(w0, 1 + abs(w), value=0.25)": lambda p: p.w.addcdiv(
        p.w0, 1 + p.w.abs(), value=0.25
    ),
    "F.softplus(w)": lambda p: F.softplus(p.w),
    "softplus(w, beta=2)": lambda p: F.softplus(p.w, beta=2),
    "elu(w)": lambda p: F.elu(p.w),
    "F.elu(w, alpha=0.5)": lambda p: F.elu(p.w, 0.5),
    "F.silu(w)": lambda p: F.silu(p.w),
    "exp2(w)": lambda p: torch.exp2(p.w),
    "w*rsqrt(1 + w**2)": lambda p: p.w * torch.rsqrt(1 + p.w**2),
}
# What only training gives, or changes.
LIVING = {
    "w - lr*grad": lambda p: p.w - p.lr * p.g,
    "w.sub_(w.grad, alpha=0.05)": lambda p: p.w.sub(p.g, alpha=0.05),
    "w - 0.1*(w - w.mean(dim=-1))": lambda p: p.w
    - 0.1 * (p.w - p.w.mean(-1, keepdim=True)),
    "where(abs(g) < quantile(abs(g), 0.25), 0.9w, w)": lambda p: torch.where(
        p.g.abs() < torch.quantile(p.g.abs(), 0.25), 0.9 * p.w, p.w
    ),
    "w*0.99 if n > 3 else w": lambda p: p.w * 0.99 if p.n > 3 else p.w,
    "w = 0.98w; w + 0.01*noise*std(w, correction=0)": lambda p: 0.98 * p.w
    + 0.01 * p.noise * (0.98 * p.w).std(unbiased=False),
}


def average(mean, value, n_averaged):
    """What torch.optim.swa_utils.AveragedModel makes of a mean of n_averaged values."""
    return mean + (value - mean) / (max(n_averaged, 0) + 1)


def both(value):
    """The slow copy's new value, which is the weights' too."""
    return {"m": value, "w": value}


# With slow copies: what each of m and w becomes.
SLOW = {
    "m = 0.9*m + 0.1*w": lambda p: {"m": p.m.lerp(p.w, 0.1)},
    "m += (w - m)/n if n > 0 else 0": lambda p: {"m": average(p.m, p.w, p.n - 1)},
    "m = m + 0.5*(w - m); w = m": lambda p: both(p.m.add(p.w - p.m, alpha=0.5)),
    "m = 0.75m + 0.25w; m": lambda p: both(0.75 * p.m + 0.25 * p.w),
    "m = w; w = w + 0.05*noise": lambda p: {"m": p.w, "w": p.w + 0.05 * p.noise},
    "w = m": lambda p: {"w": p.m},
    "w = m; m = 0.5*(m + w0); w = 0.9w": lambda p: {
        "w": 0.9 * p.m,
        "m": 0.5 * (p.m + p.w0),
    },
    "w - 0.1*(w - m)": lambda p: p.w - 0.1 * (p.w - p.m),
    "m = m - mean(m - w); w": lambda p: {"m": p.m - (p.m - p.w).mean(), "w": p.w},
}
# What stands behind -= and the like.
TERMS = {"lr*grad": lambda p: p.lr * p.g}
FUNCTIONS = {**EXACT, **CLOSE, **LIVING, **SLOW, **TERMS}
