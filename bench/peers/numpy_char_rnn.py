"""The step of min-char-rnn in NumPy (float64, one sequence): the readable path's peer.

One step is what that script does for each piece of text: forward, loss, backpropagation through
time, clipping by value, and Adagrad. Inputs are indices turned into one-hot columns.

    python numpy_char_rnn.py [--n-x 27] [--n-a 100] [--steps 25] [--repetitions 400]

prints JSON: the milliseconds of each repetition, and the loss of the first step for a comparison.
"""

import argparse
import json
import time

import numpy as np


def parameters(n_x, n_a, rng):
    return {
        "Wax": 0.01 * rng.standard_normal((n_a, n_x)),
        "Waa": 0.01 * rng.standard_normal((n_a, n_a)),
        "Wya": 0.01 * rng.standard_normal((n_x, n_a)),
        "ba": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }


def loss_and_gradients(inputs, targets, a_0, p):
    """Forward and back over one piece of text: the loss in nats, the gradients, the last state."""
    x, a, yhat = {}, {0: a_0}, {}
    loss = 0.0
    for t in range(1, len(inputs) + 1):
        x[t] = np.zeros((p["Wax"].shape[1], 1))
        x[t][inputs[t - 1]] = 1
        a[t] = np.tanh(p["Wax"] @ x[t] + p["Waa"] @ a[t - 1] + p["ba"])
        z = p["Wya"] @ a[t] + p["by"]
        yhat[t] = np.exp(z) / np.sum(np.exp(z))
        loss -= np.log(yhat[t][targets[t - 1], 0])
    d = {name: np.zeros_like(value) for name, value in p.items()}
    carried = np.zeros_like(a_0)
    for t in range(len(inputs), 0, -1):
        dz_y = np.copy(yhat[t])
        dz_y[targets[t - 1]] -= 1
        d["Wya"] += dz_y @ a[t].T
        d["by"] += dz_y
        dz = (1 - a[t] * a[t]) * (p["Wya"].T @ dz_y + carried)
        d["ba"] += dz
        d["Wax"] += dz @ x[t].T
        d["Waa"] += dz @ a[t - 1].T
        carried = p["Waa"].T @ dz
    return loss, d, a[len(inputs)]


def adagrad(p, d, memory, learning_rate=0.1):
    for name in p:
        np.clip(d[name], -5, 5, out=d[name])
        memory[name] += d[name] * d[name]
        p[name] -= learning_rate * d[name] / np.sqrt(memory[name] + 1e-8)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--n-x", type=int, default=27)
    arguments.add_argument("--n-a", type=int, default=100)
    arguments.add_argument("--steps", type=int, default=25)
    arguments.add_argument("--repetitions", type=int, default=400)
    options = arguments.parse_args()

    rng = np.random.default_rng(1)
    p = parameters(options.n_x, options.n_a, rng)
    memory = {name: np.zeros_like(value) for name, value in p.items()}
    text = rng.integers(options.n_x, size=options.steps + 1)
    a_0 = np.zeros((options.n_a, 1))
    first_loss = None
    milliseconds = []
    for repetition in range(options.repetitions):
        start = time.perf_counter()
        loss, gradients, _ = loss_and_gradients(text[:-1], text[1:], a_0, p)
        adagrad(p, gradients, memory)
        milliseconds.append(1000 * (time.perf_counter() - start))
        if repetition == 0:
            first_loss = loss
    print(json.dumps({"numpy": np.__version__, "loss": first_loss, "milliseconds": milliseconds}))


if __name__ == "__main__":
    main()
