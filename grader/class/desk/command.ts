/** `unrolled desk`: the gradebook as a local page. */
import { once } from "node:events";
import { exitCodes } from "#common/exit-codes";
import type { Command } from "commander";
import { type GradebookPlace, placed, withStore } from "../course/gradebookPlace.js";
import { wholeNumber } from "../optionValues.js";
import { startDesk } from "./server.js";

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
    .action(async ({ course, port, ...place }: DeskCommandOptions) => {
      const serve = async (wanted: Parameters<typeof startDesk>[0]): Promise<number> => {
        const desk = await startDesk(wanted);
        console.log(`The desk: ${desk.address}\nCtrl+C ends it.`);
        await Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
        desk.close();
        return exitCodes.fine;
      };
      const own = course === undefined ? {} : { course };
      onEnd(await withStore(place, (store) => serve({ store, port, ...own })));
    });
}
