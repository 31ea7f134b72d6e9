import { NotImplementedError } from "unrolled";

/**
 * e^L: among how many equally probable tokens the network would be as unsure.
 *
 * @param loss - the mean loss of a token in nats, at least 0
 * @returns at least 1
 */
export function perplexity(loss: number): number {
  throw new NotImplementedError("perplexity");
}
