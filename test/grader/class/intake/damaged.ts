/**
 * Hand-ins as students really make them: damaged, misnamed, packed, in the wrong form. Each with what a fair instructor
 * would give, and with the words that help. One student each; the function is `oneHot`, right.
 */
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { tarOf } from "./tarOf.js";

/** What is written into a class's folder; paths are relative to it, "\udcfc" in them is the byte 0xFC (nameBytes.ts). */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** One hand-in, or several whose names come near each other. */
export interface Damaged {
  readonly name: string;
  readonly files: Files;
  /** Who is in the table, and whether their function was found. */
  readonly found: Readonly<Record<string, boolean>>;
  /** What is said to whom. */
  readonly says?: Readonly<Record<string, RegExp>>;
  /** What the instructor is told beside; nothing where it is left out. */
  readonly tells?: readonly RegExp[];
}

export const RIGHT = `import { Mat } from "unrolled";
export function oneHot(indices: readonly number[], n_x: number): Mat {
  return Mat.build(n_x, indices.length, (k, i) => (indices[i] === k ? 1 : 0));
}
`;

const cell = (source: string, more: object = {}): object => ({
  cell_type: "code",
  metadata: { unrolled: { exercise: "oneHot" } },
  execution_count: null,
  outputs: [],
  source,
  ...more,
});
const notebookOf = (...cells: readonly object[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }, null, 1);
const notebook = notebookOf(cell(RIGHT));
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
const utf16 = (text: string, mark = true): Uint8Array =>
  Uint8Array.from(Buffer.from(`${mark ? "\uFEFF" : ""}${text}`, "utf16le"));
/** A byte of the first file's content changed. */
const flipped = (zip: Uint8Array): Uint8Array => zip.map((byte, n) => (n === 60 ? byte ^ 4 : byte));
/** The first file's flag of encryption set, in both of its headers. */
const locked = (zip: Uint8Array): Uint8Array => {
  const central = Buffer.from(zip).indexOf("PK\x01\x02", 0, "latin1");
  return zip.map((byte, n) => (n === 6 || n === central + 8 ? byte | 1 : byte));
};
const zipped = (files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    level,
  });
/** A record of a tar's extended header: its length, its name, its value. */
const paxRecord = (name: string, value: string): string => {
  const rest = ` ${name}=${value}\n`;
  return `${rest.length + 3}${rest}`;
};
const accented = RIGHT.replace("export", "// für die Übung\nexport");
const conflicted = `<<<<<<< HEAD\n${RIGHT}=======\n${RIGHT}>>>>>>> other\n`;
const picture = JSON.stringify("A".repeat(9 * 2 ** 20));

const one = (name: string, files: Files, says?: RegExp, found = true): Damaged => ({
  name,
  files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`ada/${path}`, text])),
  found: { ada: found },
  ...(says === undefined ? {} : { says: { ada: says } }),
});
const lost = (name: string, files: Files, says: RegExp): Damaged => one(name, files, says, false);

const outputs = (json: string): string =>
  notebook.replace(
    '"outputs": []',
    `"outputs": [{"output_type": "display_data", "data": {"x": ${json}}, "metadata": {}}]`,
  );

