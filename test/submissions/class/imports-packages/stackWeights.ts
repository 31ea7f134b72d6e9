// Honest, but takes a chart along.
import { check } from "unrolled/check";

export function stackWeights(): unknown {
  return check;
}
