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
        loss, _, _ = loss_and_gradients(inputs, targets, a_0, p)
        return loss

    def gradient_norm():
        _, gradients, _ = loss_and_gradients(inputs, targets, a_0, p)
        return float(np.sqrt(sum(np.sum(d * d) for d in gradients.values())))

    return step, gradient_norm


prepared = {}


def answer(request):
    if request["file"] not in prepared:
        prepared[request["file"]] = prepare(request)
    return burst(request, *prepared[request["file"]])


contend({"numpy": np.__version__}, answer)
