# nudges.py - nudges as text, and what PyTorch makes of them
#
# SPDX-License-Identifier: MIT
#
# Imported by experiment.py. TARGET: EXPRESSION [@ WHEN] [a=NUMBER]

import ast
import operator
import re
from dataclasses import dataclass

import torch

CATALOGUE = {
    "grow": "w + a*w",
    "scale": "a*w",
    "shrink": "w - a*w",
    "noise": "w + a*noise",
}
USUAL_AMOUNTS = {"w+a*w": 0.001, "a*w": 0.01, "w-a*w": 0.1, "w+a*noise": 0.01}
DRAWS = {"noise": torch.randn, "rand": torch.rand}
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
TEXT = re.compile(
    r"\s*(?P<layer>\*|[\w-]+)(\.(?P<part>weight|bias))?\s*:(?P<body>[^@=]*?)"
    r"(?P<tail>(\s*@[^@=]*?|\s*\ba\s*=\s*[-+.\deE]+)*)\s*"
)
WHEN = re.compile(
    r"(step (?P<at>[1-9]\d*)|every (?P<every>[1-9]\d*) steps?|"
    r"every (?P<each>step|example|epoch))(?P<gap> before backward)?|(?P<hand>by hand)"
)


def new_generator(seed):
    """What noise and rand are drawn from in a run with this seed, and nothing else is."""
    return torch.Generator().manual_seed(seed ^ 0x6E756467)


def rounded(number):
    """The float32 number nearest to a number."""
    return torch.tensor(number, dtype=torch.float32).item()


@dataclass
class Nudge:
    layer: str  # or "*"
    part: str  # "weight", "bias" or None for both
    expression: ast.expr
    amount: float
    when: str  # "at", "every", "example", "epoch" or "hand"
    interval: int
    before_backward: bool

    def is_due(self, step, epoch_ends, before_backward):
        """In the gap before this step's backward, or in the section after the step."""
        return self.before_backward == before_backward and (
            (self.when == "at" and step == self.interval)
            or (self.when == "every" and step % self.interval == 0)
            or (self.when == "epoch" and epoch_ends)
        )

    def is_due_at_example(self, before_backward):
        return self.when == "example" and self.before_backward == before_backward

    def aims_at(self, layer, part):
        return self.layer in ("*", layer) and self.part in (None, part)


def parse(text, layers):
    match = TEXT.fullmatch(text)
    if match is None:
        raise ValueError("%r does not read as a nudge" % text)
    if match["layer"] != "*" and match["layer"] not in layers:
        raise ValueError("%r: there is no layer %s" % (text, match["layer"]))
    amounts = re.findall(r"\ba\s*=\s*([-+.\deE]+)", match["tail"])
    times = re.findall(r"@([^@=]*?)(?:\ba\s*=|@|$)", match["tail"])
    if len(amounts) > 1 or len(times) > 1:
        raise ValueError("%r says something twice" % text)
    body = match["body"].strip()
    body = CATALOGUE.get(body, body)
    expression = parse_expression(body, text)
    names = [n.id for n in ast.walk(expression) if isinstance(n, ast.Name)]
    uses_amount = "a" in names
    amount = float(amounts[0]) if amounts else 0
    if uses_amount and not amounts:
        amount = USUAL_AMOUNTS.get(re.sub(r"\s", "", body))
    if amount is None or (amounts and not uses_amount):
        raise ValueError("%r: an amount, and a in the expression, go together" % text)
    when = WHEN.fullmatch(" ".join(times[0].split()) if times else "every step")
    if when is None:
        raise ValueError("%r: expected a time behind '@'" % text)
    return Nudge(
        match["layer"],
        match["part"],
        expression,
        rounded(amount),
        *read_when(when),
        when["gap"] is not None,
    )


def read_when(when):
    """The kind of time, and its number of steps."""
    if when["at"]:
        return "at", int(when["at"])
    if when["hand"]:
        return "hand", 1
    if when["every"] or when["each"] == "step":
        return "every", int(when["every"] or 1)
    return when["each"], 1


def parse_expression(body, text):
    """Python's grammar, of which Nudge's is a part, with ^ for **."""
    if re.fullmatch(r"(noise|rand|[wa\d.eE+*/^()\s-])+", body) is None:
        raise ValueError("%r: %r is not an expression" % (text, body))
    try:
        expression = ast.parse(body.replace("^", "**"), mode="eval").body
        evaluate(expression, torch.ones(1), 1.0, new_generator(0))
    except (SyntaxError, KeyError) as error:
        raise ValueError("%r: %r is not an expression" % (text, body)) from error
    return expression


def evaluate(node, w, amount, generator):
    """A tensor like w; or, if no tensor is in it, one float32 number without dimensions."""
    if isinstance(node, ast.Name) and node.id in DRAWS:
        return DRAWS[node.id](w.shape, generator=generator).to(w.dtype)
    if isinstance(node, ast.Name):
        return {"w": w, "a": torch.tensor(amount)}[node.id]
    if isinstance(node, ast.Constant):
        return torch.tensor(float(node.value), dtype=torch.float32)
    parts = [node.operand] if isinstance(node, ast.UnaryOp) else [node.left, node.right]
    values = [evaluate(part, w, amount, generator) for part in parts]
    if any(value.dim() > 0 for value in values):
        # To PyTorch, as to the person who writes it, a constant is a number.
        values = [value if value.dim() > 0 else value.item() for value in values]
    return OPERATORS[type(node.op)](*values)


def apply(due, network, generator, unseen=False):
    """Assigns what each function returns to its target, or changes no byte of it.

    What a refused one has drawn is put back.

    unseen: through .data, so that PyTorch does not notice.
    """
    with torch.no_grad():
        for nudge in due:
            changes = []
            drawn = generator.get_state()
            for name, parameter in network.named_parameters():
                if nudge.aims_at(*name.rsplit(".", 1)):
                    value = evaluate(
                        nudge.expression, parameter, nudge.amount, generator
                    )
                    changes.append((parameter, value))
            if all(torch.isfinite(value).all() for _, value in changes):
                for parameter, value in changes:
                    (parameter.data if unseen else parameter).copy_(value)
            else:
                generator.set_state(drawn)
