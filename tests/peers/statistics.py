#!/usr/bin/env python3
"""Checks the statistics of the engine against SciPy, statsmodels and brute force.

Reads the cases and answers that the example `peer` writes, a line of JSON each, and computes every answer anew with
code that shares nothing with it. Writes nothing but its report, and fails if one answer is off or a kind is missing.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r tests/peers/requirements.txt
    cargo run -q -p turnabout-statistics --example statistics-peer | /tmp/peers/bin/python tests/peers/statistics.py

A number after `--example statistics-peer --` is another seed.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from fractions import Fraction

import numpy
import scipy
from scipy import stats

try:
    from statsmodels.stats.proportion import proportion_confint
except ImportError:  # SciPy's own interval is checked in any case
    proportion_confint = None

NEAR = 1e-9
# How many cases each kind needs, so that an empty file is no success.
NEEDED = {
    "wilcoxon_untied": 200,
    "wilcoxon_tied_few": 200,
    "wilcoxon_tied": 200,
    "wilcoxon_large": 20,
    "change": 200,
    "wilson": 200,
    "mcnemar": 200,
    "alpha": 200,
    "scale": 200,
}


def differences(case):
    change = numpy.array(case["post"], dtype=float) - numpy.array(case["pre"], dtype=float)
    return change[change != 0]


def signed_ranks(change):
    ranks = stats.rankdata(numpy.abs(change))
    return ranks, ranks[change > 0].sum(), ranks[change < 0].sum()


def every_sign(change):
    """p by trying all 2^n signs."""
    ranks, t_plus, _ = signed_ranks(change)
    n = len(ranks)
    signs = (numpy.arange(2**n)[:, None] >> numpy.arange(n)) & 1
    sums = signs @ ranks
    middle = ranks.sum() / 2
    return float(numpy.mean(numpy.abs(sums - middle) >= abs(t_plus - middle) - 1e-9))


def whole_numbers(change):
    """p from the whole distribution in whole numbers, without any rounding."""
    ranks, t_plus, _ = signed_ranks(change)
    ways = Counter({0: 1})
    for rank in ranks:
        doubled = round(2 * rank)
        more = Counter(ways)
        for total, count in ways.items():
            more[total + doubled] += count
        ways = more
    whole = round(2 * ranks.sum())
    apart = abs(2 * round(2 * t_plus) - whole)
    as_far = sum(count for total, count in ways.items() if abs(2 * total - whole) >= apart)
    return float(Fraction(as_far, 2 ** len(ranks)))


def wilcoxon(p_of):
    def expect(case):
        change = differences(case)
        if len(change) == 0:
            return None
        _, t_plus, t_minus = signed_ranks(change)
        return {
            "n_pairs": len(case["pre"]),
            "n_nonzero": len(change),
            "t_plus": t_plus,
            "t_minus": t_minus,
            "p": p_of(change),
            "rank_biserial": (t_plus - t_minus) / (t_plus + t_minus),
        }

    return expect


def scipy_exact(change):
    assert len(numpy.unique(numpy.abs(change))) == len(change), "this kind has no ties"
    p = whole_numbers(change)
    # SciPy subtracts from 1, so that a p near 1e-16 has lost its digits: it judges p, whole numbers its own digits.
    assert abs(stats.wilcoxon(change, method="exact").pvalue - p) <= NEAR
    return p


def scipy_approximate(change):
    return float(stats.wilcoxon(change, method="approx", correction=True, zero_method="wilcox").pvalue)


def change(case):
    change = numpy.array(case["post"], dtype=float) - numpy.array(case["pre"], dtype=float)
    n, mean, sd = len(change), change.mean(), change.std(ddof=1)
    if sd < 1e-12:
        return {"mean": mean, "ci95": None, "d_z": None, "hedges_g": None}
    test = stats.ttest_1samp(change, 0).confidence_interval(0.95)
    corrected = mean / sd * (1 - 3 / (4 * (n - 1) - 1)) if n > 2 else None
    return {"mean": mean, "ci95": [test.low, test.high], "d_z": mean / sd, "hedges_g": corrected}


def wilson(case):
    part, n = case["part"], case["n"]
    interval = stats.binomtest(part, n).proportion_ci(0.95, method="wilson")
    if proportion_confint is not None:
        lower, upper = proportion_confint(part, n, alpha=0.05, method="wilson")
        assert math.isclose(lower, interval.low, abs_tol=1e-12) and math.isclose(upper, interval.high, abs_tol=1e-12)
    return {"part": part, "n": n, "share": part / n, "ci95": [interval.low, interval.high]}


def mcnemar(case):
    b, c = case["b"], case["c"]
    if b + c == 0:
        return None
    return {"b": b, "c": c, "p": float(stats.binomtest(b, b + c, 0.5).pvalue)}


def alpha_of(rows):
    rows = numpy.array(rows, dtype=float)
    if rows.ndim < 2 or len(rows) < 2:
        return None
    # From the matrix of covariances rather than the variances of items and sums.
    covariance = numpy.cov(rows, rowvar=False)
    k, whole = rows.shape[1], covariance.sum()
    return None if whole < 1e-12 else k / (k - 1) * (1 - numpy.trace(covariance) / whole)


def scale(case):
    turned = [
        [answer if answer is None or direction == "forward" else 6 - answer
         for answer, direction in zip(row, case["directions"], strict=True)]
        for row in case["answers"]
    ]
    scores = []
    for row in turned:
        given = [answer for answer in row if answer is not None]
        scores.append(sum(given) / len(given) * len(row) if 2 * len(given) >= len(row) else None)
    return {"alpha": alpha_of([row for row in turned if None not in row]), "scores": scores}


PEERS = {
    "wilcoxon_untied": wilcoxon(scipy_exact),
    "wilcoxon_tied_few": wilcoxon(every_sign),
    "wilcoxon_tied": wilcoxon(whole_numbers),
    "wilcoxon_large": wilcoxon(scipy_approximate),
    "change": change,
    "wilson": wilson,
    "mcnemar": mcnemar,
    "alpha": lambda case: alpha_of(case["rows"]),
    "scale": scale,
}
METHODS = {"wilcoxon_large": "normal_approximation"}


def distance(found, expect):
    """The largest distance of numbers, as a share of those above 1; infinite where only one has an answer."""
    if found is None or expect is None:
        return 0.0 if found is expect else math.inf
    if isinstance(expect, dict):
        return max(distance(found[key], value) for key, value in expect.items())
    if isinstance(expect, list):
        if len(found) != len(expect):
            return math.inf
        return max((distance(*both) for both in zip(found, expect)), default=0.0)
    apart = abs(found - expect) / max(1.0, abs(expect))
    return math.inf if math.isnan(apart) else float(apart)


def main():
    seen, worst, off, small = Counter(), defaultdict(float), [], 0.0
    for number, line in enumerate(sys.stdin, 1):
        entry = json.loads(line)
        kind, case, found = entry["kind"], entry["case"], entry["found"]
        expect = PEERS[kind](case)
        apart = distance(found, expect)
        if isinstance(found, dict) and "method" in found and found["method"] != METHODS.get(kind, "exact"):
            apart = math.inf
        if isinstance(found, dict) and "p" in found and expect["p"] > 1e-290:
            # A small p has to be right in its own digits too.
            small = max(small, abs(found["p"] / expect["p"] - 1))
        seen[kind] += 1
        worst[kind] = max(worst[kind], apart)
        if apart > NEAR:
            off.append(f"line {number}, {kind}: found {found}, expected {expect}")
    print(f"SciPy {scipy.__version__}, statsmodels {'used' if proportion_confint else 'not there'}")
    for kind, needed in NEEDED.items():
        print(f"{kind:18} {seen[kind]:5} cases, at most {worst[kind]:.1e} apart")
        if seen[kind] < needed:
            off.append(f"{kind}: {seen[kind]} cases, and {needed} are needed")
    print(f"p, relative to its own size: at most {small:.1e} apart")
    if small > NEAR:
        off.append("a small p is off in its own digits")
    for problem in off[:20]:
        print(problem, file=sys.stderr)
    sys.exit(f"{len(off)} problems" if off else None)


if __name__ == "__main__":
    main()
