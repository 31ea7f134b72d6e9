import { testLesson } from "./lesson.js";

testLesson({
  name: "07-vanishing-and-exploding-gradients",
  charts: 5,
  claims: [
    {
      what: "0.9 to the power 100 is nearly nothing",
      pattern: /w = 0\.9: after 10, 50 and 100 steps \S+ +\S+ +(\S+)/,
      atMost: 3e-5,
    },
    {
      what: "1.1 to the power 100 is thousands",
      pattern: /w = 1\.1: after 10, 50 and 100 steps \S+ +\S+ +(\S+)/,
      atLeast: 13000,
    },
    {
      what: "the product is what central differences say",
      pattern: /largest difference from central differences: (\S+)/,
      atMost: 1e-8,
    },
    {
      what: "at ρ = 0.5 the linear product vanishes like 0.5 to the power 50, which is 10^-15.1",
      pattern: /ρ = 0\.5: log10 after 50 steps (\S+) linear/,
      atLeast: -16.5,
      atMost: -14.5,
    },
    {
      what: "at ρ = 1.5 it explodes like 1.5 to the power 50, which is 10^8.8",
      pattern: /ρ = 1\.5: log10 after 50 steps (\S+) linear/,
      atLeast: 7.8,
      atMost: 9.2,
    },
    {
      what: "tanh hides that explosion",
      pattern: /ρ = 1\.5: log10 after 50 steps \S+ linear, (\S+) tanh/,
      atLeast: -0.5,
      atMost: 1.5,
    },
    {
      what: "at ρ = 0.9 tanh makes the vanishing a little worse",
      pattern: /ρ = 0\.9: log10 after 50 steps \S+ linear, (\S+) tanh/,
      atLeast: -3.8,
      atMost: -3,
    },
    {
      what: "than without it",
      pattern: /ρ = 0\.9: log10 after 50 steps (\S+) linear/,
      atLeast: -2.9,
      atMost: -2.4,
    },
    {
      what: "at ρ = 1.1 the linear product grows",
      pattern: /ρ = 1\.1: log10 after 50 steps (\S+) linear/,
      atLeast: 1.2,
    },
    {
      what: "and with tanh it falls",
      pattern: /ρ = 1\.1: log10 after 50 steps \S+ linear, (\S+) tanh/,
      atMost: -0.2,
    },
    {
      what: "the slopes at ρ = 1.5 are smaller",
      pattern: /ρ = 1\.5, tanh: mean slope (\S+),/,
      atMost: 0.75,
    },
    {
      what: "than those at ρ = 0.5",
      pattern: /ρ = 0\.5, tanh: mean slope (\S+),/,
      atLeast: 0.95,
    },
    {
      what: "at ρ = 1.5 some networks lose the gradient to below a tenth",
      pattern: /ρ = 1\.5, tanh: .* from 10\^(\S+) to/,
      atMost: -1.2,
    },
    {
      what: "and in some it grows more than a hundredfold",
      pattern: /ρ = 1\.5, tanh: .* to 10\^(\S+)/,
      atLeast: 2.2,
    },
    {
      what: "at ρ = 0.9 all 20 networks are below a thousandth",
      pattern: /ρ = 0\.9, tanh: .* to 10\^(\S+)/,
      atMost: -3.05,
    },
    {
      what: "the two descents are the same for 21 steps",
      pattern: /at the same place for (\d+) steps/,
      atLeast: 21,
      atMost: 21,
    },
    {
      what: "the gradient at the wall has a norm of some 1,500",
      pattern: /not clipped: a gradient of norm (\d+)/,
      atLeast: 1400,
      atMost: 1600,
    },
    {
      what: "the median over the map is some 20,000 times smaller",
      pattern: /median norm over the map: (\S+)/,
      atLeast: 0.065,
      atMost: 0.08,
    },
    {
      what: "the free descent stays at a high loss",
      pattern: /not clipped: a gradient .*loss of (\S+) at the end/,
      atLeast: 0.45,
    },
    {
      what: "the clipped one comes below 0.001",
      pattern: /^clipped: a gradient .*loss of (\S+) at the end/m,
      atMost: 0.0008,
    },
    {
      what: "clipping by value turns the direction: a cosine of at most",
      pattern: /by value: \S+ to (\S+)/,
      atMost: 0.95,
    },
    {
      what: "clipping by norm keeps it",
      pattern: /by norm: (\S+) to/,
      atLeast: 1,
    },
    {
      what: "the temporal order problem, seed 20: without clipping it costs about what guessing costs",
      pattern: /temporal order, seed 20: (\S+) nats not clipped/,
      atLeast: 1.3,
      atMost: 1.5,
    },
    {
      what: "with clipping next to nothing",
      pattern: /temporal order, seed 20: .* not clipped, (\S+) clipped/,
      atMost: 0.3,
    },
    {
      what: "not one of 20 networks solves it without clipping",
      pattern: /not clipped: (\d+) of 20 solved/,
      atMost: 0,
    },
    {
      what: "whose interval ends",
      pattern: /not clipped: 0 of 20 solved, interval 0\.00 to (\S+)/,
      atMost: 0.17,
    },
    {
      what: "before that of the clipped ones begins",
      pattern: /clipped at 1: 14 of 20 solved, interval (\S+) to/,
      atLeast: 0.47,
    },
  ],
});
