/**
 * Popular typed packages in the kernel: installed in a temporary folder without their scripts, each imported, checked and
 * used by a cell. `npm run kernel-packages` writes what came of it to test/kernel/packages.md; it takes minutes and a
 * network, so no test does it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { format } from "prettier";
import { KernelClient } from "./kernelClient.js";

/** A package, a cell that uses it with types, the text of its value, and what else it needs. */
type Use = readonly [name: string, cell: string, value: string, ...others: string[]];

const uses: readonly Use[] = [
  [
    "hono",
    'import { Hono } from "hono";\nconst app = new Hono().get("/a/:id", (c) => c.json({ id: c.req.param("id") })).post("/b", (c) => c.text("b"));\nawait (await app.request("/a/7")).text()',
    `'{"id":"7"}'`,
  ],
  [
    "arktype",
    'import { type } from "arktype";\nconst User = type({ name: "string", "age?": "number" });\ntype User = typeof User.infer;\nconst user: User = User.assert({ name: "Ada" });\nuser.name',
    "'Ada'",
  ],
  [
    "@trpc/server",
    'import { initTRPC } from "@trpc/server";\nconst t = initTRPC.create();\nconst router = t.router({ double: t.procedure.input((v: unknown) => Number(v)).query(({ input }) => input * 2) });\nconst caller = t.createCallerFactory(router)({});\nawait caller.double(21)',
    "42",
  ],
  [
    "@octokit/rest",
    'import { Octokit } from "@octokit/rest";\nconst octokit = new Octokit();\nconst { url } = octokit.rest.repos.get.endpoint({ owner: "a", repo: "b" });\nurl',
    "'https://api.github.com/repos/a/b'",
  ],
  [
    "zod",
    'import { z } from "zod";\nconst schema = z.object({ n: z.number().min(1) });\ntype Parsed = z.infer<typeof schema>;\nconst parsed: Parsed = schema.parse({ n: 3 });\nparsed.n',
    "3",
  ],
  [
    "valibot",
    'import * as v from "valibot";\nv.parse(v.object({ a: v.string() }), { a: "x" }).a',
    "'x'",
  ],
  [
    "yup",
    'import * as yup from "yup";\n(await yup.object({ a: yup.number().required() }).validate({ a: "4" })).a',
    "4",
  ],
  ["joi", 'import Joi from "joi";\nJoi.number().validate("5").value as number', "5"],
  [
    "superstruct",
    'import { assert as holds, string, type Infer, object } from "superstruct";\nconst S = object({ a: string() });\nconst s: unknown = { a: "b" };\nholds(s, S);\ns.a',
    "'b'",
  ],
  [
    "io-ts",
    'import * as io from "io-ts";\nio.type({ a: io.number }).decode({ a: 1 })._tag',
    "'Right'",
    "fp-ts",
  ],
  [
    "fp-ts",
    'import { pipe } from "fp-ts/function";\nimport * as O from "fp-ts/Option";\npipe(O.some(20), O.map((n) => n + 1), O.getOrElse(() => 0))',
    "21",
  ],
  [
    "effect",
    'import { Effect, Option } from "effect";\nEffect.runSync(Effect.map(Effect.succeed(20), (n) => n + 1))',
    "21",
  ],
  [
    "neverthrow",
    'import { ok, type Result } from "neverthrow";\nconst r: Result<number, string> = ok(1);\nr.map((n) => n + 1).unwrapOr(0)',
    "2",
  ],
  [
    "ts-pattern",
    'import { match, P } from "ts-pattern";\nmatch<number | string>("a").with(P.string, (s) => s.length).otherwise((n) => n)',
    "1",
  ],
  [
    "type-fest",
    'import type { CamelCase } from "type-fest";\nconst camel: CamelCase<"foo-bar"> = "fooBar";\ncamel',
    "'fooBar'",
  ],
  ["lodash", 'import _ from "lodash";\n_.chunk([1, 2, 3], 2).length', "2", "@types/lodash"],
  [
    "lodash-es",
    'import { groupBy, sum } from "lodash-es";\nsum(Object.values(groupBy([1, 2, 3], (n) => n % 2)).map((g) => g.length))',
    "3",
    "@types/lodash-es",
  ],
  [
    "ramda",
    'import * as R from "ramda";\nR.pipe(R.map((n: number) => n * 2), R.sum)([1, 2, 3])',
    "12",
    "@types/ramda",
  ],
  [
    "immer",
    'import { produce } from "immer";\nproduce({ a: 1 }, (draft) => { draft.a = 2; }).a',
    "2",
  ],
  [
    "rxjs",
    'import { firstValueFrom, from, map, toArray } from "rxjs";\nawait firstValueFrom(from([1, 2]).pipe(map((n) => n * 2), toArray()))',
    "[ 2, 4 ]",
  ],
  [
    "date-fns",
    'import { addDays, formatISO } from "date-fns";\nformatISO(addDays(new Date(2026, 0, 1), 1), { representation: "date" })',
    "'2026-01-02'",
  ],
  [
    "dayjs",
    'import dayjs from "dayjs";\ndayjs("2026-01-01").add(1, "month").format("YYYY-MM")',
    "'2026-02'",
  ],
  [
    "luxon",
    'import { DateTime } from "luxon";\nDateTime.fromISO("2026-01-01").plus({ days: 3 }).day',
    "4",
    "@types/luxon",
  ],
  ["nanoid", 'import { nanoid } from "nanoid";\nnanoid(8).length', "8"],
  ["uuid", 'import { v4, validate } from "uuid";\nvalidate(v4())', "true"],
  ["chalk", 'import chalk, { Chalk } from "chalk";\nnew Chalk({ level: 0 }).red("a")', "'a'"],
  [
    "commander",
    'import { Command } from "commander";\nconst program = new Command().option("-n <n>");\nprogram.parse(["-n", "3"], { from: "user" }).opts<{ n: string }>().n',
    "'3'",
  ],
  [
    "yargs",
    'import yargs from "yargs";\n(await yargs(["--n", "3"]).option("n", { type: "number" }).parse()).n',
    "3",
    "@types/yargs",
  ],
  [
    "axios",
    'import axios, { type AxiosRequestConfig } from "axios";\nconst config: AxiosRequestConfig = { url: "/a", baseURL: "http://b", params: { c: 1 } };\naxios.getUri(config)',
    "'http://b/a?c=1'",
  ],
  [
    "express",
    'import express from "express";\nconst server = express().get("/", (request, response) => { response.send(request.path); });\ntypeof server.listen',
    "'function'",
    "@types/express",
  ],
  [
    "fastify",
    'import fastify from "fastify";\nconst fast = fastify();\nfast.get("/", async () => ({ a: 1 }));\n(await fast.inject("/")).json<{ a: number }>().a',
    "1",
  ],
  [
    "ws",
    'import { WebSocketServer } from "ws";\nconst sockets = new WebSocketServer({ noServer: true });\nsockets.clients.size',
    "0",
    "@types/ws",
  ],
  [
    "kysely",
    'import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";\nconst db = new Kysely<{ t: { a: number } }>({ dialect: { createAdapter: () => new SqliteAdapter(), createDriver: () => new DummyDriver(), createIntrospector: (d) => new SqliteIntrospector(d), createQueryCompiler: () => new SqliteQueryCompiler() } });\ndb.selectFrom("t").select("a").compile().sql',
    `'select "a" from "t"'`,
  ],
  [
    "drizzle-orm",
    'import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";\nconst users = sqliteTable("users", { id: integer("id").primaryKey(), name: text("name").notNull() });\nconst row: typeof users.$inferInsert = { name: "Ada" };\nrow.name',
    "'Ada'",
  ],
  [
    "graphql",
    'import { buildSchema, graphql } from "graphql";\nString((await graphql({ schema: buildSchema("type Query { a: Int }"), source: "{ a }", rootValue: { a: 5 } })).data?.["a"])',
    "'5'",
  ],
  [
    "ajv",
    'import { Ajv } from "ajv";\nnew Ajv().compile<{ a: number }>({ type: "object", required: ["a"] })({ a: 1 })',
    "true",
  ],
  [
    "react",
    'import { createElement, useState } from "react";\nimport { renderToStaticMarkup } from "react-dom/server";\nfunction Counter() { const [n] = useState(3); return createElement("b", null, n); }\nrenderToStaticMarkup(createElement(Counter))',
    "'<b>3</b>'",
    "react-dom",
    "@types/react",
    "@types/react-dom",
  ],
  [
    "preact",
    'import { h as element } from "preact";\nimport render from "preact-render-to-string";\nrender(element("i", { class: "a" }, "b"))',
    `'<i class="a">b</i>'`,
    "preact-render-to-string",
  ],
  [
    "vue",
    'import { computed, ref } from "vue";\nconst count = ref(2);\nconst doubled = computed(() => count.value * 2);\ndoubled.value',
    "4",
  ],
  [
    "mobx",
    'import { computed as derived, observable } from "mobx";\nconst box = observable.box(2);\nderived(() => box.get() * 2).get()',
    "4",
  ],
  [
    "@reduxjs/toolkit",
    'import { configureStore, createSlice } from "@reduxjs/toolkit";\nconst slice = createSlice({ name: "n", initialState: 0, reducers: { add: (n) => n + 1 } });\nconst store = configureStore({ reducer: slice.reducer });\nstore.dispatch(slice.actions.add());\nstore.getState()',
    "1",
  ],
  [
    "zustand",
    'import { createStore } from "zustand/vanilla";\nconst bear = createStore<{ n: number }>(() => ({ n: 2 }));\nbear.getState().n',
    "2",
  ],
  [
    "xstate",
    'import { createActor, createMachine } from "xstate";\nconst actor = createActor(createMachine({ initial: "a", states: { a: { on: { GO: "b" } }, b: {} } })).start();\nactor.send({ type: "GO" });\nactor.getSnapshot().value',
    "'b'",
  ],
  ["three", 'import { Vector3 } from "three";\nnew Vector3(1, 2, 2).length()', "3", "@types/three"],
  [
    "d3",
    'import * as d3 from "d3";\nd3.scaleLinear().domain([0, 1]).range([0, 10])(0.5)',
    "5",
    "@types/d3",
  ],
  [
    "@observablehq/plot",
    'import * as Plot from "@observablehq/plot";\nconst options: Plot.PlotOptions = { marks: [Plot.dot([[1, 2]])] };\noptions.marks?.length',
    "1",
  ],
  [
    "apache-arrow",
    'import { tableFromArrays } from "apache-arrow";\ntableFromArrays({ a: Float32Array.of(1, 2) }).numRows',
    "2",
  ],
  ["mathjs", 'import { evaluate } from "mathjs";\nevaluate("2 + 3") as number', "5"],
  [
    "ml-matrix",
    'import { Matrix } from "ml-matrix";\nnew Matrix([[1, 2], [3, 4]]).mmul(Matrix.eye(2)).get(1, 0)',
    "3",
  ],
  ["simple-statistics", 'import { mean } from "simple-statistics";\nmean([1, 2, 3])', "2"],
  [
    "decimal.js",
    'import { Decimal } from "decimal.js";\nnew Decimal("0.1").plus("0.2").toString()',
    "'0.3'",
  ],
  [
    "bignumber.js",
    'import { BigNumber } from "bignumber.js";\nnew BigNumber("0.1").plus("0.2").toString()',
    "'0.3'",
  ],
  ["cheerio", 'import { load } from "cheerio";\nload("<p>a</p>")("p").text()', "'a'"],
  [
    "marked",
    'import { marked } from "marked";\n(await marked.parse("*a*")).trim()',
    "'<p><em>a</em></p>'",
  ],
  ["yaml", 'import { parse } from "yaml";\n(parse("a: [1, 2]") as { a: number[] }).a.length', "2"],
  [
    "csv-parse",
    'import { parse as csv } from "csv-parse/sync";\n(csv("a,b\\n1,2", { columns: true }) as { a: string }[])[0]!.a',
    "'1'",
  ],
  [
    "papaparse",
    'import Papa from "papaparse";\nPapa.parse<{ a: string }>("a\\n1", { header: true }).data[0]!.a',
    "'1'",
    "@types/papaparse",
  ],
  ["execa", 'import { execa } from "execa";\n(await execa("echo", ["hi"])).stdout', "'hi'"],
  ["p-limit", 'import pLimit from "p-limit";\nawait pLimit(1)(async () => 3)', "3"],
  ["ky", 'import ky, { HTTPError } from "ky";\ntypeof ky.extend({ timeout: 1 }).get', "'function'"],
  ["undici", 'import { Agent } from "undici";\nnew Agent().closed', "false"],
  [
    "openai",
    'import OpenAI from "openai";\nconst client = new OpenAI({ apiKey: "none" });\ntypeof client.chat.completions.create',
    "'function'",
  ],
  [
    "@langchain/core",
    'import { HumanMessage } from "@langchain/core/messages";\nnew HumanMessage("hi").content',
    "'hi'",
  ],
  ["semver", 'import semver from "semver";\nsemver.gt("2.0.0", "1.9.9")', "true", "@types/semver"],
  ["glob", 'import { glob } from "glob";\n(await glob("package.json")).length', "1"],
  [
    "jsdom",
    'import { JSDOM } from "jsdom";\nnew JSDOM("<p>a</p>").window.document.querySelector("p")?.textContent',
    "'a'",
    "@types/jsdom",
  ],
  ["pino", 'import pino from "pino";\npino({ level: "silent" }).level', "'silent'"],
  [
    "sharp",
    'import sharp from "sharp";\n(await sharp({ create: { width: 2, height: 3, channels: 3, background: "red" } }).png().toBuffer({ resolveWithObject: true })).info.height',
    "3",
  ],
];

const folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-popular-")));
let failed = 0;
try {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const names = [...new Set(uses.flatMap(([name, , , ...others]) => [name, ...others]))];
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps"];
  const { status, stderr } = spawnSync("npm", ["install", ...flags, ...names], {
    ...{ cwd: folder, encoding: "utf8" as const },
  });
  if (status !== 0) throw new Error(stderr);
  const kernel = await KernelClient.start({ folder });
  const rows: string[] = [];
  for (const [name, cell, value] of uses) {
    const started = performance.now();
    const { result, evalue, ename } = await kernel.run(cell, {}, 60_000);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const isRight = result === value;
    if (!isRight) failed++;
    const said = isRight ? "yes" : `no: ${result ?? `${ename}: ${evalue.slice(0, 300)}`}`;
    const { version } = JSON.parse(
      readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
    ) as { readonly version: string };
    rows.push(
      `| ${name} | ${version} | ${said.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")} | ${seconds} |`,
    );
    console.log(rows.at(-1));
  }
  await kernel.stop();
  const { length } = uses;
  const date = new Date().toISOString().slice(0, 10);
  const table = await format(
    `# Popular packages in the kernel\n\n` +
      `${length - failed} of ${length} typed packages are imported, checked and used by a cell as they should be (${date}, Node ${process.versions.node}; ` +
      "`npm run kernel-packages`, which has the cells).\n\n" +
      `| package | version | works | seconds |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`,
    { parser: "markdown" },
  );
  writeFileSync(inPack("test", "kernel", "packages.md"), table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
