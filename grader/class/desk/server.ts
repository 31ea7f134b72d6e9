/** The desk, served to this machine alone. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { CourseError } from "../course/checkedYaml.js";
import { deskApp, type DeskOptions } from "./app.js";

/** A desk that is being served. */
export interface RunningDesk {
  /** Its address with its token. */
  readonly address: string;
  close(): void;
}

/**
 * Serves the desk on the loopback interface, under a new token.
 *
 * @param wanted - what it serves, and the port; 0 takes a free one
 * @returns once it listens
 * @throws CourseError where the port can't be had
 */
export async function startDesk(wanted: Omit<DeskOptions, "token">): Promise<RunningDesk> {
  const server = createServer();
  server.listen(wanted.port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new CourseError(
      `desk: can't listen on port ${wanted.port}: ${(error as Error).message}; leave --port out, or take another`,
    );
  }
  const { port } = server.address() as AddressInfo;
  const token = randomBytes(24).toString("base64url");
  const answer = getRequestListener(deskApp({ ...wanted, token, port }).fetch);
  server.on("request", (request, response) => void answer(request, response));
  return {
    address: `http://127.0.0.1:${port}/?token=${token}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
