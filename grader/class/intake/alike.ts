/** Names that may be one person's in two writings: nobody can tell, so they stay apart and it is said. */
import type { HandInPlace, Tell } from "./place.js";
import { noteOn } from "./remark.js";
import { listed } from "./strays.js";

/**
 * Remarks on names that are nearly the same: in capitals, blanks, the way letters are written, as versions of one
 * another, as attempts that a platform names.
 *
 * @param places - the hand-ins of a class
 * @param tell - gets a line for each such group
 * @returns the same, remarked on
 */
export function withDoubts(places: readonly HandInPlace[], tell: Tell): readonly HandInPlace[] {
  const all = new Set(places.map(({ student }) => plain(student)));
  const keyOf = (student: string): string => {
    const first = /^(.+?) ?\(\d{1,4}\)$/.exec(student)?.[1];
    // "Ann Lee (11)" is a platform's number, if there is no "Ann Lee".
    return first !== undefined && all.has(plain(first)) ? plain(first) : plain(student);
  };
  const alike = new Map<string, Set<string>>();
  for (const { student } of places)
    alike.set(keyOf(student), (alike.get(keyOf(student)) ?? new Set()).add(student));
  for (const names of alike.values()) {
    if (names.size > 1)
      tell(
        `grade: nearly the same names, taken for different people: ${listed(Array.from(names))}; what is one person's, put into one folder`,
      );
  }
  return places.map((place) => {
    const others = Array.from(alike.get(keyOf(place.student))!).filter(
      (name) => name !== place.student,
    );
    if (others.length === 0) return place;
    const text = `${others.join(" and ")} has nearly the same name: if it is the same person, put both into one folder`;
    return { ...place, remarks: [...(place.remarks ?? []), noteOn("", text)] };
  });
}

/** What nearly the same names have in common. */
function plain(student: string): string {
  const name = student.slice(student.lastIndexOf("/") + 1);
  const person =
    /^(.+)_attempt_\d{4}[-\d]*$/.exec(name)?.[1] ??
    /^\d+-(\d+ - .+) - .+$/.exec(name)?.[1] ??
    name.replace(/[-_ ]v\d{1,3}$/i, "");
  const key = person
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[-_\s]/g, "");
  return key === "" ? name : key;
}
