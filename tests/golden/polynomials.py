#!/usr/bin/python3
# polynomials.py - compute the coefficients of nn/kernels/math.inc
#
# SPDX-License-Identifier: MIT
#
# Prints, for each polynomial, its coefficients from the constant up, rounded to
# float32, and the largest weighted error that they leave. Takes some seconds:
#
#   sudo apt-get install python3-mpmath
#   python3 tests/golden/polynomials.py
#
# Each is the polynomial p of its degree with the least max |w (f - p)| over an interval, by
# Remez's exchange algorithm (Cheney, Introduction to Approximation Theory, 1966, §3.8):
# find the p whose weighted error is equal and alternating at n + 2 points, move the points
# to where the error is largest, and repeat. The weight makes w (f - p) the relative error of
# what the program computes with p.

import struct

from mpmath import cos, erf, erfc, exp, linspace, log, lu_solve, matrix, mp, mpf, pi
from mpmath import sqrt

mp.dps = 40
GRID = 2000
ROUNDS = 12


def float32(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def evaluate(p, x):
    y = mpf(0)
    for c in reversed(p):
        y = y * x + c
    return y


def solve(values, weights, points, degree):
    """The polynomial whose weighted error alternates at the points."""
    n = degree + 2
    a, b = matrix(n, n), matrix(n, 1)
    for i, k in enumerate(points):
        for j in range(degree + 1):
            a[i, j] = values[k][0] ** j
        a[i, degree + 1] = (-1) ** i / weights[k]
        b[i] = values[k][1]
    return list(lu_solve(a, b))[: degree + 1]


def exchange(errors, n):
    """The grid's indices of n errors that alternate in sign and are the largest."""
    runs = []
    for k, e in enumerate(errors):
        if runs and (e > 0) == (errors[runs[-1]] > 0):
            if abs(e) > abs(errors[runs[-1]]):
                runs[-1] = k
        else:
            runs.append(k)
    while len(runs) > n:
        runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
    return runs


def remez(f, w, low, high, degree):
    middle, half = (low + high) / 2, (high - low) / 2
    xs = [middle - half * cos(pi * k / GRID) for k in range(GRID + 1)]
    values = [(x, f(x)) for x in xs]
    weights = [w(x) for x in xs]
    n = degree + 2
    points = [round((i + 0.5) * GRID / n) for i in range(n)]
    for _ in range(ROUNDS):
        p = solve(values, weights, points, degree)
        errors = [w * (y - evaluate(p, x)) for (x, y), w in zip(values, weights)]
        found = exchange(errors, n)
        if len(found) < n or found == points:
            break
        points = found
    return p


def largest_error(f, w, low, high, p):
    return max(abs(w(x) * (f(x) - evaluate(p, x))) for x in linspace(low, high, GRID))


TINY = mpf(10) ** -9  # stands for 0 where a quotient is 0 / 0 there
HALF_LN2 = log(2) / 2 * mpf("1.0001")

# name, f, w, low, high, degree
POLYNOMIALS = [
    # e^r = 1 + r + r² p (r); the error is relative to e^r.
    (
        "exp",
        lambda r: (exp(r) - 1 - r) / r**2,
        lambda r: r**2 / exp(r),
        -HALF_LN2,
        HALF_LN2,
        4,
    ),
    # log (1 + f) = f - f² / 2 + f³ p (f).
    (
        "log1p",
        lambda f: (log(1 + f) - f + f**2 / 2) / f**3,
        lambda f: f**3 / log(1 + f),
        sqrt(mpf(0.5)) - 1,
        sqrt(mpf(2)) - 1,
        8,
    ),
    # erf z = z + z p (t), t = z².
    (
        "erf",
        lambda t: erf(sqrt(t)) / sqrt(t) - 1,
        lambda t: sqrt(t) / erf(sqrt(t)),
        TINY,
        mpf(1),
        6,
    ),
    # erf z = 1 - exp (-p (z)).
    (
        "erfc",
        lambda z: -log(erfc(z)),
        lambda z: erfc(z) / erf(z),
        mpf(1),
        mpf(4),
        6,
    ),
]


def main():
    for name, f, w, low, high, degree in POLYNOMIALS:
        # GRID is even, so an interval's middle is a point: 0 for exp, where f is 0 / 0.
        p = remez(f, w, low + TINY, high, degree)
        rounded = [float32(c) for c in p]
        error = largest_error(f, w, low + TINY, high, rounded)
        print("%s: relative error 2^%.1f" % (name, log(error, 2)))
        print("  " + ", ".join("%.9gf" % c for c in rounded))


if __name__ == "__main__":
    main()
