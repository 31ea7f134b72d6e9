import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { protocolVersion } from "./wire.js";

/**
 * Who this kernel is.
 *
 * @param packFolder - the folder of the pack that it belongs to
 * @returns the content of a `kernel_info_reply`
 */
export function kernelInfo(packFolder: string): object {
  const description = join(packFolder, "package.json");
  const version = versionIn(description);
  const typescript = versionIn(createRequire(description).resolve("typescript/package.json"));
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "unrolled",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { name: "javascript", typescript: true },
      pygments_lexer: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `Unrolled ${version}: TypeScript ${typescript} on Node ${process.versions.node}`,
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      { text: "Vega-Lite", url: "https://vega.github.io/vega-lite/docs/" },
    ],
    debugger: false,
  };
}

function versionIn(path: string): string {
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
