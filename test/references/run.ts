/**
 * `npm run references`: prints how well the references agree with central differences, with tfjs and with
 * published numbers, and keeps it in references.md beside this file, for teachers.
 */
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import { h, type Measured, measureGradients } from "./gradients.js";
import { type Compared, comparePublished } from "./published.js";
import { isRight } from "./verdict.js";

const short = (value: number): string =>
  value === 0 ? "0" : value.toExponential(1).replace("e", "·10^");

function gradientRow(one: Measured): string {
  const { reference, part, withH, withHalf, tensorflow } = one;
  const falls = (withH / withHalf).toFixed(2);
  const cells = [reference, part, short(withH), short(withHalf), falls, short(tensorflow)];
  return `| ${[...cells, isRight(one) ? "agrees" : "**differs**"].join(" | ")} |`;
}

function publishedRow({ reference, numbers, agree, largest }: Compared): string {
  return `| ${reference} | ${agree} of ${numbers} | ${short(largest)} |`;
}

/** The page as Markdown. */
function page(gradients: readonly Measured[], published: readonly Compared[]): string {
  const agreeing = gradients.filter(isRight).length;
  return `# The references prove themselves

What the grader holds to be right is measured here by ways that know nothing of its formulas. \`npm run references\` wrote this page on ${new Date().toISOString().slice(0, 10)}.

## Gradients: ${agreeing} of ${gradients.length} agree

Each gradient is compared, entry by entry, with central differences (f(θ + h) − f(θ − h)) / 2h of the forward pass, with h = ${h} and with half of it. Their own error is of second order: it falls by a factor of four when h is halved, as long as the gradient is right; a wrong one keeps its distance whatever h is. The last measure is the automatic differentiation of TensorFlow.js, which computes in single precision (some 10^-7). All are relative to the gradient's norm.

| reference | gradient | error with h | with h/2 | falls by | from TensorFlow.js | |
| --- | --- | --- | --- | --- | --- | --- |
${gradients.map(gradientRow).join("\n")}

## Coursera's published numbers

Each published number is compared to half of its last digit (test/published/README.md names the sources).

| reference | numbers that agree | largest distance |
| --- | --- | --- |
${published.map(publishedRow).join("\n")}
`;
}

const gradients = await measureGradients();
const published = comparePublished();
const text = page(gradients, published);
console.log(text);
const file = inPack("test", "references", "references.md");
const isAllRight =
  gradients.every(isRight) && published.every(({ agree, numbers }) => agree === numbers);
if (isAllRight) writeFileSync(file, await format(text, { parser: "markdown" }));
else process.exitCode = exitCodes.notYet;
