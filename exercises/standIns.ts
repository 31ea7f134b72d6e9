/** Values that stand for a function argument. */
import type { AnyFunction } from "./exercise.js";
export interface StandIn {
  readonly standIn: string;
}
export function standIn(name: string): StandIn {
  return { standIn: name };
}
export function isStandIn(value: unknown): value is StandIn {
  return typeof value === "object" && value !== null && "standIn" in value;
}
export const standIns: Readonly<Record<string, AnyFunction>> = {};
