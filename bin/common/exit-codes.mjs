/** What the commands end with. */
export const exitCodes = {
  /** Done: passed, or graded. */
  fine: 0,
  /** Not passed yet, or not possible on this machine as it is. */
  notYet: 1,
  /** Wrong usage or input. */
  usage: 2,
  /** No sandbox to grade in. */
  noSandbox: 3,
  /** A failure of ours. */
  ownFailure: 4,
};

/** The same for people, for --help. */
export const exitCodesText = [
  "Exit codes:",
  `  ${exitCodes.fine}  fine: passed, or graded`,
  `  ${exitCodes.notYet}  not passed yet, or not possible on this machine as it is`,
  `  ${exitCodes.usage}  wrong usage or input`,
  `  ${exitCodes.noSandbox}  no sandbox (grade)`,
  `  ${exitCodes.ownFailure}  a failure of ours`,
].join("\n");
