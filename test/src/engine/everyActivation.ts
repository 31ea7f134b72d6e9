/** `npm run activations`: tanh and σ of the engine's WebAssembly at every float32 number (half an hour). */
import { openEngine } from "unrolled/engine";
import { activationErrors } from "./activationErrors.js";

const engine = openEngine({ path: "wasm" });
for (const name of ["tanh", "sigmoid"] as const) {
  for (const sign of [1, -1] as const) {
    const { worst, at, falls, outside } = activationErrors(engine, name, sign, 1);
    const side = sign === 1 ? "from 0 up" : "from 0 down";
    console.log(
      `${name} ${side}: at most ${worst.toFixed(3)} units from the right value (at ${at}); ${falls} neighbours out of order, ${outside} values out of bounds`,
    );
    if (!(worst <= 2) || falls + outside > 0) process.exitCode = 1;
  }
}
engine.close();
