// A static import needs no permission in Deno: only the box and its import map stand in the way.
import passwd from "/etc/passwd" with { type: "text" };
console.error(`LEAK ${String(passwd)}`);
export function rnnCellForward(): null {
  return null;
}
