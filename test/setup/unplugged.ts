/** Running a program with the network unplugged: in a namespace with nothing but the loopback device. */
import { spawnSync } from "node:child_process";

/** What `unshare` is told; the program and its arguments follow. */
export const unplugged: readonly string[] = [
  ...["--net", "--map-root-user"],
  ...["sh", "-c", 'ip link set lo up; exec "$@"', "sh"],
];

/** Whether this machine allows it. */
export function canUnplug(): boolean {
  return spawnSync("unshare", [...unplugged, "true"]).status === 0;
}

/** What mends a machine that does not. */
export const mendUnplug: string = "apt-get install util-linux iproute2 (and allow user namespaces)";
