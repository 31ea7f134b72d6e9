"""PyTorch trains the language model of bench/names.ts: `python torch_names.py THREADS TASK VARIANT`.

A line of JSON behind each epoch: the seconds of training so far and the test loss in nats a character.
VARIANT: how names of different lengths go through nn.LSTM: padded and "trimmed" to the longest of the
batch, or "packed". (Padded to the longest of all is slower than both.)
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from peer import integers, read_parameters, say
from torch.nn.utils.rnn import pack_padded_sequence
from torch_peer import Modules


def main():
    torch.set_num_threads(int(sys.argv[1]))
    task, variant = json.loads(sys.argv[2]), sys.argv[3]
    n_x, n_y, m, T_x = (task[k] for k in ("n_x", "n_y", "m", "T_x"))
    raw = np.fromfile(task["file"], dtype=np.float32)
    parameters, rest = read_parameters({"cell": "lstm", **task}, raw)
    parameters = {name: torch.tensor(value) for name, value in parameters.items()}
    rest = torch.tensor(integers(rest))
    names = task["trainingNames"] + task["testNames"]
    inputs, labels = rest[: names * 2 * T_x].view(names, 2, T_x).unbind(1)
    lengths = (labels >= 0).sum(1)
    orders = rest[names * 2 * T_x :].view(task["epochs"], task["batches"], m)

    model = Modules({"cell": "lstm", "indices": False, **task}, parameters)
    model.cell.bias_hh_l0.requires_grad = False  # the library's LSTM has one bias a gate
    learned = [w for w in model.parameters() if w.requires_grad]
    optimiser = torch.optim.Adam(learned, lr=task["learningRate"], fused=True)

    def loss_of(batch):
        """The sum of the losses of a batch's characters."""
        n = lengths[batch]
        x, y = inputs[batch], labels[batch]
        longest = int(n.max())
        x, y = x[:, :longest], y[:, :longest]
        x = F.one_hot(x.T + 1, n_x + 1)[:, :, 1:].to(torch.float32)  # index -1: zeros
        if variant == "packed":
            x = pack_padded_sequence(x, n, enforce_sorted=False)
            y = pack_padded_sequence(y.T, n, enforce_sorted=False).data
            a = model.cell(x)[0].data
        else:
            a, y = model.cell(x)[0].flatten(0, 1), y.T.flatten()
        return F.cross_entropy(model.head(a), y, ignore_index=-1, reduction="sum")

    test = torch.arange(task["trainingNames"], names)

    def test_loss():
        with torch.no_grad():
            total = sum(loss_of(batch).item() for batch in test.split(m))
        return total / int(lengths[test].sum())

    seconds = 0
    for order in orders:
        start = time.perf_counter()
        for batch in order:
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(batch) / m
            loss.backward()
            optimiser.step()
        seconds += time.perf_counter() - start
        reached = test_loss()
        say({"seconds": seconds, "testLoss": reached})
        if reached <= task["target"]:
            break


if __name__ == "__main__":
    main()
