import { testLesson } from "./lesson.js";

testLesson({
  name: "10-bidirectional-rnns",
  charts: 7,
  claims: [
    { what: "every output depends on every input", pattern: /ŷ⟨t⟩: (\d+) of 36/, atLeast: 36 },
    {
      what: "a forward state depends on what came before it alone",
      pattern: /a→⟨t⟩: (\d+) of 36/,
      atLeast: 21,
      atMost: 21,
    },
    {
      what: "a backward state depends on what comes behind it alone",
      pattern: /a←⟨t⟩: (\d+) of 36/,
      atLeast: 21,
      atMost: 21,
    },
    {
      what: "an input moves the output at its own step more than 0.1",
      pattern: /ŷ⟨t⟩ moves by (\d\.\d+) where s = t/,
      atLeast: 0.1,
    },
    {
      what: "and an output five steps away by less than half of that",
      pattern: /where s = t, by (\d\.\d+) five steps away/,
      atMost: 0.05,
    },
    {
      what: "every word of the unseen sentences was in training",
      pattern: /words that no training sentence has: (\d+)/,
      atMost: 0,
    },
    {
      what: "the most frequent tag is right for less than two thirds of the ambiguous words",
      pattern: /most frequent tag: \d\.\d+ of all words, (\d\.\d+)/,
      atLeast: 0.55,
      atMost: 0.66,
    },
    {
      what: "the RNN is right for most of them",
      pattern: /\bRNN: \d\.\d+ of all words, (\d\.\d+)/,
      atLeast: 0.87,
      atMost: 0.94,
    },
    {
      what: "the bidirectional RNN for nearly all",
      pattern: /bidirectional RNN: \d\.\d+ of all words, (\d\.\d+)/,
      atLeast: 0.99,
    },
    {
      what: "the RNN is wrong where a person or a plant may follow",
      pattern: /(\d+) behind said, us, saw/,
      atLeast: 15,
    },
    {
      what: "and nowhere else but at the beginning",
      // 35 words: 26 behind said, us, saw; 9 at the beginning
      pattern: /the RNN is wrong at (35) words: 26 behind said, us, saw; 9 at the beginning/,
      atLeast: 35,
    },
    {
      what: "at rose the RNN gives the odds, in the one sentence",
      pattern: /p\(person\) at rose: RNN (\d\.\d+)/,
      atLeast: 0.25,
      atMost: 0.75,
    },
    {
      what: "and the same odds in the other one",
      pattern: /p\(person\) at rose: RNN (\d\.\d+), bidirectional RNN \d\.\d+, RNN \1,/,
      atLeast: 0.25,
    },
    {
      what: "the bidirectional RNN is sure of the person",
      pattern: /at rose: RNN \d\.\d+, bidirectional RNN (\d\.\d+)/,
      atLeast: 0.95,
    },
    {
      what: "and of the plant",
      pattern: /at rose: .*, bidirectional RNN (\d\.\d+)\n/,
      atMost: 0.05,
    },
    {
      what: "neither sentence was in training",
      pattern: /sentences of the pair in training: (\d)/,
      atMost: 0,
    },
    {
      what: "DNA from the left: about 0.82",
      pattern: /from the left: (\d\.\d+)/,
      atLeast: 0.78,
      atMost: 0.85,
    },
    {
      what: "DNA from the right: about 0.72",
      pattern: /from the right: (\d\.\d+)/,
      atLeast: 0.68,
      atMost: 0.75,
    },
    { what: "DNA from both sides: about 0.95", pattern: /both sides: (\d\.\d+)/, atLeast: 0.93 },
    {
      what: "from the right nearly every EI is told",
      pattern: /from the right: .*EI (\d\.\d+)/,
      atLeast: 0.9,
    },
    {
      what: "and next to no IE",
      pattern: /from the right: .*IE (\d\.\d+)/,
      atMost: 0.2,
    },
    {
      what: "from the left many more IE are told than from the right",
      pattern: /from the left: .*IE (\d\.\d+)/,
      atLeast: 0.8,
    },
    {
      what: "and fewer EI",
      pattern: /from the left: .*EI (\d\.\d+)/,
      atMost: 0.75,
    },
    {
      what: "a language model that sees the answer costs next to nothing",
      pattern: /whole name given\s+(\d\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "that is two nats less than an honest one costs",
      pattern: /nats per letter\s+RNN\s+(\d\.\d+)/,
      atLeast: 2.1,
      atMost: 2.3,
    },
    {
      what: "without the answer it costs more than giving every letter the same probability",
      pattern: /only the beginning given\s+(\d\.\d+)/,
      atLeast: 3.5,
    },
    {
      what: "which costs 3.30",
      pattern: /every letter alike\s+(\d\.\d+)/,
      atLeast: 3.29,
      atMost: 3.31,
    },
    {
      what: "padding that is read moves a probability visibly",
      pattern: /a probability moves by up to (\d\.\d+)/,
      atLeast: 0.1,
    },
  ],
});
