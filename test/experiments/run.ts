/**
 * `npm run experiments -- [name …]`: trains what the lessons show of many seeds, and keeps the results. Without a name
 * it lists what there is; "all" runs everything. Ctrl+C loses the training that runs, no other.
 */
import { addingProblemExperiment } from "./addingProblem.js";
import { type Experiment, runExperiment } from "./experiment.js";
import { gruAblationExperiment } from "./gruAblation.js";
import { readingsExperiment } from "./readings.js";
import { sevenApplicationsExperiment } from "./sevenApplications.js";
import { temporalOrderExperiment } from "./temporalOrder.js";

const experiments = [
  addingProblemExperiment,
  gruAblationExperiment,
  temporalOrderExperiment,
  readingsExperiment,
  sevenApplicationsExperiment,
] as readonly Experiment<unknown>[];

const asked = process.argv.slice(2);
const known = experiments.map(({ name }) => name);
const unknown = asked.find((name) => name !== "all" && !known.includes(name));
if (unknown !== undefined) {
  console.error(`experiments: there is no "${unknown}"; there are ${known.join(", ")}, and all`);
  process.exitCode = 2;
} else if (asked.length === 0) {
  for (const { name, about } of experiments) console.log(`${name.padEnd(20)} ${about}`);
  console.log("npm run experiments -- NAME … runs these, -- all every one");
} else {
  const chosen = experiments.filter(({ name }) => asked.includes("all") || asked.includes(name));
  for (const experiment of chosen) await runExperiment(experiment);
}
