/** `unrolled desk`: the gradebook as a local page. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exitCodes } from "#common/exit-codes";
import { getRequestListener } from "@hono/node-server";
import type { Command } from "commander";
import { CourseError } from "../course/courseFile.js";
import { type GradebookPlace, placed, withStore } from "../course/gradebookPlace.js";
import { wholeNumber } from "../optionValues.js";
import type { CourseStore } from "../store/courseStore.js";
import { deskApp } from "./app.js";

interface DeskCommandOptions extends GradebookPlace {
  readonly course?: string;
  readonly port: number;
}

/** Adds `desk`; `onEnd` gets the exit code. */
export function registerDesk(program: Command, onEnd: (code: number) => void): void {
  placed(program.command("desk"))
    .summary("the gradebook as a local page")
    .description(
      "Serves the gradebook to this machine's browser alone: hand-ins with their verdicts, comments, points by hand, who made which mistake. It reads and decides as the gradebook commands do.",
    )
    .option("--course <file>", "the course's settings; ./course.yaml where it is there")
    .option("--port <n>", "where it listens; 0 takes a free one", wholeNumber(0, 65_535), 0)
    .action(async (options: DeskCommandOptions) => {
      onEnd(await withStore(options, (store) => serve(store, options)));
    });
}

/** Serves until the terminal ends it. */
async function serve(store: CourseStore, options: DeskCommandOptions): Promise<number> {
  const server = createServer();
  server.listen(options.port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new CourseError(
      `desk: can't listen on port ${options.port}: ${(error as Error).message}; leave --port out, or take another`,
    );
  }
  const { port } = server.address() as AddressInfo;
  const token = randomBytes(24).toString("base64url");
  const { course } = options;
  const app = deskApp({ store, token, port, ...(course === undefined ? {} : { course }) });
  const answer = getRequestListener(app.fetch);
  server.on("request", (request, response) => void answer(request, response));
  console.log(`The desk: http://127.0.0.1:${port}/?token=${token}\nCtrl+C ends it.`);
  await Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
  server.close();
  server.closeAllConnections();
  return exitCodes.fine;
}
