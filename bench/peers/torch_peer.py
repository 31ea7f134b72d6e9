"""PyTorch as a contestant: `python torch_peer.py THREADS` (peer.py says how it is spoken to).

The loss is the library's: cross entropy summed over the steps, the mean over the m examples.
"""

import sys

import numpy as np
import torch
import torch.nn.functional as F
from peer import burst, contend, read_arrays

# The gates in the order of rows in which nn.GRU and nn.LSTM stack them.
STACKED = {"gru": ["r", "u", "c"], "lstm": ["u", "f", "c", "o"]}
MODULES = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}


def read_problem(c, file):
    """The parameters by name, x (T_x, m, n_x) or indices (T_x, m), and the labels (T_x * m)."""
    parameters, x, labels = read_arrays(c, file)
    parameters = {name: torch.tensor(value) for name, value in parameters.items()}
    return parameters, torch.tensor(x), torch.tensor(labels)


class Modules(torch.nn.Module):
    """nn.RNN, nn.GRU or nn.LSTM with a Linear head: what a PyTorch user writes first."""

    def __init__(self, c, p):
        super().__init__()
        self.n_x, self.n_y, self.m = c["n_x"], c["n_y"], c["m"]
        self.cell = MODULES[c["cell"]](c["n_x"], c["n_a"])
        self.head = torch.nn.Linear(c["n_a"], c["n_y"])
        self.one_hot = c["indices"]
        n_a = c["n_a"]
        with torch.no_grad():
            if c["cell"] == "rnn":
                ih, hh, b = p["Wax"], p["Waa"], p["ba"]
            else:
                gates = STACKED[c["cell"]]
                W = torch.cat([p[f"W{gate}"] for gate in gates])
                ih, hh = W[:, n_a:], W[:, :n_a]
                b = torch.cat([p[f"b{gate}"] for gate in gates])
                if c["cell"] == "gru":  # nn.GRU's update gate keeps where the course's writes
                    ih, hh, b = (negated_update(w, n_a) for w in (ih, hh, b))
            self.cell.weight_ih_l0.copy_(ih)
            self.cell.weight_hh_l0.copy_(hh)
            self.cell.bias_ih_l0.copy_(b)
            self.cell.bias_hh_l0.zero_()
            self.head.weight.copy_(p["Wya"])
            self.head.bias.copy_(p["by"])

    def forward(self, x, labels):
        if self.one_hot:
            x = F.one_hot(x, self.n_x).to(torch.float32)
        a, _ = self.cell(x)
        z = self.head(a).view(-1, self.n_y)
        return F.cross_entropy(z, labels, reduction="sum") / self.m


def negated_update(w, n_a):
    w = w.clone()
    w[n_a : 2 * n_a] *= -1
    return w


class Loop(torch.nn.Module):
    """The cell written out in tensor operations, one step after the other; indices are gathered."""

    def __init__(self, c, p):
        super().__init__()
        self.kind, self.n_a, self.n_y, self.m = c["cell"], c["n_a"], c["n_y"], c["m"]
        self.gather = c["indices"]
        n_a = c["n_a"]
        if c["cell"] == "rnn":
            weights = {"Wx": p["Wax"].T, "Wa": p["Waa"].T, "b": p["ba"]}
        else:
            gates = ["u", "r", "c"] if c["cell"] == "gru" else ["f", "u", "o", "c"]
            W = torch.cat([p[f"W{gate}"] for gate in gates])
            b = torch.cat([p[f"b{gate}"] for gate in gates])
            weights = {"Wx": W[:, n_a:].T, "Wa": W[:, :n_a].T, "b": b}
        weights.update(Wy=p["Wya"].T, by=p["by"])
        for name, w in weights.items():
            setattr(self, name, torch.nn.Parameter(w.contiguous()))

    def forward(self, x, labels):
        n_a = self.n_a
        if self.gather:
            xs = F.embedding(x, self.Wx) + self.b
        else:
            xs = torch.addmm(self.b, x.reshape(-1, x.shape[2]), self.Wx).view(x.shape[0], self.m, -1)
        a = torch.zeros(self.m, n_a)
        c = torch.zeros(self.m, n_a)
        if self.kind == "gru":
            Wa_gates, Wa_c = self.Wa.split([2 * n_a, n_a], dim=1)
        states = []
        for x_t in xs.unbind(0):
            if self.kind == "rnn":
                a = torch.tanh(torch.addmm(x_t, a, self.Wa))
            elif self.kind == "gru":
                gates = torch.sigmoid(torch.addmm(x_t[:, : 2 * n_a], a, Wa_gates))
                u, r = gates.chunk(2, dim=1)
                tilde = torch.tanh(torch.addmm(x_t[:, 2 * n_a :], r * a, Wa_c))
                a = a + u * (tilde - a)
            else:
                z = torch.addmm(x_t, a, self.Wa)
                f, u, o = torch.sigmoid(z[:, : 3 * n_a]).chunk(3, dim=1)
                c = u * torch.tanh(z[:, 3 * n_a :]) + f * c
                a = o * torch.tanh(c)
            states.append(a)
        z = torch.addmm(self.by, torch.cat(states), self.Wy)
        return F.cross_entropy(z, labels, reduction="sum") / self.m


class Vectors(Loop):
    """The basic RNN with m = 1: matrix times vector, without the dimension of the batch."""

    def forward(self, x, labels):
        xs = F.embedding(x[:, 0], self.Wx) + self.b
        a = torch.zeros(self.n_a)
        Waa = self.Wa.T
        states = []
        for x_t in xs.unbind(0):
            a = torch.tanh(torch.addmv(x_t, Waa, a))
            states.append(a)
        z = torch.addmm(self.by, torch.stack(states), self.Wy)
        return F.cross_entropy(z, labels, reduction="sum")


def build(c, variant, p):
    if variant.startswith("nn."):
        return Modules(c, p)
    model = Vectors(c, p) if variant.endswith("vectors") else Loop(c, p)
    if variant.startswith("compiled"):
        return torch.compile(model, fullgraph=True, options={"cpp_wrapper": True})
    return model


def gradient_norm(model):
    """Without the second bias of nn.RNN and so on, which the library does not have."""
    squares = [w.grad.square().sum() for name, w in model.named_parameters() if "bias_hh" not in name]
    return float(torch.stack(squares).sum().sqrt())


def square_product(n):
    a, b, c = (torch.full((n, n), 0.5) for _ in range(3))

    def step():
        torch.mm(a, b, out=c)
        return 0

    return {"step": step, "gradient_norm": lambda: 0, "operations": 2 * n**3}


def whole_step(request):
    c = request["configuration"]
    parameters, x, labels = read_problem(c, request["file"])
    model = build(c, request["variant"], parameters)
    weights = list(model.parameters())

    def step():
        for w in weights:
            w.grad = None
        loss = model(x, labels)
        loss.backward()
        return loss.detach()

    return {"step": step, "gradient_norm": lambda: gradient_norm(model)}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    prepared = {}

    def answer(request):
        key = request["file"], request["variant"]
        if key not in prepared:
            square = request["variant"] == "square product"
            prepared[key] = square_product(512) if square else whole_step(request)
        return burst(request, **prepared[key])

    contend({"torch": torch.__version__, "numpy": np.__version__}, answer)


if __name__ == "__main__":
    main()
