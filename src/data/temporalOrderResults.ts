/** The temporal order problem over seeds, as `npm run experiments -- temporal-order` wrote it. */

/** What came of one way to train, seed 1 first. */
export interface TemporalOrderResult {
  readonly model: string;
  /** The step at which it was solved; null: it was not. */
  readonly solvedAt: readonly (number | null)[];
  /** The largest norm of a gradient before clipping. */
  readonly largestNorms: readonly number[];
}

/** Where, when and with which settings it was measured. */
export const temporalOrderProvenance = {
  command: "npm run experiments -- temporal-order",
  date: "2026-11-26",
  node: "20.20.2",
  settings: {
    L: 40,
    n_a: 32,
    m: 32,
    steps: 2500,
    learningRate: 0.1,
    maxNorm: 1,
    seeds: 20,
    window: 20,
    solved: 0.99,
  },
} as const;

/** 20 trainings of each way. */
export const temporalOrderResults: readonly TemporalOrderResult[] = [
  {
    model: "not clipped",
    solvedAt: [
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ],
    largestNorms: [
      9.734, 5.587, 10.35, 5.696, 7.182, 22.77, 29.76, 8.35, 16.04, 2.07, 181.7, 3.206, 92.91,
      16.62, 44.46, 13.15, 3.979, 14.32, 17.96, 5.899,
    ],
  },
  {
    model: "clipped at 1",
    solvedAt: [
      1891,
      null,
      2223,
      1551,
      2367,
      1840,
      2068,
      null,
      2181,
      null,
      1755,
      null,
      2076,
      2150,
      null,
      1377,
      2342,
      null,
      1935,
      1224,
    ],
    largestNorms: [
      55.87, 2550, 230.9, 95.46, 45.89, 61.05, 61.73, 382.9, 158.6, 3.078, 236.4, 12.68, 39.7, 677,
      424.8, 96.36, 53.59, 147, 221.7, 44.39,
    ],
  },
];
