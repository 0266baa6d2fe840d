# language.py - every update function, against the same typed in Python
#
# SPDX-License-Identifier: MIT

import math

import torch
from jobs import LONG, nudge, read_bytes, same_bits, start, tensors_of

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



def check_language(kind, names):
    """Every expression, on each of some parameters, against Python's."""
    start(kind, LONG, "out")
    nudge("--headless", "--snapshot", "old.safetensors")
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
    assert read_bytes("new.safetensors") == read_bytes("old.safetensors")


def language():
    check_language("plain", ["0.weight", "0.bias"])


def language_bfloat16():
    check_language("bfloat16", ["0.weight"])


def language_convolution():
    check_language("conv", ["conv.weight"])
