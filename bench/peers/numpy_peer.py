"""NumPy as a contestant: min-char-rnn's step (forward, loss, backward) for one sequence, in float64."""

import numpy as np
from numpy_char_rnn import loss_and_gradients
from peer import burst, contend, read_arrays


def prepare(request):
    parameters, x, labels = read_arrays(request["configuration"], request["file"])
    p = {
        name: value.astype(np.float64).reshape(len(value), -1) for name, value in parameters.items()
    }
    inputs, targets = x[:, 0].tolist(), labels.tolist()
    a_0 = np.zeros((len(p["Waa"]), 1))

    def step():
        return loss_and_gradients(inputs, targets, a_0, p)

    def about():
        loss, gradients, _ = step()
        norm = np.sqrt(sum(np.sum(d * d) for d in gradients.values()))
        return {"loss": float(loss), "gradientNorm": float(norm)}

    return step, about


prepared = {}


def answer(request):
    if request["file"] not in prepared:
        prepared[request["file"]] = prepare(request)
    return burst(request, *prepared[request["file"]])


contend({"numpy": np.__version__}, answer)
