/** Names for a table that goes to others: the same student is the same each time, and nobody without the key knows who. */
import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Person } from "../result/person.js";
import { CourseError } from "./checkedYaml.js";

/** Hexadecimal digits of a pseudonym: of 10,000 students two are alike once in 10 million courses. */
const DIGITS = 14;

/**
 * Pseudonyms under a key.
 *
 * @param file - the key's, made where it is not there; who has it can tell whose pseudonym is whose
 * @returns for a student a person without any fact
 * @throws CourseError where the file can't be made or holds no key
 */
export function pseudonyms(file: string): (student: string) => Person {
  const key = keyIn(file);
  return (student) => {
    const digest = createHmac("sha256", key).update(student).digest("hex");
    const name = `student-${digest.slice(0, DIGITS)}`;
    return { student: name, name, id: name, sections: [] };
  };
}

function keyIn(file: string): string {
  try {
    if (!existsSync(file))
      writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    const key = readFileSync(file, "utf8").trim();
    if (/^[0-9a-f]{64}$/.test(key)) return key;
  } catch (error) {
    throw new CourseError(
      `gradebook export: the key of the pseudonyms, ${file}, can't be used: ${(error as Error).message}; name a file in a folder that you can write to`,
    );
  }
  throw new CourseError(
    `gradebook export: ${file} holds no key of pseudonyms: expected 64 hexadecimal digits; name a file that is not there yet, and it is made`,
  );
}
