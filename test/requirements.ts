/**
 * Skips the running test or suite where the machine lacks something, with one line that names the
 * command which mends it. Under UNROLLED_REQUIRE_ALL=1 (continuous integration) a skip is a failure.
 *
 * @param context `this` of a test, or of a before hook: then the whole suite is skipped.
 * @param what What is needed, such as "bubblewrap".
 * @param present Whether the machine has it.
 * @param mend The command that installs it.
 * @throws Error under UNROLLED_REQUIRE_ALL=1; mocha's own skip otherwise.
 *
 * @example
 * before(function () {
 *   requireOrSkip(this, "bubblewrap", onPath("bwrap"), "apt-get install bubblewrap");
 * });
 */
export function requireOrSkip(
  context: Mocha.Context,
  what: string,
  present: boolean,
  mend: string,
): void {
  if (present) return;
  const line = `needs ${what}; mend it with: ${mend}`;
  if (process.env["UNROLLED_REQUIRE_ALL"] === "1") {
    throw new Error(`requireOrSkip: ${line}; under UNROLLED_REQUIRE_ALL=1 nothing may be skipped`);
  }
  console.log(`      skipped: ${context.test?.parent?.fullTitle() ?? "test"} ${line}`);
  context.skip();
}
