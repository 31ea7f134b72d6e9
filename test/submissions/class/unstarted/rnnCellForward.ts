import { NotImplementedError } from "unrolled";

export function rnnCellForward(): never {
  throw new NotImplementedError("rnnCellForward");
}
