// The command that installs a system package here, for messages; nothing is run.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

/** Whether a program is on the PATH. */
export function onPath(program) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && existsSync(join(folder, program)));
}

const managers = [
  { program: "brew", install: "brew install", sudo: false, names: "brew" },
  { program: "apt-get", install: "apt-get install -y", sudo: true, names: "apt" },
  { program: "dnf", install: "dnf install -y", sudo: true, names: "dnf" },
  { program: "pacman", install: "pacman -S --needed", sudo: true, names: "pacman" },
  { program: "apk", install: "apk add", sudo: true, names: "apk" },
];

const packages = {
  python: {
    brew: "python",
    apt: "python3 python3-venv",
    dnf: "python3",
    pacman: "python",
    apk: "python3",
  },
  bubblewrap: { apt: "bubblewrap", dnf: "bubblewrap", pacman: "bubblewrap", apk: "bubblewrap" },
  chromium: {
    brew: "--cask chromium",
    apt: "chromium",
    dnf: "chromium",
    pacman: "chromium",
    apk: "chromium",
  },
  compiler: { apt: "g++ binutils", dnf: "gcc-c++ binutils", pacman: "gcc", apk: "g++" },
  git: { brew: "git", apt: "git", dnf: "git", pacman: "git", apk: "git" },
};

/**
 * The command that installs a system package on this machine.
 * @param {keyof typeof packages} what
 * @returns {string}
 */
export function installCommand(what) {
  for (const { program, install, sudo, names } of managers) {
    const wanted = packages[what][names];
    if (wanted === undefined || !onPath(program)) continue;
    return `${sudo && process.getuid?.() !== 0 ? "sudo " : ""}${install} ${wanted}`;
  }
  return `your system's package manager (package: ${packages[what].apt})`;
}
