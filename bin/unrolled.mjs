#!/usr/bin/env node
// The one command. It runs on a machine where nothing is installed yet, perhaps not even a
// recent Node, so this file is written in JavaScript that Node 12 can read: only when the
// version is right is anything newer loaded.

var needed = [20, 19];
var found = process.versions.node.split(".").map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    "unrolled: Node is too old: expected " +
      needed.join(".") +
      " or newer (the lessons' packages need it), got " +
      process.versions.node +
      "; mend it with: nvm install 22   (or: sudo npx n 22)",
  );
  process.exitCode = 1;
} else {
  import("./main.mjs").then(function (main) {
    return main.run(process.argv.slice(2));
  });
}
