import { testLesson } from "./lesson.js";

testLesson({
  name: "04-backpropagation-through-time",
  charts: 8,
  claims: [
    {
      what: "the shares of the losses are the library's",
      pattern: /to the library's lossShares: (\d\.\de[+-]\d+)/,
      atMost: 1e-12,
    },
    {
      what: "the network learns with the learner's own backward pass",
      pattern: /with (?:your|the library's) backward pass: (\d\.\d+)/,
      atLeast: 0.65,
      atMost: 0.7,
    },
    {
      what: "untrained, a third of the gradient comes from the xor bits",
      pattern: /xor bits' losses, untrained: (\d+)%/,
      atLeast: 25,
      atMost: 40,
    },
    {
      what: "trained, next to nothing of the gradient comes from the xor bits",
      pattern: /xor bits' losses, trained: (\d+)%/,
      atMost: 3,
    },
    {
      what: "the backward pass stands the gradient check in all five parameters",
      pattern: /relative error of the five: (\d\.\de[+-]\d+)/,
      atMost: 1e-8,
    },
    {
      what: "the error of a central difference grows with h²",
      pattern: /the error grows (\d+) times/,
      atLeast: 80,
      atMost: 120,
    },
    {
      what: "a missing transpose looks small behind tiny weights",
      pattern: /missing transpose, this network: (\d\.\de[+-]\d+)/,
      atLeast: 3e-4,
      atMost: 1e-3,
    },
    {
      what: "a missing transpose is a quarter off with ordinary weights",
      pattern: /missing transpose, this network: .* (0\.\d+) at scale 0\.3/,
      atLeast: 0.2,
      atMost: 0.35,
    },
    {
      what: "it still trains, and stays behind",
      pattern: /missing transpose (0\.\d+) bits per prediction/,
      atLeast: 0.8,
      atMost: 0.98,
    },
    {
      what: "ten bugs are in the museum",
      pattern: /of (\d+) bugs the slowest/,
      atLeast: 10,
    },
    {
      what: "each of them trains: its loss falls below what guessing costs",
      pattern: /bugs the slowest comes from 1\.\d+ to (\d\.\d+) bits/,
      atMost: 0.99,
    },
    {
      what: "three of them train as the right step does",
      pattern: /bits; (\d+) end within 0\.05 of the right step's/,
      atLeast: 3,
      atMost: 3,
    },
    {
      what: "the museum's chart unmasks each of them",
      pattern: /the smallest error of a bug is (\d\.\d+)/,
      atLeast: 0.03,
    },
    {
      what: "and has nothing against the right step",
      pattern: /or more, the right step (\d+e-\d+)/,
      atMost: 1e-9,
    },
    {
      what: "cut at every step, a good part of the gradient is gone",
      pattern: /k = 1: (\d+\.\d)%/,
      atLeast: 15,
    },
    {
      what: "cut nowhere, nothing is gone",
      pattern: /k = 30: (\d+\.\d)%/,
      atMost: 0,
    },
    {
      what: "the missing transpose's smallest error over 40 networks, behind tiny weights",
      pattern: /Missing transpose, 40 networks at scale 0\.001: (\S+) …/,
      atLeast: 4e-5,
      atMost: 7e-5,
    },
    {
      what: "its middle error there",
      pattern: /Missing transpose, 40 networks at scale 0\.001: \S+ … (\S+) …/,
      atLeast: 0.0003,
      atMost: 0.002,
    },
    {
      what: "its largest error there",
      pattern: /Missing transpose, 40 networks at scale 0\.001: \S+ … \S+ … (\S+),/,
      atLeast: 0.003,
      atMost: 0.005,
    },
    {
      what: "the check objects to the missing transpose in all 40",
      pattern: /Missing transpose, 40 networks at scale 0\.001: .*above 1e-7: (\d+)/,
      atLeast: 40,
      atMost: 40,
    },
    {
      what: "with ordinary weights it is a quarter off in the middle of 40",
      pattern: /Missing transpose, 40 networks at scale 0\.3: \S+ … (\S+) …/,
      atLeast: 0.2,
      atMost: 0.27,
    },
    {
      what: "the check objects to a forgotten tanh′ in all 40, too",
      pattern: /tanh′ forgotten, 40 networks at scale 0\.001: .*above 1e-7: (\d+)/,
      atLeast: 40,
      atMost: 40,
    },
    {
      what: "a forgotten tanh′ comes down below 3e-7 behind tiny weights",
      pattern: /tanh′ forgotten, 40 networks at scale 0\.001: (\S+) …/,
      atLeast: 1e-7,
      atMost: 3e-7,
    },
    {
      what: "where a right gradient's largest error is about 1e-7",
      pattern: /No bug, 40 networks at scale 0\.001: \S+ … \S+ … (\S+),/,
      atLeast: 5e-8,
      atMost: 2e-7,
    },
    {
      what: "with ordinary weights a right gradient stays far below the line",
      pattern: /No bug, 40 networks at scale 0\.3: \S+ … \S+ … (\S+),/,
      atMost: 1e-9,
    },
    {
      what: "with ordinary weights a forgotten tanh′ stays far above it",
      pattern: /tanh′ forgotten, 40 networks at scale 0\.3: (\S+) …/,
      atLeast: 0.01,
    },
    {
      what: "untrained, most of a state's gradient comes from ahead",
      pattern: /on average: (\d+)% untrained/,
      atLeast: 58,
      atMost: 68,
    },
    {
      what: "trained, about half does",
      pattern: /untrained, (\d+)% trained/,
      atLeast: 45,
      atMost: 60,
    },
    {
      what: "trained, ten of fifteen states get over half from their own loss",
      pattern: /trained: (\d+) of 15 states/,
      atLeast: 10,
      atMost: 10,
    },
    {
      what: "the five others get next to nothing from it",
      pattern: /at t = 2, 5, 8, … it is at most (\d+\.\d)%/,
      atMost: 4,
    },
    {
      what: "the first chart's title is what its bars show",
      pattern: /itself has (3\d)% of the summed length/,
      atLeast: 36,
      atMost: 38,
    },
    {
      what: "one cut at 29 of 30 steps still costs something",
      pattern: /k = 29: (\d+\.\d)%/,
      atLeast: 2,
      atMost: 15,
    },
  ],
});
