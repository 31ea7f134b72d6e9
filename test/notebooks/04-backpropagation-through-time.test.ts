import { testLesson } from "./lesson.js";

testLesson({
  name: "04-backpropagation-through-time",
  charts: 7,
  claims: [
    {
      what: "the shares of the losses are the library's",
      pattern: /to the library's lossShares: (\d\.\de[+-]\d+)/,
      atMost: 1e-12,
    },
    {
      what: "the network learns with the learner's own backward pass",
      pattern: /with your backward pass: (\d\.\d+)/,
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
      what: "a missing transpose hides behind tiny weights",
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
      what: "it hides in most networks of that size, not in this one only",
      pattern: /middle of 40 networks: (\d\.\de[+-]\d+)/,
      atLeast: 3e-4,
      atMost: 2e-3,
    },
    {
      what: "a forgotten tanh′ passes the check behind tiny weights",
      pattern: /tanh′ forgotten: (\d\.\de[+-]\d+) at scale 0\.001/,
      atMost: 1e-6,
    },
    {
      what: "it still trains, and stays behind",
      pattern: /missing transpose (0\.\d+) bits per prediction/,
      atLeast: 0.8,
      atMost: 0.98,
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
  ],
});
