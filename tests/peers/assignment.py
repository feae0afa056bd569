#!/usr/bin/env python3
"""Times SciPy's linear_sum_assignment and turnabout-assignment on the same matrices, and checks that totals are equal.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install scipy
    /tmp/peers/bin/python tests/peers/assignment.py [--size N] [KIND ...]

The matrices are those of engine/assignment/benches/samples.rs: kind by kind the same formula over the same SplitMix64
stream. A vetoed pair gets a score so low that SciPy takes as few of them as possible, and is then left out; so both
find the most pairs first, then the greatest total. Exits with 1 when a number of pairs or a total differs.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time

import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment

KINDS = ["equal", "grid", "random", "vetoed", "topics", "coarse", "additive", "product"]
SEED = 7
WHOLE = 1_000_000
VETO = (1 << 32) - 1


def draw(seed, places):
    """The numbers at places of the stream of SplitMix64."""
    mixed = np.uint64(seed) + (places.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def topics(seed, people):
    drawn = draw(seed, np.arange(people))
    found = np.zeros(people, dtype=np.uint64)
    for place in range(4):
        found |= np.uint64(1) << (drawn >> np.uint64(4 * place) & np.uint64(15))
    return found


def cells(kind, size):
    """The scores of a kind in millionths; VETO for a vetoed pair."""
    people = np.arange(size, dtype=np.int64)
    rows, columns = people[:, None], people[None, :]
    if kind == "equal":
        return np.full((size, size), WHOLE // 2, dtype=np.int64)
    if kind == "product":
        return (rows + 1) * (columns + 1) * WHOLE // (size * size)
    if kind == "coarse":
        return (rows + 1) * (columns + 1) * 20 // (size * size) * (WHOLE // 20)
    if kind == "additive":
        own = [(draw(seed, people) % np.uint64(1000)).astype(np.int64) for seed in (3, 4)]
        return (own[0][:, None] + own[1][None, :]) * 500
    if kind == "topics":
        shared = np.bitwise_count(topics(1, size)[:, None] & topics(2, size)[None, :]).astype(np.int64)
        grades = [(draw(seed, people) % np.uint64(8)).astype(np.int64) for seed in (3, 4)]
        return shared * 150_000 + np.abs(grades[0][:, None] - grades[1][None, :]) * 50_000
    drawn = draw(SEED, np.arange(size * size)).reshape(size, size)
    if kind == "grid":
        return (drawn % np.uint64(21)).astype(np.int64) * (WHOLE // 20)
    scores = (drawn % np.uint64(WHOLE + 1)).astype(np.int64)
    if kind == "random":
        return scores
    if kind == "vetoed":
        return np.where((drawn >> np.uint64(40)) % np.uint64(10) != 0, VETO, scores)
    raise SystemExit(f"there is no kind {kind}")


def solve(kind, size):
    """SciPy's seconds, number of pairs and total."""
    scores = cells(kind, size)
    weights = np.where(scores == VETO, -(size + 1) * WHOLE, scores).astype(np.float64)
    began = time.perf_counter()
    rows, columns = linear_sum_assignment(weights, maximize=True)
    seconds = time.perf_counter() - began
    made = scores[rows, columns]
    made = made[made != VETO]
    return seconds, len(made), int(made.sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, help="people a side")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; without any, all")
    arguments = parser.parse_args()
    kinds = arguments.kinds or KINDS
    root = pathlib.Path(__file__).resolve().parents[2]
    package = ["cargo", "run", "--quiet", "--release", "--package", "turnabout-assignment", "--example", "assignment-peer", "--"]
    run = subprocess.run([*package, str(arguments.size), *kinds], cwd=root, check=True, capture_output=True, text=True)
    own = [json.loads(line) for line in run.stdout.splitlines()]
    print(f"SciPy {scipy.__version__}, {arguments.size} x {arguments.size}, seconds")
    print(f"{'kind':10} {'turnabout':>10} {'SciPy':>10} {'pairs':>7} {'total in millionths':>20}")
    differ = False
    for line in own:
        seconds, pairs, total = solve(line["kind"], arguments.size)
        same = (pairs, total) == (line["pairs"], line["total"])
        differ |= not same
        print(
            f"{line['kind']:10} {line['seconds']:10.3f} {seconds:10.3f} {line['pairs']:7} {line['total']:20}"
            + ("" if same else f"  SciPy: {pairs} pairs, {total}"),
            flush=True,
        )
    sys.exit("the results differ" if differ or len(own) != len(kinds) else 0)


if __name__ == "__main__":
    main()
