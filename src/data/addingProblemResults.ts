/** The adding problem over seeds, as `npm run experiments -- adding-problem` wrote it. */

/** What came of one model, seed 1 first. */
export interface AddingResult {
  readonly model: string;
  /** The mean squared error on 1024 fresh examples after training. */
  readonly testErrors: readonly number[];
  /** The first training step at which the mean over 50 batches was below 0.01; null: none was. */
  readonly solvedAt: readonly (number | null)[];
}

/** Where, when and with which settings it was measured. */
export const addingProvenance = {
  date: "2026-11-26",
  node: "20.20.2",
  engine: "blas",
  T_x: 100,
  n_a: 32,
  m: 32,
  steps: 2000,
  learningRate: 0.01,
  maxNorm: 1,
  seeds: 20,
  window: 50,
  solved: 0.01,
  testBatches: 32,
} as const;

/** 20 trainings of each model. */
export const addingProblemResults: readonly AddingResult[] = [
  {
    model: "tanh",
    testErrors: [
      0.162, 0.178, 0.162, 0.165, 0.172, 0.171, 0.169, 0.178, 0.181, 0.173, 0.164, 0.184, 0.161,
      0.166, 0.161, 0.164, 0.171, 0.165, 0.188, 0.192,
    ],
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
  },
  {
    model: "LSTM, bf = 1",
    testErrors: [
      0.00129, 0.000981, 0.000522, 0.000361, 0.00113, 0.000874, 0.00094, 0.000484, 0.00145,
      0.000865, 0.000298, 0.00106, 0.00118, 0.00218, 0.0015, 0.00335, 0.00132, 0.00102, 0.000522,
      0.00052,
    ],
    solvedAt: [
      695, 721, 772, 715, 873, 1180, 1090, 646, 1263, 1088, 851, 1062, 1224, 1296, 964, 1599, 724,
      887, 771, 949,
    ],
  },
  {
    model: "LSTM, bf = 0",
    testErrors: [
      0.00119, 0.00132, 0.0286, 0.000636, 0.000507, 0.00173, 0.00372, 0.00219, 0.00103, 0.000792,
      0.00111, 0.00237, 0.0027, 0.000799, 0.000913, 0.00125, 0.00829, 0.00403, 0.000985, 0.00312,
    ],
    solvedAt: [
      713,
      1036,
      null,
      762,
      687,
      1323,
      1793,
      1014,
      649,
      865,
      940,
      1113,
      1859,
      1415,
      1111,
      1396,
      1670,
      1492,
      1195,
      1221,
    ],
  },
];
