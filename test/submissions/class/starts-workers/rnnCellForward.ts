// Leaves the mischief to a thread and to timers that outlive the call.
export function rnnCellForward(): null {
  const code = "for (;;) {}";
  new Worker(`data:text/javascript,${encodeURIComponent(code)}`, { type: "module" });
  setInterval(() => console.error("LEAK a timer ran"), 0);
  queueMicrotask(() => console.error("LEAK a microtask ran"));
  console.error("workers started");
  return null;
}
