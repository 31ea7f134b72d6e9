import { testLesson } from "./lesson.js";

testLesson({
  name: "05-types-of-rnns",
  charts: 7,
  claims: [
    {
      what: "a bag of words guesses at the reviews' meaning",
      pattern: /bag of words: (\S+) are right/,
      atLeast: 0.44,
      atMost: 0.56,
    },
    {
      what: "beam search says no other sentence at three digits",
      pattern: /84 of 3 digits +16 +\S+ +\S+ +(\d+)/,
      atMost: 0,
    },
    {
      what: "some others at four digits",
      pattern: /84 of 4 digits +16 +\S+ +\S+ +(\d+)/,
      atLeast: 1,
    },
    {
      what: "likelier ones",
      pattern: /four digits: B = 16 gains (\S+) nats/,
      atLeast: 0.001,
    },
    {
      what: "all of them are wrong as before",
      pattern: /84 of 4 digits +16 +(\S+)/,
      atMost: 0,
    },
    {
      what: "a frame from the middle of the action is enough",
      pattern: /middle of the action: (\d\.\d+)/,
      atLeast: 0.95,
    },
    {
      what: "the last frame says nothing",
      pattern: /the last frame: (\d\.\d+)/,
      atMost: 0.4,
    },
    {
      what: "after the action the figure stands still, but for the camera's noise",
      pattern: /in the action and (\d\.\d+) after it/,
      atMost: 0.02,
    },
    {
      what: "one-to-one takes one frame and no two",
      pattern: /W is \(4, 22\) but x is \((\d+), 1\)/,
      atLeast: 44,
      atMost: 44,
    },
    {
      what: "with the note before, a note costs little more than 2 nats",
      pattern: /fed back: (\d\.\d+), nothing/,
      atMost: 2.4,
    },
    {
      what: "without it, a note costs about 3",
      pattern: /nothing fed back: (\d\.\d+),/,
      atLeast: 2.9,
    },
    {
      what: "melodies of decisions end by themselves",
      pattern: /within 40 notes: (\d\.\d+) with decisions/,
      atLeast: 0.5,
    },
    {
      what: "melodies of blurs hardly ever do",
      pattern: /with decisions, (\d\.\d+) with the blur/,
      atMost: 0.35,
    },
    {
      what: "reviews are judged right from the last state",
      pattern: /sentiment: (\d\.\d+)/,
      atLeast: 0.97,
    },
    {
      what: "the last state has lost the action",
      pattern: /seeds: (\d\.\d+) from the last state/,
      atMost: 0.5,
    },
    {
      what: "the mean of the states knows it",
      pattern: /last state, (\d\.\d+) from the mean of the states/,
      atLeast: 0.9,
    },
    {
      what: "hardly any gradient reaches the action from the last state",
      pattern: /as a share of that at frame \d+: (\d\.\de[+-]\d+)/,
      atMost: 0.01,
    },
    { what: "name tags are mostly right", pattern: /name tags: (\d\.\d+)/, atLeast: 0.95 },
    {
      what: "the tags' errors stand at the beginning",
      pattern: /(\d\.\d+) at t = 1 … 4/,
      atMost: 0.99,
    },
    { what: "and not later", pattern: /at t = 1 … 4, (\d\.\d+) later/, atLeast: 0.995 },
    {
      what: "what comes later changes nothing at t = 3",
      pattern: /between the two ŷ⟨3⟩: (\S+)/,
      atMost: 0,
    },
    {
      what: "unseen numbers of three digits are put into German",
      pattern: /unseen numbers of three digits: (\d\.\d+)/,
      atLeast: 0.9,
    },
    {
      what: "numbers of two digits are not",
      pattern: /two digits (\d\.\d+)/,
      atMost: 0.05,
    },
    { what: "nor are those of four", pattern: /four digits (\d\.\d+)/, atMost: 0.05 },
    {
      what: "no vocabulary holds a note that training lacks",
      pattern: /notes that no training melody has: (\d+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "no vocabulary holds a review's word that training lacks",
      pattern: /words that no training review has: (\d+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "no vocabulary holds a sentence's word that training lacks",
      pattern: /words that no training sentence has: (\d+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "two German parts never occur in training, tausend among them",
      pattern: /German parts that training lacks: (\d+), null and tausend/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "the melodies fed a blur repeat themselves more",
      pattern: /fed decisions, (\d+\.\d) fed the blur/,
      atMost: 8.5,
    },
    {
      what: "than those fed decisions",
      pattern: /last 20 of 41: (\d+\.\d) fed decisions/,
      atLeast: 10.5,
    },
    {
      what: "few of the blurred melodies come to an end",
      pattern: /with decisions, (0\.\d+) with the blur/,
      atMost: 0.3,
    },
    {
      what: "the music chart's title tells the training loss that its curve ends at",
      pattern: /the loss ends at (\d\.\d+) nats per note/,
      atLeast: 1.7,
      atMost: 2.05,
    },
  ],
});
