"""The race's ten exercises in NumPy, as a student writes them.

Matrices are arrays (n, m), a sequence is a list of them, a batch and its answers are lists and
dictionaries. Each function stands by itself: the race takes its text.
"""

import numpy as np


def oneHot(indices, n_x):
    result = np.zeros((n_x, len(indices)))
    for i, index in enumerate(indices):
        if index != int(index) or not 0 <= index < n_x:
            raise ValueError(f"oneHot: {index} is none of the {n_x} words")
        result[int(index), i] = 1
    return result


def padBatch(batch, n_x):
    T_x = [len(words) for words in batch]
    m = len(batch)
    x, mask = [], []
    for t in range(max(T_x)):
        x_t, mask_t = np.zeros((n_x, m)), np.zeros((1, m))
        for i in range(m):
            if t < T_x[i]:
                x_t[batch[i][t], i] = 1
                mask_t[0, i] = 1
        x.append(x_t)
        mask.append(mask_t)
    return {"x": x, "mask": mask, "T_x": T_x}


def rnnCellForward(x_t, a_prev, parameters):
    p = parameters
    a_next = np.tanh(p["Wax"] @ x_t + p["Waa"] @ a_prev + p["ba"])
    z = p["Wya"] @ a_next + p["by"]
    e = np.exp(z - z.max(axis=0, keepdims=True))
    yhat_t = e / e.sum(axis=0, keepdims=True)
    cache = {"x_t": x_t, "a_prev": a_prev, "a_next": a_next, "parameters": parameters}
    return {"a_next": a_next, "yhat_t": yhat_t, "cache": cache}


def stackWeights(Waa, Wax):
    return np.concatenate([Waa, Wax], axis=1)


def softmaxCrossEntropy(z, y, mask=None):
    m = z[0].shape[1]
    perStep, dz = np.zeros((1, len(z))), []
    for t, (z_t, y_t) in enumerate(zip(z, y)):
        mask_t = np.ones((1, m)) if mask is None else mask[t]
        z_t = z_t - z_t.max(axis=0, keepdims=True)
        log_yhat = z_t - np.log(np.exp(z_t).sum(axis=0, keepdims=True))
        perStep[0, t] = -(mask_t * y_t * log_yhat).sum() / m
        dz.append(mask_t * (np.exp(log_yhat) - y_t) / m)
    return {"total": perStep.sum(), "perStep": perStep, "dz": dz}


def rnnForward(x, a_0, parameters, cell):
    a, yhat, caches = [], [], []
    a_prev = a_0
    for x_t in x:
        step = cell(x_t, a_prev, parameters)
        a.append(step["a_next"])
        yhat.append(step["yhat_t"])
        caches.append(step["cache"])
        a_prev = step["a_next"]
    return {"a": a, "yhat": yhat, "caches": caches}


def rnnCellBackward(da_next, cache):
    p = cache["parameters"]
    dz = da_next * (1 - cache["a_next"] ** 2)
    return {
        "dx_t": p["Wax"].T @ dz,
        "da_prev": p["Waa"].T @ dz,
        "dWax": dz @ cache["x_t"].T,
        "dWaa": dz @ cache["a_prev"].T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def rnnBackward(da, caches, cellBackward):
    dx = [None] * len(da)
    sums = {"dWax": 0, "dWaa": 0, "dba": 0}
    da_next = np.zeros_like(da[0])
    for t in reversed(range(len(da))):
        step = cellBackward(da[t] + da_next, caches[t])
        dx[t] = step["dx_t"]
        for name in sums:
            sums[name] = sums[name] + step[name]
        da_next = step["da_prev"]
    return {"dx": dx, "da_0": da_next, **sums}


def numericalGradient(f, theta, h):
    gradient = np.zeros_like(theta)
    for place in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient


def manyToOne(x, a_0, parameters, cell, mask=None):
    a_prev, yhat = a_0, []
    for x_t in x:
        step = cell(x_t, a_prev, parameters)
        a_prev = step["a_next"]
        yhat.append(step["yhat_t"])
    m = x[0].shape[1]
    answer = np.zeros_like(yhat[0])
    for i in range(m):
        last = len(x) if mask is None else int(sum(mask_t[0, i] for mask_t in mask))
        answer[:, i] = yhat[last - 1][:, i]
    return {"yhat": answer}
