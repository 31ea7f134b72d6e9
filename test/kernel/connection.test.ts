import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownArgv } from "./kernelClient.js";

interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

const channelNames = ["shell", "control", "stdin", "iopub", "hb"];

describe("kernel: a connection file that it cannot serve is one line, and the exit code 1", function () {
  this.timeout(40_000);
  let folder: string;
  let servers: Server[];
  let ports: number[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-connection-"));
    servers = channelNames.map(() => createServer());
    ports = await Promise.all(
      servers.map(
        (server) =>
          new Promise<number>((resolve) =>
            server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
          ),
      ),
    );
  });
  after(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  /** Starts a kernel with this as its connection file, and waits for its end. */
  async function start(text: string): Promise<Ending> {
    const file = join(folder, "connection.json");
    writeFileSync(file, text);
    const [program, ...rest] = ownArgv().map((part) => part.replace("{connection_file}", file));
    const child = spawn(program!, rest, { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) =>
      child.on("close", (code, signal) => resolve({ code, signal, stderr })),
    );
  }

  function connection(taken: readonly string[], ip = "127.0.0.1"): string {
    const chosen = channelNames.map((name, i) => [
      `${name}_port`,
      // 0: ZeroMQ takes one that is free.
      taken.includes(name) ? ports[i] : 0,
    ]);
    return JSON.stringify({ transport: "tcp", ip, key: "k", ...Object.fromEntries(chosen) });
  }

  function assertOneLine({ code, signal, stderr }: Ending, words: RegExp): void {
    assert.deepEqual([code, signal], [1, null], stderr);
    const lines = stderr.split("\n").filter((line) => line !== "" && !line.includes("snapshot"));
    assert.equal(lines.length, 1, stderr);
    assert.match(lines[0]!, words);
  }

  for (const name of ["shell", "hb"]) {
    it(`the port of ${name} is taken`, async () => {
      const ending = await start(connection([name]));
      const port = ports[channelNames.indexOf(name)];
      const words = `openChannels: ${name}_port ${port} is taken: .*EADDRINUSE.*; start the kernel again`;
      assertOneLine(ending, new RegExp(words));
    });
  }

  it("all ports are taken", async () => {
    const ending = await start(connection(channelNames));
    assertOneLine(ending, new RegExp(`shell_port ${ports[0]} is taken`));
  });

  it("the address is none of the machine's", async () => {
    assertOneLine(
      await start(connection([], "192.0.2.1")),
      /shell_port 0 is refused: .*192\.0\.2\.1/,
    );
  });

  it("the file is none", async () => {
    assertOneLine(await start("{"), /readConnection: the file is wrong: expected a JSON object/);
    assertOneLine(await start("[1]"), /readConnection: ip is wrong/);
  });
});
