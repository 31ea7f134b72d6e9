/**
 * A PostgreSQL server of the tests' own: a cluster in a temporary folder, reached through a socket there,
 * run by another user than root (as which PostgreSQL refuses to run).
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { requireOrSkip } from "../../../requirements.js";

/** The user "nobody". */
const NOBODY = 65_534;

/** The folder of PostgreSQL's programs: Debian keeps each version in one of its own. */
function programs(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...versions.toSorted((a, b) => Number(b) - Number(a)).map((one) => join(debian, one, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  return folders.find((folder) =>
    ["initdb", "pg_ctl"].every((one) => existsSync(join(folder, one))),
  );
}

/** A running server. */
export class PostgresServer {
  private readonly bin: string;
  private readonly folder: string;
  private databases = 0;

  private constructor(bin: string, folder: string) {
    this.bin = bin;
    this.folder = folder;
  }

  /** Makes a cluster and starts it, or skips where PostgreSQL is missing. */
  static startOrSkip(context: Mocha.Context): PostgresServer {
    const bin = programs();
    requireOrSkip(context, "PostgreSQL", bin !== undefined, "apt-get install postgresql");
    return PostgresServer.begin(bin!);
  }

  /**
   * Makes a cluster and starts it.
   *
   * @throws Error where PostgreSQL is missing
   */
  static start(): PostgresServer {
    const bin = programs();
    if (bin === undefined) throw new Error("PostgreSQL is missing: apt-get install postgresql");
    return PostgresServer.begin(bin);
  }

  private static begin(bin: string): PostgresServer {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-postgres-"));
    const server = new PostgresServer(bin, folder);
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "data"));
    mkdirSync(join(folder, "socket"));
    if (process.getuid?.() === 0) {
      for (const own of ["data", "socket"]) chownSync(join(folder, own), NOBODY, NOBODY);
    }
    server.run("initdb", [
      "--auth=trust",
      "--username=teacher",
      "--no-sync",
      "--encoding=UTF8",
      "--locale=C",
    ]);
    server.resume();
    return server;
  }

  /** The address of a new, empty database. */
  newDatabase(): string {
    const name = `class_${++this.databases}`;
    this.run(
      "createdb",
      [`--host=${join(this.folder, "socket")}`, "--username=teacher", name],
      false,
    );
    return `postgres://teacher@localhost/${name}?host=${join(this.folder, "socket")}`;
  }

  /** Starts it, or starts it again. */
  resume(): void {
    const options = `-c listen_addresses='' -c unix_socket_directories='${join(this.folder, "socket")}' -c fsync=off`;
    this.run("pg_ctl", [
      "start",
      "--wait",
      "--silent",
      "-o",
      options,
      "-l",
      join(this.folder, "data", "log"),
    ]);
  }

  /** Stops it at once, as a crash would. */
  stop(): void {
    this.run("pg_ctl", ["stop", "--wait", "--silent", "--mode=immediate"]);
  }

  /** Stops it, and removes all that it kept. */
  remove(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(program: string, args: readonly string[], withData = true): void {
    const data = withData ? [`--pgdata=${join(this.folder, "data")}`] : [];
    const as = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--"];
    const [command, ...rest] = [
      ...(process.getuid?.() === 0 ? as : []),
      ...[join(this.bin, program), ...data, ...args],
    ];
    const { status, stderr, error } = spawnSync(command!, rest, {
      ...{ cwd: this.folder, encoding: "utf8" },
      // A server keeps what it inherits open: a pipe of ours would never end.
      stdio: ["ignore", "ignore", program === "pg_ctl" ? "ignore" : "pipe"],
    });
    if (status !== 0)
      throw new Error(`${program}: ${error?.message ?? stderr ?? `code ${status}`}`);
  }
}
