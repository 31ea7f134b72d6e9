/** `npm run any-order`: calls of the engine in any order, 20,000 sequences of them unless said (`-- 500`), a new seed each time. */
import { callInAnyOrder } from "./anyOrder.js";

const [runs = "20000", seed = String(Date.now() % 1e9)] = process.argv.slice(2);
const start = performance.now();
callInAnyOrder(Number(runs), Number(seed));
const seconds = Math.round((performance.now() - start) / 1000);
console.log(`${runs} sequences of calls in any order hold (seed ${seed}, ${seconds} s)`);