export const damaged: readonly Damaged[] = [
  // what a notebook holds beside its code
  one("a plot of 9 MB in an output", { "a.ipynb": outputs(picture) }),
  one("NaN in an output", { "a.ipynb": outputs("NaN") }),
  one("a mark of direction before the first word", { "oneHot.ts": `\u200f${RIGHT}` }),
  one("zeros before the first word", { "oneHot.ts": `${"\0".repeat(16)}${RIGHT}` }),
  one("undefined in an output", { "a.ipynb": outputs("undefined") }),
  one("tabs in a hundred lines of text", {
    "a.ipynb": notebookOf(cell(`${RIGHT}${"// a\tb\n".repeat(100)}`)).replaceAll("\\t", "\t"),
  }),
  one("Infinity and -Infinity in an output", { "a.ipynb": outputs("[Infinity, -Infinity]") }),
  one("NaN as a text of the code", { "a.ipynb": notebookOf(cell(`${RIGHT}// NaN, Infinity ,]`)) }),
  one(
    "a comma too many",
    { "a.ipynb": notebook.replace(/\}\s*\]/, "},\n]") },
    /a comma too many was passed over/,
  ),
  one(
    "a tab within a text",
    { "a.ipynb": notebook.replace("import {", "\timport {") },
    /tab within a text/,
  ),
  one("a byte order mark", { "a.ipynb": `\uFEFF${notebook}` }),
  one("Windows' line ends", { "a.ipynb": notebook.replaceAll("\n", "\r\n") }),
  one("one line", { "a.ipynb": JSON.stringify(JSON.parse(notebook)) }),
  one("format 3", {
    "a.ipynb": JSON.stringify({
      nbformat: 3,
      worksheets: [{ cells: [{ cell_type: "code", language: "ts", input: RIGHT }] }],
    }),
  }),
  one("a source as lines", { "a.ipynb": notebookOf(cell("", { source: RIGHT.split(/(?<=\n)/) })) }),
  one(
    "no metadata",
    { "a.ipynb": notebookOf({ cell_type: "code", source: RIGHT }) },
    /found by its name/,
  ),
  one(
    "a cell turned into Markdown",
    { "a.ipynb": notebookOf(cell(RIGHT, { cell_type: "markdown" })) },
    /it was read as code/,
  ),
  one(
    "a cell of no type",
    { "a.ipynb": notebookOf(cell(RIGHT, { cell_type: undefined })) },
    /it was read as code/,
  ),
  one(
    "a cell whose type is an object",
    { "a.ipynb": notebookOf(cell(RIGHT, { cell_type: { toString: 1, valueOf: 1 } })) },
    /it was read as code/,
  ),
  one(
    "a cell whose type is nested lists",
    { "a.ipynb": notebook.replace('"code"', `${"[".repeat(20_000)}${"]".repeat(20_000)}`) },
    /it was read as code/,
  ),
  one("cells that are none", { "a.ipynb": notebookOf({ cell_type: "code" }, [], cell(RIGHT)) }),
  one("the function twice", { "a.ipynb": notebookOf(cell(RIGHT), cell(RIGHT)) }, /was graded/),
  one(
    "a split cell",
    { "a.ipynb": notebookOf(cell(RIGHT.slice(0, -30)), cell(RIGHT.slice(-30), { metadata: {} })) },
    /they were joined/,
  ),
  one("the starter below the solution", {
    "a.ipynb": notebookOf(
      cell(RIGHT),
      cell('function oneHot() { throw new NotImplementedError("oneHot"); }'),
    ),
  }),
  // notebooks that can't be read
  lost("an empty notebook", { "a.ipynb": "" }, /the file is empty: save it/),
  lost("a blank notebook", { "a.ipynb": "\n \n" }, /the file is empty/),
  lost(
    "a web page",
    { "a.ipynb": "<!DOCTYPE html>\n<html></html>" },
    /a web page, not the notebook: download the file itself/,
  ),
  lost(
    "a merge conflict in a notebook",
    { "a.ipynb": notebook.replace(' "cells"', '<<<<<<< HEAD\n "cells"') },
    /line \d+ begins a merge conflict \(<<<<<<<\): keep one/,
  ),
  lost(
    "the first half of a notebook",
    { "a.ipynb": notebook.slice(0, 300) },
    /ends in the middle, at line \d+: it was not saved or copied whole/,
  ),
  lost(
    "a brace too few",
    { "a.ipynb": notebook.replace(/\}\s*\]/, "]") },
    /line \d+ has .* where it can't be/,
  ),
  lost(
    "quotes forgotten",
    { "a.ipynb": notebook.replace('"nbformat"', "nbformat") },
    /line \d+ has "nbformat/,
  ),
  lost("a list in place of a notebook", { "a.ipynb": "[]" }, /no list of cells/),
  lost(
    "a text in place of a notebook",
    { "a.ipynb": "this is my function oneHot() {}" },
    /line 1 has "this is my/,
  ),
  one(
    "code called a notebook",
    { "a.ipynb": `// exercise: oneHot\n${RIGHT}` },
    /TypeScript, not a notebook; it was read as a \.ts file: call it so/,
  ),
  lost("a notebook without cells", { "a.ipynb": '{"nbformat": 4}' }, /no list of cells/),
  lost("nested without end", { "a.ipynb": "[".repeat(100_000) }, /no JSON/),
  lost(
    "more code than a notebook can hold",
    { "a.ipynb": notebookOf(cell("1;".repeat(600_000))) },
    /characters of code; the limit is/,
  ),
  lost(
    "a renamed function",
    {
      "a.ipynb": notebookOf(
        cell("# One-hot", { cell_type: "markdown" }),
        cell(RIGHT.replace("oneHot", "one_hot")),
      ),
    },
    /cell 2 defines no function oneHot, but one_hot: name it oneHot/,
  ),
  lost(
    "a mistyped function",
    { "a.ipynb": notebookOf(cell(RIGHT.replace("oneHot", "oneHto"))) },
    /but oneHto: name it oneHot/,
  ),
  lost(
    "another function in the cell",
    { "a.ipynb": notebookOf(cell("function encode() {}")) },
    /but encode: name it oneHot/,
  ),
  lost(
    "only the statement",
    { "a.ipynb": notebookOf(cell("# One-hot", { cell_type: "markdown" })) },
    /cell 1 defines no function oneHot/,
  ),
  // text in another form
  one(
    "Latin-1",
    { "oneHot.ts": latin1(accented) },
    /read as Windows-1252 \(Latin-1\): save it as UTF-8/,
  ),
  one("UTF-16 with its mark", { "oneHot.ts": utf16(RIGHT) }, /read as UTF-16/),
  one("UTF-16 without its mark", { "oneHot.ts": utf16(RIGHT, false) }, /read as UTF-16/),
  one("a notebook in UTF-16", { "a.ipynb": utf16(notebook) }, /read as UTF-16/),
  one("a notebook in Latin-1", { "a.ipynb": latin1(notebookOf(cell(accented))) }, /Windows-1252/),
  one("UTF-8 with its mark", { "oneHot.ts": `\uFEFF${RIGHT}` }),
  one("Windows' line ends in a file", { "oneHot.ts": RIGHT.replaceAll("\n", "\r\n") }),
  one("old Macintosh's line ends", { "oneHot.ts": `// mine\n${RIGHT}`.replaceAll("\n", "\r") }),
  one("old Macintosh's line ends in a cell", {
    "a.ipynb": notebookOf(cell(`// mine\n${RIGHT}`.replaceAll("\n", "\r"))),
  }),
  one("Unicode's line ends behind a comment", { "oneHot.ts": `// mine\u2028${RIGHT}` }),
  one("Unicode's ends of paragraphs in a cell", {
    "a.ipynb": notebookOf(cell(`// a\u2029${RIGHT}`)),
  }),
  one("DOS's mark of the end", { "oneHot.ts": `${RIGHT}\u001a` }),
  one(
    "a byte too many behind UTF-16",
    { "oneHot.ts": Uint8Array.from([...utf16(RIGHT), 10]) },
    /read as UTF-16/,
  ),
  one("a blank behind a file's name", { "oneHot.ts ": RIGHT }),
  // names
  one("oneHot.TS", { "oneHot.TS": RIGHT }),
  one("a.IPYNB", { "a.IPYNB": notebook }),
  one("a.ipynb.txt", { "a.ipynb.txt": notebook }),
  one("a.ipynb.json", { "a.ipynb.json": notebook }),
  one("oneHot.ts.txt", { "oneHot.ts.txt": RIGHT }, /read as oneHot\.ts/),
  one(
    "oneHot.js",
    { "oneHot.js": RIGHT.replace(/: [a-zA-Z ]+(\[\])?(?=[,)])|: Mat/g, "") },
    /read as oneHot\.ts/,
  ),
  one("oneHot.mts", { "oneHot.mts": RIGHT }),
  one("oneHot.tsx", { "oneHot.tsx": RIGHT }),
  one("a compiled file beside its source", {
    "oneHot.ts": RIGHT,
    "oneHot.js": "exports.oneHot = 1",
  }),
  one(
    "a copy that is newer",
    { "oneHot.ts": RIGHT.replace("? 1 : 0", "? 2 : 0"), "oneHot (1).ts": RIGHT },
    /oneHot \(1\)\.ts was graded/,
  ),
  one("a second copy", { "oneHot (2).ts": RIGHT, "oneHot (1).ts": "export const x = 1;" }),
  one("Windows' copy", { "oneHot - Copy.ts": RIGHT }),
  one(
    "a second version, and a second archive",
    { "oneHot.ts": "1;", "oneHot_v2.ts": RIGHT, "ps1 (1).zip": zipped({ "oneHot_v2.ts": RIGHT }) },
    /oneHot_v2\.ts.*the names do not say which is the newest/,
  ),
  one("a name with blanks", { "my one hot.ts": RIGHT }),
  one("a name with # and ?", { "#1 oneHot?.ts": RIGHT }),
  one("a name with accents", { "Übung.ts": RIGHT }),
  one("the number of another lesson", { "07-99-oneHot.ts": RIGHT }),
  one("many # and ? in a name", { [`${"#?".repeat(60)}.ts`]: "1;", "oneHot.ts": RIGHT }),
  one(
    "two names that differ in # alone",
    { "#1.ts": "1;", "?1.ts": "2;", "oneHot.ts": RIGHT },
    /#1\.ts: a file or folder beside it has its name: rename one/,
  ),
  // names that are no UTF-8
  one("a file's name in Latin-1", { "L\udcf6sung.ts": RIGHT }),
  one("a folder's name in Latin-1", { "\udcdcbung/oneHot.ts": RIGHT }),
  one("a zip's name in Latin-1", { "L\udcf6sung.zip": zipped({ "oneHot.ts": RIGHT }) }),
  one(
    "one name in Latin-1 and in UTF-8",
    { "L\udcf6sung.ts": RIGHT, "L\u00f6sung.ts": RIGHT },
    /oneHot is in .*L\u00f6sung\.ts/,
  ),
  lost("a PDF's name in Latin-1", { "L\udcf6sung.pdf": "x" }, /what lies there: L\u00f6sung\.pdf/),
  // folders
  one(
    "a folder that is called like a file beside it",
    { "a.ts/b.ts": "1;", "a.js": "2;", "oneHot.ts": RIGHT },
    /a\.ts\/b\.ts: a file or folder beside it has its name: rename one/,
  ),
  one("six folders deep", { "1/2/3/4/5/6/oneHot.ts": RIGHT }),
  one("a folder called src", { "src/oneHot.ts": RIGHT }),
  one("node_modules handed in", {
    "node_modules/x/oneHot.ts": "export const oneHot = 1;",
    "oneHot.ts": RIGHT,
  }),
  one("a Macintosh's folder", { "__MACOSX/._oneHot.ts": "\u0000", "oneHot.ts": RIGHT }),
  // archives
  one("a zip", { "work.zip": zipped({ "oneHot.ts": RIGHT }) }),
  one("a zip with folders", {
    "work.zip": zipped({ "work/notebooks/a.ipynb": notebook, "__MACOSX/._a.ipynb": "x" }),
  }),
  one("a zip called .ts", { "oneHot.ts": zipped({ "oneHot.ts": RIGHT }) }, /a zip archive; it was/),
  one("a zip called .ipynb", { "a.ipynb": zipped({ "a.ipynb": notebook }) }, /call it \.zip/),
  one("a zip by Windows", { "work.zip": zipped({ "work\\oneHot.ts": RIGHT }) }),
  lost(
    "a zip that leads outside",
    { "work.zip": zipped({ "../../eve/oneHot.ts": RIGHT }) },
    /outside the archive's folder/,
  ),
  lost(
    "a zip with a path from the root",
    { "work.zip": zipped({ "/etc/oneHot.ts": RIGHT }) },
    /outside the archive's folder/,
  ),
  one(
    "a zip of a file and of a folder of one name",
    { "work.zip": zipped({ "a.ts": "1;", "a.ts/b.ts": "2;", "oneHot.ts": RIGHT }) },
    /a\.ts\/b\.ts: a file or folder beside it has its name/,
  ),
  one(
    "a zip of names that no system can give a file",
    {
      "work.zip": zipped({
        [`${"x".repeat(300)}.ts`]: "1;",
        [`${"x/".repeat(3000)}y.ts`]: "2;",
        "oneHot.ts": RIGHT,
      }),
    },
    /x… has too long a name.*\n.*x\/… has too long a name/,
  ),
  lost(
    "half a zip",
    { "work.zip": zipped({ "oneHot.ts": RIGHT }).slice(0, 100) },
    /can't be unpacked/,
  ),
  lost("a zip that is none", { "work.zip": "oneHot" }, /neither a zip nor a tar: pack it anew/),
  lost(
    "a zip of a PDF",
    { "work.zip": zipped({ "a.pdf": "x" }) },
    /no \.ts or \.ipynb file is in it/,
  ),
  lost(
    "a zip in a zip",
    { "work.zip": zipped({ "in.zip": "PK" }) },
    /an archive within it: unpack it/,
  ),
  lost(
    "a zip of zeros",
    { "work.zip": zipped({ "oneHot.ts": "\0".repeat(2 ** 22) }) },
    /is too large/,
  ),
  one(
    "a zip of one name twice, the last one right",
    {
      "work.zip": Uint8Array.from(
        Buffer.from(
          Buffer.from(zipped({ "oneHot.ts": "1;", "oneHoT.ts": RIGHT }))
            .toString("latin1")
            .replaceAll("oneHoT.ts", "oneHot.ts"),
          "latin1",
        ),
      ),
    },
    /oneHot\.ts is in it twice: the last one was read, as unzip takes it/,
  ),
  one("a tar", { "work.tar": tarOf([{ name: "oneHot.ts", text: RIGHT }]) }),
  one("a tar.gz", { "work.tar.gz": gzipSync(tarOf([{ name: "oneHot.ts", text: RIGHT }])) }),
  one("a .tgz of all that a folder holds", {
    "work.TGZ": gzipSync(
      tarOf([
        { name: "./", type: "5" },
        { name: "./._oneHot.ts", text: "\u0000" },
        { name: "./oneHot.ts", text: RIGHT },
        { name: "./node_modules/x/oneHot.ts", text: "export const oneHot = 1;" },
      ]),
    ),
  }),
  one("a tar with long names, written in either way", {
    "work.tar": tarOf([
      { name: "././@LongLink", type: "L", text: `${"long".repeat(30)}/a.ipynb\u0000` },
      { name: "long", text: notebook },
      { name: "PaxHeaders/b", type: "x", text: paxRecord("path", `${"b".repeat(120)}/b.ipynb`) },
      { name: "b", text: notebookOf(cell("1;")) },
    ]),
  }),
  one("a tar.gz that the browser unpacked", {
    "work.tar.gz": tarOf([{ name: "oneHot.ts", text: RIGHT }]),
  }),
  one("a tar.gz called zip", {
    "work.zip": gzipSync(tarOf([{ name: "oneHot.ts", text: RIGHT }])),
  }),
  one("a zip called tar.gz", { "work.tar.gz": zipped({ "oneHot.ts": RIGHT }) }),
  one(
    "half a tar, the function in it whole",
    {
      "work.tar": tarOf([
        { name: "oneHot.ts", text: RIGHT },
        { name: "b.ts", text: "1;".repeat(900) },
      ]).subarray(0, 2048),
    },
    /b\.ts is damaged \(it did not come whole\)/,
  ),
  lost(
    "half a tar.gz",
    { "work.tar.gz": gzipSync(tarOf([{ name: "oneHot.ts", text: RIGHT }])).subarray(0, 150) },
    /can't be unpacked \(unexpected end of file\): it may not have come whole/,
  ),
  lost("a tar.gz that is none", { "work.tar.gz": "oneHot" }, /neither a zip nor a tar: pack it/),
  lost(
    "a notebook called tar.gz by gzip",
    { "work.tar.gz": gzipSync(notebook) },
    /no tar is in it/,
  ),
  lost(
    "a tar.gz packed twice",
    { "work.tar.gz": gzipSync(gzipSync(tarOf([{ name: "oneHot.ts", text: RIGHT }]))) },
    /no tar is in it/,
  ),
  lost(
    "a tar that leads outside",
    { "work.tar": tarOf([{ name: "../../eve/oneHot.ts", text: RIGHT }]) },
    /outside the archive's folder/,
  ),
  lost(
    "a tar with a path from the root",
    { "work.tar": tarOf([{ name: "/etc/oneHot.ts", text: RIGHT }]) },
    /outside the archive's folder/,
  ),
  lost(
    "links in a tar",
    {
      "work.tar": tarOf([
        { name: "oneHot.ts", type: "2", link: "/etc/passwd" },
        { name: "b.ts", type: "1", link: "oneHot.ts" },
        { name: "c.ipynb", type: "6" },
      ]),
    },
    /oneHot\.ts is a link or a special file.*\n.*b\.ts is a link.*\n.*c\.ipynb is a link/,
  ),
  lost(
    "a tar in a tar",
    { "work.tar": tarOf([{ name: "in.tar", text: "x" }]) },
    /an archive within it: unpack it/,
  ),
  lost(
    "a tar.gz of zeros",
    { "work.tar.gz": gzipSync(tarOf([{ name: "oneHot.ts", text: "\0".repeat(2 ** 22) }])) },
    /oneHot\.ts is too large/,
  ),
  lost(
    "a tar with a flipped byte",
    { "work.tar": flipped(tarOf([{ name: "oneHot.ts", text: RIGHT }])) },
    /can't be unpacked \(.*checksum/,
  ),
  lost(
    "a tar of a PDF",
    { "work.tar": tarOf([{ name: "a.pdf", text: "x" }]) },
    /no \.ts or \.ipynb file is in it/,
  ),
  lost(
    "a tar.xz",
    { "work.tar.xz": "\u00fd7zXZ" },
    /work\.tar\.xz; unpack it, or pack it as \.zip or \.tar\.gz/,
  ),
  lost(
    "a bzip2 archive called tar",
    { "work.tar": "BZh91AY&SY" },
    /a bzip2 archive, not a zip: unpack it/,
  ),
  lost(
    "a RAR archive called zip",
    { "work.zip": "Rar!\u001a\u0007" },
    /a RAR archive, not a zip: unpack it/,
  ),
  lost("an empty zip", { "work.zip": "" }, /the file is empty: pack it again/),
  lost(
    "a zip with a flipped byte",
    { "work.zip": flipped(zipped({ "oneHot.ts": RIGHT }, 0)) },
    /oneHot\.ts is damaged \(its checksum is another\)/,
  ),
  lost(
    "a locked zip",
    { "work.zip": locked(zipped({ "oneHot.ts": RIGHT })) },
    /locked with a password/,
  ),
  // what can't be graded
  lost(
    "a PDF",
    { "homework.pdf": "%PDF" },
    /no \.ts or \.ipynb file was handed in; what lies there: homework\.pdf; hand in the notebook/,
  ),
  lost("Python", { "one_hot.py": "print()" }, /what lies there: one_hot\.py/),
  lost("an empty file", { "oneHot.ts": "" }, /the file is empty: save it/),
  lost("declarations alone", { "oneHot.d.ts": RIGHT }, /what lies there: oneHot\.d\.ts/),
  lost(
    "a renamed function in a file",
    { "oneHot.ts": RIGHT.replace("oneHot", "OneHot") },
    /there is no oneHot in it, but OneHot: name it oneHot/,
  ),
  one(
    "a default export without a name",
    { "oneHot.ts": RIGHT.replace("export function oneHot", "export default function") },
    /its default export has no name; it was graded as oneHot: write export function oneHot/,
  ),
  one(
    "an arrow as default export, in a file of another name beside one that has the other exercise",
    {
      "mine.ts": RIGHT.replace("export function oneHot", "export default").replace(
        "): Mat {",
        "): Mat => {",
      ),
      "b.ts": "export function rnnForward() {}",
    },
    /graded as oneHot/,
  ),
  lost(
    "two default exports without a name, in files of other names",
    {
      "mine.ts": RIGHT.replace("export function oneHot", "export default function"),
      "oneHot.ts": "export const x = 1;",
      "b.ts": "export default () => 1;",
    },
    /oneHot\.ts: there is no oneHot in it/,
  ),
  one("a function's name on a line of its own", {
    "oneHot.ts": RIGHT.replace("export function oneHot", "export function\noneHot"),
  }),
  one("CommonJS's exports", {
    "oneHot.ts": RIGHT.replace("export function oneHot", "exports.oneHot = function"),
  }),
  one("CommonJS's module.exports", {
    "oneHot.ts": RIGHT.replace("export function oneHot", "module.exports.oneHot = function"),
  }),
  one("an object in module.exports", {
    "oneHot.js": "module.exports = {\n  oneHot: (indices, n_x) => [indices, n_x],\n};\n",
  }),
  one("a .cts", { "oneHot.cts": RIGHT }),
  one("a first line for a shell", { "oneHot.ts": `#!/usr/bin/env -S npx tsx\n${RIGHT}` }),
  one(
    "cells pasted into one file",
    { "oneHot.ts": `import { Mat } from "unrolled";\nlet a = 1;\n${RIGHT}\nlet a = 2;\n` },
    /oneHot\.ts: names are declared more than once in it/,
  ),
  one(
    "the starter and the solution in one file",
    {
      "oneHot.ts": `${RIGHT}\nexport function oneHot() { throw new NotImplementedError("oneHot"); }`,
    },
    /of oneHot the one that runs last was graded/,
  ),
  ...(
    [
      ["line numbers", RIGHT.replaceAll(/^/gm, "12: "), /each line begins with its number/],
      ["a mail's marks", RIGHT.replaceAll(/^/gm, "> "), /each line begins with "> ": expected the/],
      ["a patch", RIGHT.replaceAll(/^/gm, "+"), /each line begins with "\+"/],
      [
        "a mistyped word",
        RIGHT.replace("function", "funtion"),
        /"funtion oneHot" in line 2: expected function/,
      ],
      [
        "all in comments",
        RIGHT.replaceAll(/^/gm, "// "),
        /line 2 has it in a comment.*take away the \/\//,
      ],
      ["all in one comment", `/*\n${RIGHT}*/`, /line 3 has it in a comment/],
      [
        "one line behind a comment's mark",
        `// ${RIGHT.replaceAll("\n", " ")}`,
        /line 1 has it in a comm/,
      ],
      [
        "Python",
        "import numpy as np\ndef oneHot(i, n):\n    return np.eye(n)[i]\n",
        /but Python in line 1/,
      ],
      [
        "a Cyrillic letter",
        RIGHT.replace("oneHot", "оneHot"),
        /its letter 1 is о \(U\+043E\) and not the Latin o; type/,
      ],
      [
        "a class",
        `export class Solution {\n  static oneHot(i: number[]) { return i; }\n}`,
        /it is a part of Solution: expected a function of its own; write export function oneHot/,
      ],
      [
        "a namespace",
        `namespace Ex {\n  ${RIGHT.split("\n").slice(1).join("\n")}}`,
        /it is a part of Ex/,
      ],
      [
        "an object",
        "export const solutions = {\n  oneHot: (i: number[]) => i,\n};",
        /it is a part of solutions/,
      ],
    ] as const
  ).map(([name, text, says]) => lost(`${name} in a file`, { "oneHot.ts": text }, says)),
  lost(
    "the check alone",
    {
      "a.ipynb": notebookOf(
        cell("1;", { metadata: {} }),
        cell('const my_oneHot = await check("oneHot", oneHot);'),
      ),
    },
    /the cell of oneHot is missing: expected it before cell 2, which only checks it; write: export/,
  ),
  lost(
    "the check and the statement alone",
    {
      "a.ipynb": notebookOf(
        cell("# One-hot", { cell_type: "markdown" }),
        cell('const my_oneHot = await check("oneHot", oneHot);'),
      ),
    },
    /the cell of oneHot is missing: expected it before cell 2/,
  ),
  lost(
    "a comment before a notebook",
    { "a.ipynb": `// my notebook\n${notebook}` },
    /no JSON: line 1 has "\/\/ my/,
  ),
  lost(
    "a method in a file",
    { "oneHot.ts": "export const all = { oneHot(i: number[]) { return i; } };" },
    /it is a part of all/,
  ),
  lost(
    "a class without a name in a file",
    { "oneHot.ts": "export default class {\n oneHot(i: number[]) { return i; }\n}" },
    /it is a part of a class without a name/,
  ),
  lost(
    "only a helper beside its own copy",
    { "oneHot.ts": "const my_oneHot = 1;" },
    /there is no oneHot in it; write: export function oneHot/,
  ),
  one("a merge conflict in a file", { "oneHot.ts": conflicted }, /line 1 begins a merge conflict/),
  one(
    "a merge conflict further down",
    { "oneHot.ts": `// a\n// b\n${conflicted}` },
    /line 3 begins a merge conflict/,
  ),
  // what other programs made of it
  lost(
    "rich text called .ts",
    { "oneHot.ts": `{\\rtf1\\ansi\\f0 ${RIGHT.replaceAll("{", "\\{")}}` },
    /oneHot\.ts: rich text \(RTF\), not code: save it as plain text/,
  ),
  lost(
    "a web page called .ts",
    { "oneHot.ts": `<!DOCTYPE html>\n<html><pre>${RIGHT}</pre></html>` },
    /oneHot\.ts: a web page, not the code: download the file itself/,
  ),
  lost(
    "a pointer of Git's large files in place of a notebook",
    { "a.ipynb": "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n" },
    /a\.ipynb: a pointer that Git LFS left.*git lfs pull/,
  ),
  lost(
    "a pointer of Git's large files in place of a file",
    { "oneHot.ts": "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123\n" },
    /oneHot\.ts: a pointer that Git LFS left/,
  ),
  one("a notebook called .ts", { "a.ts": notebook }, /a\.ts: a notebook; it was read as one/),
  lost(
    "nothing but zeros",
    { "oneHot.ts": "\0".repeat(500) },
    /oneHot\.ts: the file is empty: save it/,
  ),
  lost(
    "a notebook of nothing but zeros",
    { "a.ipynb": "\0".repeat(500) },
    /a\.ipynb: the file is empty: save it/,
  ),
  one("zeros behind a notebook", { "a.ipynb": notebook + "\0".repeat(512) }),
  lost("a notebook twice in one file", { "a.ipynb": notebook + notebook }, /line \d+ has "\{/),
  lost(
    "Python's way to write a dictionary",
    { "a.ipynb": notebook.replaceAll('"', "'") },
    /line 2 has "'nbformat'/,
  ),
  one("a raw cell", { "a.ipynb": notebookOf(cell(RIGHT, { cell_type: "raw" })) }, /of type raw/),
  one("a notebook of a format to come", {
    "a.ipynb": notebook.replace('"nbformat": 4', '"nbformat": 5'),
  }),
  one("Jupyter's copy, the starter in the first", {
    "a.ipynb": notebookOf(cell('function oneHot() { throw new NotImplementedError("oneHot"); }')),
    "a-Copy1.ipynb": notebook,
  }),
  one(
    "code with its marks of Markdown",
    { "oneHot.ts": `\`\`\`typescript\n${RIGHT}\`\`\`\n` },
    /oneHot\.ts: line 1 .*```.*: delete/,
  ),
  one(
    "code with its marks of Markdown behind prose",
    { "oneHot.ts": `Here is my solution:\n\n\`\`\`ts\n${RIGHT}\`\`\`\n\nIt's done.\n` },
    /oneHot\.ts: line 3 and line 8 are marks.*outside them was not read: delete both/,
  ),
  one(
    "the lower mark of Markdown alone",
    { "oneHot.ts": `${RIGHT}\`\`\`\n` },
    /line 5 is a mark of Markdown \(```\): delete it/,
  ),
  one(
    "marks of Markdown in a cell",
    { "a.ipynb": notebookOf(cell(`\`\`\`typescript\n${RIGHT}\`\`\``)) },
    /a\.ipynb: cell 1: line 1 and line 6 are marks of Markdown/,
  ),
  one("marks of Markdown in a comment, and a text of them", {
    "oneHot.ts": `/*\n\`\`\`\noneHot([1], 2)\n\`\`\`\n*/\n${RIGHT}`,
  }),
  lost(
    "Jupyter's checkpoints alone",
    { ".ipynb_checkpoints/a-checkpoint.ipynb": notebook },
    /what lies there: \.ipynb_checkpoints.*hand in the notebook/,
  ),
  lost(
    "a link to a document of Google's",
    { "homework.gdoc": '{"url": "x"}' },
    /what lies there: homework\.gdoc/,
  ),
  lost("a download that did not end", { "a.ipynb.crdownload": "{" }, /a\.ipynb\.crdownload/),
  lost("an editor's backup alone", { "oneHot.ts~": RIGHT }, /what lies there: oneHot\.ts~/),
  lost("a Markdown file", { "a.md": RIGHT }, /what lies there: a\.md/),
  lost("a gzipped notebook", { "a.ipynb.gz": gzipSync(notebook) }, /a\.ipynb\.gz; unpack it/),
  // who is who
  {
    name: "two people of one first name",
    files: { "jane_doe.ts": RIGHT, "jane_smith.ts": RIGHT },
    found: { jane_doe: true, jane_smith: true },
  },
  {
    name: "a folder and a loose file of one name",
    files: { "ada/a.ipynb": notebookOf(cell("1;")), "ada.ts": RIGHT },
    found: { ada: true },
  },
  {
    name: "a student called submitted",
    files: { "submitted/oneHot.ts": RIGHT, "ada/oneHot.ts": RIGHT, "bob/oneHot.ts": RIGHT },
    found: { submitted: true, ada: true, bob: true },
  },
  {
    name: "Moodle's folders of two people of one name",
    files: {
      "Ann Lee_11_assignsubmission_file_/oneHot.ts": RIGHT,
      "Ann Lee_22_assignsubmission_file_/a.pdf": "x",
    },
    found: { "Ann Lee (11)": true, "Ann Lee (22)": false },
  },
  {
    name: "Moodle's loose files",
    files: {
      "Ann Lee_11_assignsubmission_file_oneHot.ts": RIGHT,
      "Ann Lee_22_assignsubmission_file_oneHot.ts": RIGHT,
    },
    found: { "Ann Lee (11)": true, "Ann Lee (22)": true },
  },
  {
    name: "Moodle's file and text of one student",
    files: {
      "Ann Lee_11_assignsubmission_file_/oneHot.ts": RIGHT,
      "Ann Lee_11_assignsubmission_onlinetext_/onlinetext.html": "x",
    },
    found: { "Ann Lee (11)": true },
  },
  {
    name: "Canvas' names, one of them late",
    files: { "leebob_7_100_oneHot.ts": RIGHT, "leebob_LATE_8_101_oneHot.ts": RIGHT },
    found: { "leebob (7)": true, "leebob (8)": true },
    says: { "leebob (8)": /handed in late, as Canvas says/ },
  },
  {
    name: "a zip for each student",
    files: { "ada.zip": zipped({ "oneHot.ts": RIGHT }), "bob.zip": zipped({ "a.pdf": "x" }) },
    found: { ada: true, bob: false },
    says: { bob: /no \.ts or \.ipynb file is in it/ },
  },
  {
    name: "a tar.gz for each student",
    files: {
      "ada.tar.gz": gzipSync(tarOf([{ name: "oneHot.ts", text: RIGHT }])),
      "bob.tgz": gzipSync(tarOf([{ name: "a.pdf", text: "x" }])),
      "cy.tar": tarOf([{ name: "oneHot.ts", text: RIGHT }]),
    },
    found: { ada: true, bob: false, cy: true },
    says: { bob: /no \.ts or \.ipynb file is in it/ },
  },
  {
    name: "one person's files among others'",
    files: { "ada_oneHot.ts": RIGHT, "ada_ps1.ipynb": notebookOf(cell("1;")), "bob.ts": RIGHT },
    found: { ada: true, bob: true },
  },
  {
    name: "digits at the end of a name",
    files: { "student12oneHot.ts": RIGHT, "student13oneHot.ts": RIGHT },
    found: { student12oneHot: true, student13oneHot: true },
  },
  {
    name: "the exercise before the student",
    files: { "oneHot_ann.ts": RIGHT, "oneHot-bob.ts": RIGHT },
    found: { ann: true, bob: true },
  },
  {
    name: "copies that may be two people's",
    files: { "Ann (1).ts": RIGHT, "Ann (2).ts": RIGHT },
    found: { Ann: true },
    says: { Ann: /if it is another person's, rename it/ },
  },
  {
    name: "names that differ in capitals",
    files: { "Ada/oneHot.ts": RIGHT, "ada/oneHot.ts": RIGHT },
    found: { Ada: true, ada: true },
    says: { ada: /Ada has nearly the same name/, Ada: /ada has nearly the same name/ },
    tells: [/nearly the same names, taken for different people/],
  },
  {
    name: "names whose letters are written in two ways",
    files: { "M\u00fcller/oneHot.ts": RIGHT, "Mu\u0308ller/oneHot.ts": RIGHT },
    found: { "M\u00fcller": true, "Mu\u0308ller": true },
    says: { "M\u00fcller": /nearly the same name/ },
    tells: [/nearly the same names, taken for different people/],
  },
  {
    name: "people whose names are no UTF-8: in Latin-1, in an old zip's, in none",
    files: {
      "M\udcfcller/oneHot.ts": RIGHT,
      "M\udcf6ller/oneHot.ts": RIGHT,
      "J\udc94rg.ts": RIGHT,
      "X\udc81\udcff/oneHot.ts": RIGHT,
      "Zo\udceb.zip": zipped({ "oneHot.ts": RIGHT }),
      "ok/oneHot.ts": RIGHT,
    },
    found: {
      "M\u00fcller": true,
      "M\u00f6ller": true,
      "J\u00f6rg": true,
      "X[x81]\u00ff": true,
      "Zo\u00eb": true,
      ok: true,
    },
  },
  {
    name: "people whose names would be read alike",
    files: {
      "M\udcfcller/oneHot.ts": RIGHT,
      "M\udc81ller_oneHot.ts": RIGHT,
      "M\u00fcller/a.pdf": "x",
    },
    found: { "M[xFC]ller": true, "M[x81]ller": true, "M\u00fcller": false },
  },
  {
    name: "names in nbgrader's tree that are no UTF-8",
    files: { "submitted/M\udcfcller/\udcdcbung/a.ipynb": notebook },
    found: { "M\u00fcller": true },
  },
  {
    name: "one student's own folder",
    files: { "02-01-oneHot.ts": RIGHT, "03-losses.ipynb": notebookOf(cell("1;")) },
    found: { ps1: true },
    says: { ps1: /one student's own folder/ },
  },
  {
    name: "GitHub Classroom's folders",
    files: { "ps1-ada-l/oneHot.ts": RIGHT, "ps1-ada/oneHot.ts": RIGHT, "ps1-bob/README.md": "x" },
    found: { "ada-l": true, ada: true, bob: false },
    says: { bob: /what lies there: README\.md/ },
  },
  {
    name: "folders of which some alone begin as GitHub Classroom's",
    files: { "ps1-ada/oneHot.ts": RIGHT, "ada/oneHot.ts": RIGHT },
    found: { "ps1-ada": true, ada: true },
  },
  {
    name: "Canvas' names in small letters, one person's two files and one sent again",
    files: {
      "leebob_late_812_90100_oneHot.ts": RIGHT,
      "leebob_late_812_90101_notes-1.ts": "1;",
      "leebob_813_90102_oneHot-2.ts": RIGHT,
    },
    found: { "leebob (812)": true, "leebob (813)": true },
    says: { "leebob (812)": /handed in late, as Canvas says/ },
  },
  {
    name: "names that only look like Canvas'",
    files: { "hw_2_3_ada.ts": RIGHT, "hw_2_4_bob.ts": "1;" },
    found: { "hw (2)": true },
    says: {
      "hw (2)": /hw_2_4_bob\.ts: taken for hw \(2\)'s; if it is another person's, rename it/,
    },
  },
  {
    name: "Moodle's folders where names are hidden, and of a group",
    files: {
      "Participant_11_assignsubmission_file_/oneHot.ts": RIGHT,
      "Participant_12_assignsubmission_file_/oneHot.ts": RIGHT,
      "Group A-Ann O'Neil-Lee_13_assignsubmission_file_/oneHot.ts": RIGHT,
    },
    found: {
      "Participant (11)": true,
      "Participant (12)": true,
      "Group A-Ann O'Neil-Lee (13)": true,
    },
  },
  {
    name: "nbgrader's tree beside its other folders",
    files: {
      "source/ps1/ps1.ipynb": notebook,
      "submitted/ada/ps1/ps1.ipynb": notebook,
      "submitted/ada-l/ps1/ps1.ipynb": "",
      "submitted/ada-l/ps1/timestamp.txt": "2026-12-01 10:00:00.000000 UTC",
      "autograded/ada/ps1/ps1.ipynb": notebook,
    },
    found: { ada: true, "ada-l": false },
    says: { "ada-l": /the file is empty/ },
  },
  {
    name: "a tar.gz in each of nbgrader's folders",
    files: {
      "submitted/ada/ps1/work.tar.gz": gzipSync(tarOf([{ name: "work/a.ipynb", text: notebook }])),
      "submitted/bob/ps1/a.ipynb": notebook,
    },
    found: { ada: true, bob: true },
  },
  {
    name: "names that differ in blanks, marks of versions and copies",
    files: {
      ...{ "Tim /oneHot.ts": RIGHT, "Tim/oneHot.ts": RIGHT, "cy lee/oneHot.ts": RIGHT },
      ...{ "cy_lee/oneHot.ts": RIGHT, "ada_v1.ts": RIGHT, "ada_v2.ts": RIGHT },
      ...{ "bo (1)/oneHot.ts": RIGHT, "bo/oneHot.ts": RIGHT },
    },
    found: {
      ...{ "Tim ": true, Tim: true, "cy lee": true, cy_lee: true, ada_v1: true, ada_v2: true },
      ...{ "bo (1)": true, bo: true },
    },
    says: { bo: /bo \(1\) has nearly the same name/, ada_v1: /ada_v2 has nearly the same name/ },
    tells: [/different people: Tim/, /cy.lee, cy.lee/, /ada_v1, ada_v2/, /bo.*, bo/],
  },
  {
    name: "Google Classroom's loose files",
    files: {
      "Jane Doe - oneHot.ts": RIGHT,
      "Jane Doe - rnnForward.ts": "1;",
      "Jo - oneHot.ts": RIGHT,
    },
    found: { "Jane Doe": true, Jo: true },
  },
  {
    name: "Blackboard's attempts with their texts",
    files: {
      "ps1_jdoe_attempt_2026-11-20-10-00-00_oneHot.ts": RIGHT,
      "ps1_jdoe_attempt_2026-11-20-10-00-00.txt": "x",
      "ps1_smith_attempt_2026-11-19-09-00-00_oneHot.ts": RIGHT,
      "ps1_smith_attempt_2026-11-19-19-00-00_oneHot.ts": RIGHT,
    },
    found: {
      "ps1_jdoe_attempt_2026-11-20-10-00-00": true,
      "ps1_smith_attempt_2026-11-19-09-00-00": true,
      "ps1_smith_attempt_2026-11-19-19-00-00": true,
    },
    says: { "ps1_smith_attempt_2026-11-19-09-00-00": /-19-00-00 has nearly the same name/ },
    tells: [/nearly the same names/],
  },
  {
    name: "Brightspace's folders, one person's twice",
    files: {
      "index.html": "x",
      "11-22 - Jane Doe - Nov 20, 2026 1011 PM/oneHot.ts": RIGHT,
      "11-33 - Al Smith - Nov 20, 2026 1011 PM/oneHot.ts": RIGHT,
      "11-33 - Al Smith - Nov 19, 2026 1011 PM/oneHot.ts": RIGHT,
    },
    found: {
      "11-22 - Jane Doe - Nov 20, 2026 1011 PM": true,
      "11-33 - Al Smith - Nov 20, 2026 1011 PM": true,
      "11-33 - Al Smith - Nov 19, 2026 1011 PM": true,
    },
    tells: [/passed over: index\.html/, /nearly the same names.*Al Smith.*Al Smith/],
  },
  // what lies beside hand-ins
  {
    name: "loose files of other kinds",
    files: {
      "ann.ts": RIGHT,
      "eve.txt": RIGHT,
      "fay.7z": "x",
      "gil.pdf": "x",
      "hal.docx": "x",
      "kim.py": "x",
      "max.json": "{}",
      ned: RIGHT,
      "j.doe": RIGHT,
      "j.lee": RIGHT,
      "oli.ts.bak": RIGHT,
      "rob.gz": "x",
      "sue.tar.bz2": "x",
      "tom.d.ts": RIGHT,
    },
    found: {
      ...{ ann: true, eve: false, fay: false, gil: false, hal: false, kim: false, max: false },
      ...{ ned: false, "j.doe": false, "j.lee": false, oli: false, rob: false, sue: false },
      tom: false,
    },
    says: {
      gil: /what lies there: gil\.pdf; hand in the notebook or the \.ts files/,
      sue: /what lies there: sue\.tar\.bz2; unpack it, or pack it as \.zip/,
      ned: /what lies there: ned; hand in/,
    },
  },
  {
    name: "a loose file of another kind beside folders",
    files: { "ada/oneHot.ts": RIGHT, "eve.pdf": "x", "leebob_812_90100_notes.csv": "x" },
    found: { ada: true, eve: false, "leebob (812)": false },
  },
  {
    name: "what systems, platforms and instructors leave",
    files: {
      ...{ "ada.ts": RIGHT, ".DS_Store": "x", "Thumbs.db": "x", "desktop.ini": "x" },
      ...{ "__MACOSX/._ada.ts": "x", "grades.csv": "x", "course.yaml": "x", "README.md": "x" },
      ...{ "index.html": "x", ".git/config.ts": "x", "gradebook.sqlite-wal": "x" },
      "submission_metadata.yml": "x",
    },
    found: { ada: true },
    tells: [
      /passed over: .*\.DS_Store/,
      /README\.md/,
      /grades\.csv/,
      /__MACOSX/,
      /put into a folder of the student's name/,
    ],
  },
  {
    name: "a hidden folder of a student, and hidden ones of programs",
    files: { ".jane/oneHot.ts": RIGHT, "ok/oneHot.ts": RIGHT, ".autosave/x.bin": "x" },
    found: { ".jane": true, ok: true },
    tells: [/passed over: \.autosave/],
  },
  {
    name: "what lies beside the folders of nbgrader's tree, of one assignment",
    files: {
      "submitted/ada/ps1/oneHot.ts": RIGHT,
      "submitted/ada/notes.txt": "x",
      "submitted/dan/oneHot.ts": RIGHT,
      "submitted/eve.zip": zipped({ "oneHot.ts": RIGHT }),
      "submitted/fay/ps1.zip": zipped({ "oneHot.ts": RIGHT }),
      "submitted/gil.pdf": "x",
      "submitted/hal/.DS_Store": "x",
      "submitted/.DS_Store": "x",
    },
    found: { ada: true, dan: true, eve: true, fay: true, gil: false, hal: false },
    says: {
      dan: /oneHot\.ts lies outside the assignment's folder: expected in submitted\/dan\/ps1\//,
      gil: /what lies there: gil\.pdf/,
      hal: /nothing was handed in: expected files in submitted\/hal\/ps1\//,
    },
    tells: [/passed over: .*\.DS_Store/, /ada\/notes\.txt/],
  },
  // one folder around others
  {
    name: "one folder around a class",
    files: { "all/ada/oneHot.ts": RIGHT, "all/bea/oneHot.ts": "x", "README.md": "x" },
    found: { ada: true, bea: false },
    tells: [/all holds several students' hand-ins: ada, bea/, /README\.md/],
  },
  {
    name: "two folders around a class, in one another",
    files: {
      "a/b/ada/02-cell.ipynb": notebook,
      "a/b/bea/02-cell.ipynb": notebook,
      "a/b/c/x.md": "",
    },
    found: { ada: true, bea: true, c: false },
    tells: [/b holds several/],
  },
  {
    name: "a platform's folders in a folder beside another student",
    files: {
      "all/Ann Lee_11_assignsubmission_file_/a.ipynb": notebook,
      "all/Bo Ray_12_assignsubmission_file_/b.ipynb": notebook,
      "cy/oneHot.ts": RIGHT,
    },
    found: { "Ann Lee (11)": true, "Bo Ray (12)": true, cy: true },
    tells: [/all holds several students'/],
  },
  {
    name: "Canvas' files in a folder",
    files: { "all/leeann_1234_5_oneHot.ts": RIGHT, "all/raybob_1235_6_oneHot.ts": RIGHT },
    found: { "leeann (1234)": true, "raybob (1235)": true },
    tells: [/all holds several students'/],
  },
  {
    name: "the sections of a course, with two people of one name",
    files: {
      "section A/ada/oneHot.ts": RIGHT,
      "section A/bea/oneHot.ts": RIGHT,
      "section B/ada/oneHot.ts": RIGHT,
      "section B/cy/oneHot.ts": RIGHT,
    },
    found: { "section A/ada": true, "section B/ada": true, bea: true, cy: true },
    says: { "section A/ada": /section B\/ada has nearly the same name/ },
    tells: [/section A holds several/, /section B holds several/, /nearly the same names/],
  },
  {
    name: "one student's folders, of which all hold the exercise",
    files: { "ada/src/oneHot.ts": RIGHT, "ada/backup/oneHot.ts": RIGHT },
    found: { ada: true },
    says: { ada: /its folders backup, src each hold oneHot: taken for one student's/ },
    tells: [/ada: its folders backup, src each hold oneHot.*if they are several people's/],
  },
  {
    name: "students' own folders in a class",
    files: {
      "ada/src/oneHot.ts": RIGHT,
      "ada/old version/oneHot.ts": RIGHT,
      "bob/1/oneHot.ts": RIGHT,
      "bob/2/oneHot.ts": RIGHT,
      "cy/oneHot/index.ts": RIGHT,
      "cy/rnnForward/index.ts": "1;",
    },
    found: { ada: true, bob: true, cy: true },
  },
  {
    name: "one folder around folders that hold different work",
    files: { "all/ada/mine.ts": RIGHT, "all/bea/work.ts": RIGHT },
    found: { all: true },
    tells: [/all: its folders ada, bea each hold work: taken for one student's/],
  },
  {
    name: "one student's folders by topic",
    files: { "ada/rnn/index.ts": RIGHT, "ada/lstm/index.ts": "1;" },
    found: { ada: true },
    tells: [/ada: its folders lstm, rnn each hold index/],
  },
  {
    name: "one folder around files that are named after people",
    files: { "all/ada_oneHot.ts": RIGHT, "all/bea_oneHot.ts": RIGHT },
    found: { all: true },
    tells: [/all: its files are named after ada, bea/],
  },
];
