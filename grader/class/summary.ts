/** What a run over a class says at its end. */
import type { Graded } from "./result/graded.js";
import { durationText, printable } from "./liveLine.js";

/** About the run itself. */
export interface RunFacts {
  /** How many hand-ins were graded now, not before. */
  readonly newlyGraded: number;
  readonly seconds: number;
  readonly gradebook: string;
  readonly seeds: ReadonlyMap<string, number>;
}

/** A line per hand-in and a few about the run. */
export function summaryText(graded: readonly Graded[], facts: RunFacts): string {
  const width = Math.max(...graded.map(({ student }) => printable(student).length));
  const assignments = new Set(graded.map(({ assignment }) => assignment));
  const lines = Array.from(assignments).flatMap((assignment) => [
    ...(assignments.size === 1 ? [] : [`${printable(assignment)}:`]),
    ...graded.filter((one) => one.assignment === assignment).map((one) => lineOf(one, width)),
  ]);
  const seeds = Array.from(facts.seeds, ([name, seed]) => `${printable(name)} ${seed}`).join(", ");
  const before = graded.length - facts.newlyGraded;
  const counts = [
    `${facts.newlyGraded} graded in ${durationText(facts.seconds)}`,
    ...(before > 0 ? [`${before} unchanged since the last run`] : []),
  ].join(", ");
  return [...lines, "", `${counts}. Seed: ${seeds}.`, `Gradebook: ${facts.gradebook}`].join("\n");
}

function lineOf(one: Graded, width: number): string {
  const passed = one.results.filter(({ verdict }) => verdict.status === "passed").length;
  const problems = one.remarks.filter(({ kind }) => kind === "problem").length;
  const words = [
    ...(one.standing?.notes ?? []),
    ...(problems === 0 ? [] : [`${problems} problem${problems === 1 ? "" : "s"}`]),
  ];
  const more = words.length === 0 ? "" : `  ${words.join(", ")}`;
  const score = `${one.score.toFixed(1)} of ${one.maxScore}`;
  return `  ${printable(one.student).padEnd(width)}  ${score.padStart(12)}  ${passed} of ${one.results.length} exercises pass${more}`;
}
