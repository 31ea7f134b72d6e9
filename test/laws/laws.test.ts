/** Every law, of everyone that this machine has, 2,000 cases in all; `npm run laws` asks 100,000. */
import { requireOrSkip } from "../requirements.js";
import { ask, questions } from "./ask.js";
import { laws } from "./laws.js";
import { engineSubject, readable, type Subject } from "./subjects.js";

const paths = (["js", "wasm", "blas"] as const).flatMap((path) =>
  [1, 2].map((threads) => ({ path, threads })),
);
const cases = Math.ceil(2000 / (laws.length * (paths.length + 1)));

describe("the laws of losses and gradients", function () {
  this.timeout(60_000);

  describe("hold of the readable functions", () => {
    for (const question of questions(laws, [readable])) {
      it(question.law.name, () => {
        ask(question, cases, 12);
      });
    }
  });

  for (const { path, threads } of paths) {
    describe(`hold of the engine on the path ${path} with ${threads} thread${threads === 1 ? "" : "s"}`, () => {
      let subject: Subject | undefined;
      before(function () {
        try {
          subject = engineSubject(path, threads);
        } catch {
          // said by requireOrSkip
        }
        requireOrSkip(this, `the engine's path ${path}`, subject !== undefined, "npm run setup");
      });
      after(() => subject?.close());
      for (const law of laws) {
        it(law.name, () => {
          for (const question of questions([law], [subject!])) ask(question, cases, 12);
        });
      }
    });
  }
});
