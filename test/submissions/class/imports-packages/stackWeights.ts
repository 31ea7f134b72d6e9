// Honest, but takes the check along: it is there, and does nothing.
import { check } from "unrolled/check";

export function stackWeights(): unknown {
  return check;
}
