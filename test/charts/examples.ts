import { fiveTypeNames, fiveTypes } from "../../src/charts/fiveTypes.js";
import { heatMap } from "../../src/charts/heatMap.js";
import { rolledUnrolled } from "../../src/charts/rolledUnrolled.js";
import type { VegaLiteSpec } from "../../src/charts/spec.js";
import { randomNormal, seededRandom } from "../../src/random.js";

/** Every chart once, drawn from small data. */
export const examples: readonly { readonly name: string; readonly spec: VegaLiteSpec }[] = [
  { name: "rolledUnrolled", spec: rolledUnrolled({ T_x: 4, tokens: ["h", "e", "l", "l"] }) },
  { name: "rolledUnrolled, rolled", spec: rolledUnrolled({ T_x: 4, view: "rolled" }) },
  ...fiveTypeNames.map((first) => ({ name: `fiveTypes, ${first}`, spec: fiveTypes({ first }) })),
  { name: "heatMap", spec: heatMap(randomNormal(5, 7, seededRandom(1))) },
];
