"""What the Python graders of the race run: each exercise's cases against the reference's answers.

cases.json beside this file has them, written by the race: the same inputs, the same expected
answers and the same tolerances as Unrolled's own grader uses.
"""

import json
from pathlib import Path

import numpy as np

CASES = json.loads(Path(__file__).with_name("cases.json").read_text())


def waveCell(x_t, a_prev, parameters):
    p = parameters
    remembered = np.sin(p["Waa"] @ a_prev + p["ba"])
    read = np.cos(p["Wax"] @ x_t + 1)
    a_next = (remembered + read) * 0.5
    z = p["Wya"] @ a_next + p["by"]
    cache = {"x_t": x_t, "a_prev": a_prev, "a_next": a_next, "parameters": parameters}
    return {"a_next": a_next, "yhat_t": 1 / (1 + z * z), "cache": cache}


def waveCellBackward(da_next, cache):
    p = cache["parameters"]
    dz = da_next * (0.4 + 0.2 * cache["a_next"])
    return {
        "dx_t": p["Wax"].T @ dz * 0.5,
        "da_prev": p["Waa"].T @ dz + cache["a_prev"] * 0.1,
        "dWax": dz @ cache["x_t"].T * 2,
        "dWaa": dz @ cache["a_prev"].T * 3,
        "dba": (dz * dz).sum(axis=1, keepdims=True),
    }


def cubicWave(theta):
    flat = theta.ravel()
    k = np.arange(1, flat.size + 1)
    signs = np.where(k % 2 == 1, k, -k)
    return float((signs * flat**3 / 6 + np.sin(flat)).sum())


def logSumExp(theta):
    largest = theta.max()
    return float(largest + np.log(np.exp(theta - largest).sum()))


def constant(theta):
    return 7


STAND_INS = {
    one.__name__: one for one in (waveCell, waveCellBackward, cubicWave, logSumExp, constant)
}


def value_of(written):
    """A value as the race writes it: {"mat": rows}, {"standIn": name}, lists, records, numbers."""
    if isinstance(written, list):
        return [value_of(one) for one in written]
    if not isinstance(written, dict):
        return written
    if "mat" in written:
        return np.array(written["mat"], dtype=float)
    if "standIn" in written:
        return STAND_INS[written["standIn"]]
    return {key: value_of(one) for key, one in written.items()}


def is_same(got, expected, atol, rtol):
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(
            key in got and is_same(got[key], one, atol, rtol) for key, one in expected.items()
        )
    if isinstance(expected, list):
        return len(got) == len(expected) and all(
            is_same(g, e, atol, rtol) for g, e in zip(got, expected)
        )
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    close = np.abs(got - expected) <= atol + rtol * np.abs(expected)
    return got.shape == expected.shape and bool(np.all(close))


def failure_of(case, fn, atol, rtol):
    """Why a case is not passed, or None."""
    try:
        got = fn(*value_of(case["args"]))
    except NotImplementedError:
        raise
    except Exception as error:
        return None if case["refused"] else f"{case['name']}: {error!r}"
    if case["refused"]:
        return f"{case['name']}: no error"
    is_right = is_same(got, value_of(case["expected"]), atol, rtol)
    return None if is_right else f"{case['name']}: wrong"


def check(exercise, fn):
    """Runs all cases of an exercise, and raises an error that names those that are not passed."""
    one = CASES[exercise]
    failures = [failure_of(case, fn, one["atol"], one["rtol"]) for case in one["cases"]]
    found = [failure for failure in failures if failure is not None]
    assert not found, "; ".join(found)
