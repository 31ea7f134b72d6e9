// Leaves timers and promises behind that would run between two questions.
export function rnnCellForward(): null {
  console.error("timers set");
  setInterval(() => console.error("LEAK a timer ran"), 0);
  queueMicrotask(() => console.error("LEAK a microtask ran"));
  void Promise.reject(new Error("LEAK a rejection"));
  return null;
}
