"""Losses, gradients and Adam's steps in PyTorch, float64, for bench/agreement.ts: one problem a line in, one answer out.

A problem holds matrices as nested lists, (n, m) a step as in the library; an answer holds the loss, and gradients or
parameters, under the library's names and in its shapes.
"""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def rnn_step(p, x, a, c):
    return torch.tanh(p["Wax"] @ x + p["Waa"] @ a + p["ba"]), c


def gru_step(variant):
    """Where the reset gate stands: before the product (the course), or behind it (PyTorch, and tfjs's resetAfter)."""

    def step(p, x, a, c):
        stack = torch.cat([a, x])
        u = torch.sigmoid(p["Wu"] @ stack + p["bu"])
        r = torch.sigmoid(p["Wr"] @ stack + p["br"])
        n_a = len(a)
        if variant == "course":
            candidate = torch.tanh(p["Wc"] @ torch.cat([r * a, x]) + p["bc"])
        else:
            candidate = torch.tanh(p["Wc"][:, n_a:] @ x + p["bc"] + r * (p["Wc"][:, :n_a] @ a))
        return u * candidate + (1 - u) * a, c

    return step


def lstm_step(p, x, a, c):
    stack = torch.cat([a, x])
    f, u, o = (torch.sigmoid(p[f"W{g}"] @ stack + p[f"b{g}"]) for g in "fuo")
    c = u * torch.tanh(p["Wc"] @ stack + p["bc"]) + f * c
    return o * torch.tanh(c), c


STEPS = {"rnn": rnn_step, "gru": gru_step("course"), "lstm": lstm_step}


def run(step, p, xs, mask, n_a):
    """The states; where the mask is 0 they stay."""
    a = c = torch.zeros(n_a, xs.shape[2])
    states = []
    for x, valid in zip(xs, mask):
        a_next, c_next = step(p, x, a, c)
        a, c = torch.where(valid > 0, a_next, a), torch.where(valid > 0, c_next, c)
        states.append(a)
    return torch.stack(states)


def states_of(problem, p, xs, mask):
    n_a, kind = problem["n_a"], problem["kind"]
    step = STEPS[problem["cell"]]
    if kind == "deep":
        for layer in range(2):
            xs = run(step, under(p, f"layers.{layer}."), xs, mask, n_a)
        return xs
    if kind == "bidirectional":
        forward = run(step, under(p, "forward."), xs, mask, n_a)
        backward = run(step, under(p, "backward."), xs.flip(0), mask.flip(0), n_a).flip(0)
        return torch.cat([forward, backward], 1)
    return run(step, p, xs, mask, n_a)


def packed(problem, p, xs, mask):
    """The same by nn.RNN, nn.GRU and nn.LSTM, with packed sequences where lengths differ."""
    kind, cell, n_a = problem["kind"], problem["cell"], problem["n_a"]
    names = {"rnn": [""], "gru": ["r", "u", "c"], "lstm": ["u", "f", "c", "o"]}[cell]
    module = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell](
        xs.shape[1], n_a, num_layers=2 if kind == "deep" else 1, bidirectional=kind == "bidirectional"
    )
    places = {"deep": ["layers.0.", "layers.1."], "bidirectional": ["forward.", "backward."]}.get(kind, [""])
    given = {}
    for place, suffix in zip(places, ["_l0", "_l1"] if kind == "deep" else ["_l0", "_l0_reverse"]):
        q = under(p, place)
        if cell == "rnn":
            ih, hh, b = q["Wax"], q["Waa"], q["ba"]
        else:
            sign = {"u": -1.0 if cell == "gru" else 1.0}  # nn.GRU's update gate keeps where the course's writes
            W = torch.cat([sign.get(g, 1.0) * q[f"W{g}"] for g in names])
            ih, hh = W[:, n_a:], W[:, :n_a]
            b = torch.cat([sign.get(g, 1.0) * q[f"b{g}"] for g in names])
        given |= {f"weight_ih{suffix}": ih, f"weight_hh{suffix}": hh, f"bias_ih{suffix}": b.flatten()}
        given[f"bias_hh{suffix}"] = torch.zeros_like(b.flatten())
    lengths = mask.sum(0).flatten().to(torch.int64)
    sequence = torch.nn.utils.rnn.pack_padded_sequence(xs.transpose(1, 2), lengths, enforce_sorted=False)
    outputs, _ = torch.func.functional_call(module, given, (sequence,))
    outputs, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, total_length=len(xs))
    return outputs.transpose(1, 2)


def under(p, place):
    return {name[len(place) :]: value for name, value in p.items() if name.startswith(place)}


def loss_of(problem, p, way):
    xs, labels = torch.tensor(problem["x"]), torch.tensor(problem["labels"])  # −1: no label
    mask = torch.tensor(problem["mask"])
    if way == "resetAfter":
        a = run(gru_step("after"), p, xs, mask, problem["n_a"])
    else:
        a = (packed if way == "nn" else states_of)(problem, p, xs, mask)
    z = p["Wya"] @ a + p["by"]
    return F.cross_entropy(z.transpose(1, 2).reshape(-1, z.shape[1]), labels.flatten(), reduction="sum", ignore_index=-1) / xs.shape[2]


def answer(problem):
    p = {name: torch.tensor(value, requires_grad=True) for name, value in problem["parameters"].items()}
    way = problem["way"]
    if problem["steps"] == 0:
        loss = loss_of(problem, p, way)
        loss.backward()
        if problem["maxNorm"] is not None:
            torch.nn.utils.clip_grad_norm_(p.values(), problem["maxNorm"])
        return {"loss": float(loss), "matrices": {f"d:{name}": w.grad.tolist() for name, w in p.items()}}
    optimiser = torch.optim.Adam(p.values(), lr=0.01)
    for _ in range(problem["steps"]):
        optimiser.zero_grad()
        loss = loss_of(problem, p, way)
        loss.backward()
        if problem["maxNorm"] is not None:
            torch.nn.utils.clip_grad_norm_(p.values(), problem["maxNorm"])
        optimiser.step()
    return {"loss": float(loss), "matrices": {f"p:{name}": w.tolist() for name, w in p.items()}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
