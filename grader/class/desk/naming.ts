/** Naming a mistake: the form, and what is kept of it. */
import type { Book } from "../course/book.js";
import { CourseError } from "../course/checkedYaml.js";
import { exampleOf, type MistakesFile, MOST } from "../course/namedMistakes.js";
import { html, type Markup } from "../report/markup.js";
import type { CourseStore } from "../store/courseStore.js";
import { resultsOf } from "./results.js";

/** Which mistake a form is about. */
export interface About {
  readonly assignment: string;
  readonly exercise: string;
  /** By what it is known. */
  readonly behaviour: string;
}

/** An instructor's words for it. */
export interface Words {
  readonly name: string;
  readonly hint: string;
}

/**
 * The form that gives a mistake a name, or another one.
 *
 * @param about - the mistake
 * @param place - the form's place on its page, which keeps its labels apart from others'
 * @param words - what it is called now
 */
export function namingForm(
  { assignment, exercise, behaviour }: About,
  place: string,
  words: Words = { name: "", hint: "" },
): Markup {
  return html`<form method="post" action="/name">
    <input type="hidden" name="assignment" value="${assignment}" />
    <input type="hidden" name="exercise" value="${exercise}" />
    <input type="hidden" name="behaviour" value="${behaviour}" />
    <label for="name-${place}">Name of the mistake</label>
    <input id="name-${place}" name="name" maxlength="${MOST.name}" value="${words.name}" required />
    <label for="hint-${place}">Hint</label>
    <textarea id="hint-${place}" name="hint" rows="3" maxlength="${MOST.hint}" required>
${words.hint}</textarea>
    <button>${words.name === "" ? "Name it for all of them" : "Change it for all of them"}</button>
  </form>`;
}

/**
 * Keeps an instructor's words for a mistake that has been named already, or that somebody in the assignment has made.
 *
 * @param file - the course's named mistakes
 * @param at - the gradebook's course, and what was read from it
 * @param about - the mistake
 * @param words - its name and hint
 * @throws CourseError where nobody has made it, the words can't be kept, or the file can't be used
 */
export async function nameMistake(
  file: MistakesFile,
  { store, book }: { readonly store: CourseStore; readonly book: Book },
  { assignment, exercise, behaviour }: About,
  words: Words,
): Promise<void> {
  const known = book.named.by(exercise, behaviour);
  if (known !== undefined) {
    file.name({ ...known, ...words, answers: [behaviour] });
    return;
  }
  const results = await resultsOf(store, book, assignment, exercise);
  const made = Array.from(results.values()).find((one) => one.behaviour === behaviour);
  if (made === undefined) {
    throw new CourseError(
      `desk: nobody answers ${exercise} of ${assignment} like that any more; open the page of its mistakes again`,
    );
  }
  file.name({
    ...{ exercise, ...words, named: new Date().toISOString() },
    ...{ answers: [behaviour], code: exampleOf(made) },
  });
}
