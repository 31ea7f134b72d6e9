// Honest, but uses a package that only its own machine has.
import { tidy } from "@tensorflow/tfjs";

export function rnnCellForward(): unknown {
  return tidy(() => null);
}
