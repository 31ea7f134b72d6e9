"""What the contestants in Python share: the protocol (bench/protocol.ts) and the problem's file (bench/workload.ts)."""

import json
import sys
import time

import numpy as np

ORDER = {
    "rnn": ["Wax", "Waa", "ba", "Wya", "by"],
    "gru": ["Wu", "Wr", "Wc", "bu", "br", "bc", "Wya", "by"],
    "lstm": ["Wf", "Wu", "Wc", "Wo", "bf", "bu", "bc", "bo", "Wya", "by"],
}


def read_arrays(c, file):
    """The parameters by name, x (T_x, m, n_x) or indices (T_x, m), and the labels (T_x * m)."""
    m, T_x, n_x = c["m"], c["T_x"], c["n_x"]
    parameters, rest = read_parameters(c, np.fromfile(file, dtype=np.float32))
    x, labels = rest[: -T_x * m], integers(rest[-T_x * m :])
    return parameters, integers(x).reshape(T_x, m) if c["indices"] else x.reshape(T_x, m, n_x), labels


def read_parameters(c, raw):
    """The parameters at the beginning of a file by name, and what stands behind them."""
    n_x, n_a, n_y = c["n_x"], c["n_a"], c["n_y"]
    shapes = {"Wya": (n_y, n_a), "by": (n_y,), "Wax": (n_a, n_x), "Waa": (n_a, n_a)}
    parameters = {}
    for name in ORDER[c["cell"]]:
        shape = shapes.get(name) or ((n_a,) if name.startswith("b") else (n_a, n_a + n_x))
        size = int(np.prod(shape))
        parameters[name], raw = raw[:size].reshape(shape), raw[size:]
    return parameters, raw


def integers(values):
    return values.view(np.int32).astype(np.int64)


def burst(request, step, gradient_norm, **about):
    """Repeats a step, which returns the loss, as the request says."""
    loss = None

    def timed():
        nonlocal loss
        start = time.perf_counter_ns()
        loss = step()
        return (time.perf_counter_ns() - start) / 1e6

    spent = 0
    while spent < request["warmUp"]:
        spent += timed()
    milliseconds = [timed()]
    while sum(milliseconds) < request["mostMilliseconds"] and (
        len(milliseconds) < request["repetitions"] or sum(milliseconds) < request["milliseconds"]
    ):
        milliseconds.append(timed())
    checked = {"gradientNorm": gradient_norm()} if request["check"] else {}
    return {"milliseconds": milliseconds, "loss": float(loss), **checked, **about}


def contend(versions, answer):
    """Answers a request a line until the driver closes the line."""
    say({"versions": versions})
    for line in sys.stdin:
        try:
            say(answer(json.loads(line)))
        except Exception as error:  # the driver decides what it means
            say({"error": f"{type(error).__name__}: {error}"[:400]})


def say(message):
    print(json.dumps(message), flush=True)
