/** The seven applications over seeds, as `npm run experiments -- seven-applications` wrote it. */

/** One model's share of right answers on unseen examples, seed 1 first. */
export interface ModelShares {
  readonly model: string;
  readonly shares: readonly number[];
}

/** What came of one application. */
export interface ApplicationResult {
  readonly application: string;
  /** Of what the shares are. */
  readonly measure: string;
  readonly baseline: ModelShares;
  readonly network: ModelShares;
}

/** Where, when and with which settings it was measured. */
export const applicationProvenance = {
  command: "npm run experiments -- seven-applications",
  date: "2026-11-26",
  node: "20.20.2",
  settings: { seeds: 20 },
} as const;

/** 20 trainings of each application's two models. */
export const applicationResults: readonly ApplicationResult[] = [
  {
    application: "speech recognition",
    measure: "digits of unheard voices",
    baseline: {
      model: "mean of the frames",
      shares: [
        0.775, 0.7917, 0.775, 0.775, 0.7917, 0.7833, 0.7833, 0.7833, 0.7917, 0.7833, 0.7833, 0.7833,
        0.775, 0.7833, 0.7917, 0.7917, 0.7833, 0.7917, 0.7833, 0.7833,
      ],
    },
    network: {
      model: "GRU",
      shares: [
        0.8417, 0.7917, 0.8583, 0.9167, 0.8083, 0.85, 0.75, 0.8417, 0.875, 0.9, 0.8167, 0.8417,
        0.7917, 0.9167, 0.95, 0.8667, 0.9, 0.8, 0.8167, 0.9333,
      ],
    },
  },
  {
    application: "music generation",
    measure: "next notes",
    baseline: {
      model: "most frequent next note",
      shares: [
        0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191,
        0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191, 0.2191,
      ],
    },
    network: {
      model: "RNN",
      shares: [
        0.305, 0.2977, 0.3102, 0.3102, 0.3056, 0.3089, 0.2997, 0.3017, 0.3056, 0.297, 0.3168, 0.295,
        0.3063, 0.3109, 0.3036, 0.3056, 0.2944, 0.3036, 0.297, 0.2997,
      ],
    },
  },
  {
    application: "sentiment classification",
    measure: "reviews",
    baseline: {
      model: "bag of words",
      shares: [
        0.5192, 0.5, 0.5115, 0.4962, 0.5077, 0.4962, 0.5, 0.4923, 0.5038, 0.5, 0.4962, 0.4731, 0.5,
        0.4962, 0.5, 0.5077, 0.5, 0.5, 0.4885, 0.5115,
      ],
    },
    network: { model: "RNN", shares: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  },
  {
    application: "DNA sequence analysis",
    measure: "junctions",
    baseline: {
      model: "base by position",
      shares: [
        0.9504, 0.9466, 0.9453, 0.9542, 0.9466, 0.9466, 0.9466, 0.9478, 0.9402, 0.9504, 0.9491,
        0.9478, 0.9453, 0.9338, 0.9529, 0.9504, 0.9478, 0.9517, 0.9415, 0.9555,
      ],
    },
    network: {
      model: "bidirectional RNN",
      shares: [
        0.9478, 0.9415, 0.9478, 0.9427, 0.9466, 0.944, 0.9402, 0.9466, 0.9555, 0.9402, 0.9478,
        0.9517, 0.944, 0.9338, 0.9529, 0.9478, 0.9466, 0.9389, 0.9402, 0.9389,
      ],
    },
  },
  {
    application: "machine translation",
    measure: "numbers, every word right",
    baseline: {
      model: "digits by position",
      shares: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    },
    network: {
      model: "encoder-decoder",
      shares: [
        0.9881, 0.9881, 0.9762, 0.9881, 0.9881, 0.9762, 0.9881, 0.9762, 1, 0.9881, 1, 1, 0.9762,
        0.9762, 1, 0.9643, 1, 0.9881, 0.9881, 0.9643,
      ],
    },
  },
  {
    application: "video activity recognition",
    measure: "clips",
    baseline: {
      model: "mean of the frames",
      shares: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    },
    network: {
      model: "RNN, mean of states",
      shares: [
        1, 0.9875, 0.975, 0.9875, 0.975, 0.9375, 1, 1, 1, 1, 1, 0.9875, 1, 1, 1, 0.9125, 1, 1, 1,
        0.95,
      ],
    },
  },
  {
    application: "named entity recognition",
    measure: "words",
    baseline: {
      model: "most frequent tag",
      shares: [
        0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163,
        0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163, 0.9163,
      ],
    },
    network: {
      model: "bidirectional RNN",
      shares: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    },
  },
];
