/** Writes the reports: `index.html` for the class, one page per hand-in beside it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "#common/write-whole";
import type { Exercise } from "../../../exercises/exercise.js";
import { chartSvg } from "../../../src/display/chartBundle.js";
import type { Graded } from "../result/graded.js";
import { difficultyChart, misconceptionChart, scoreChart } from "./charts.js";
import { type AssignmentPart, classPage } from "./classPage.js";
import { generator } from "./page.js";
import { caseShares, misconceptions } from "./statistics.js";
import { studentPage } from "./studentPage.js";

/** The folder of the students' pages, beside the class's. */
const STUDENTS = "students";

/** The pages of a class in a folder: each student's as soon as there are verdicts, so that nobody's code has to wait in memory. */
export class Reports {
  private readonly folder: string;
  private readonly exercises: readonly Exercise[];
  private failure: Error | undefined;

  /**
   * @param folder - where the pages go; it is made with the first of them
   * @param exercises - all that are graded
   */
  constructor(folder: string, exercises: readonly Exercise[]) {
    this.folder = folder;
    this.exercises = exercises;
  }

  /** Writes a student's page; where that fails, grading goes on, and {@link finish} throws it. */
  add(graded: Graded): void {
    if (this.failure !== undefined) return;
    try {
      writeWhole(join(this.folder, linkOf(graded)), studentPage(graded, this.exercises));
    } catch (error) {
      this.failure = error as Error;
    }
  }

  /**
   * Writes the class's page, and takes away the pages of students of whom nothing is kept any more.
   *
   * @param class_ - all that were added; code and console may be left out
   * @param kept - all hand-ins of the gradebook: a run over a part of the class leaves the others' pages
   * @returns the class's page
   * @throws the system's error where a page could not be written
   */
  async finish(
    class_: readonly Graded[],
    kept: readonly Pick<Graded, "student" | "assignment">[] = [],
  ): Promise<string> {
    if (this.failure !== undefined) throw this.failure;
    const { folder, exercises } = this;
    removeOthers(folder, new Set([...class_, ...kept].map(linkOf)));
    const parts: AssignmentPart[] = [];
    for (const assignment of new Set(class_.map((one) => one.assignment)))
      parts.push(await partOf(assignment, class_, exercises));
    const index = join(folder, "index.html");
    writeWhole(index, classPage(parts, exercises, linkOf));
    return index;
  }
}

async function partOf(
  assignment: string,
  class_: readonly Graded[],
  exercises: readonly Exercise[],
): Promise<AssignmentPart> {
  const handIns = class_.filter((one) => one.assignment === assignment);
  const found = misconceptions(handIns);
  return {
    ...{ assignment, handIns, misconceptions: found },
    charts: {
      scores: await chartSvg(scoreChart(handIns)),
      cases: await chartSvg(difficultyChart(caseShares(handIns, exercises))),
      ...(found.length === 0 ? {} : { mistakes: await chartSvg(misconceptionChart(found)) }),
    },
  };
}

/** Takes the pages away that were written here once and that nothing links to now; no file of somebody else's. */
function removeOthers(folder: string, links: ReadonlySet<string>): void {
  const students = join(folder, STUDENTS);
  if (!existsSync(students)) return;
  for (const name of readdirSync(students)) {
    if (links.has(`${STUDENTS}/${name}`) || !name.endsWith(".html")) continue;
    const file = join(students, name);
    if (readFileSync(file, "utf8").includes(generator.text)) rmSync(file);
  }
}

/** The file of a hand-in's page: the student's name where a file can have it, else a hash too. */
function linkOf({ student, assignment }: Pick<Graded, "student" | "assignment">): string {
  return `${STUDENTS}/${fileName(student)}.${fileName(assignment)}.html`;
}

function fileName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9-]+/g, "_").slice(0, 60);
  if (plain === name) return plain;
  return `${plain}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
