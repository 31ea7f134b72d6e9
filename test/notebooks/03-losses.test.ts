import { testLesson } from "./lesson.js";

testLesson({
  name: "03-losses",
  charts: 4,
  claims: [
    {
      what: "one wavering word costs more than all the others together",
      pattern: /sydney's share of the loss: (\d+)%/,
      atLeast: 51,
      atMost: 70,
    },
    {
      what: "the derivatives that mathjs finds are ŷ − y",
      pattern: /at 200 random points: (\d\.\de[+-]\d+)/,
      atMost: 1e-12,
    },
    {
      what: "for two classes the wrong loss is never less than twice the right one",
      pattern: /K = 2: BCE \/ CE from (\d\.\d+)/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "for two classes the wrong loss is never more than twice the right one",
      pattern: /K = 2: BCE \/ CE from \d\.\d+ to (\d\.\d+)/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "for three classes the factor goes down to nearly 1",
      pattern: /K = 3: BCE \/ CE from (\d\.\d+)/,
      atLeast: 1,
      atMost: 1.3,
    },
    {
      what: "for three classes the factor comes up to 2 and no further",
      pattern: /K = 3: BCE \/ CE from \d\.\d+ to (\d\.\d+)/,
      atLeast: 1.95,
      atMost: 2,
    },
    {
      what: "an even spread over the wrong classes costs less than an uneven one: even",
      pattern: /^even: .* CE 0\.916, BCE (\d\.\d+)/m,
      atLeast: 1.62,
      atMost: 1.64,
    },
    {
      what: "an even spread over the wrong classes costs less than an uneven one: uneven",
      pattern: /^uneven: .* CE 0\.916, BCE (\d\.\d+)/m,
      atLeast: 1.82,
      atMost: 1.84,
    },
    {
      what: "knowing nothing about 27 symbols costs 3.296 nats, and more under the wrong loss",
      pattern: /K = 27: log K = 3\.296, the wrong loss says (\d\.\d+)/,
      atLeast: 4.2,
      atMost: 4.35,
    },
  ],
});
