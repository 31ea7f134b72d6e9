/** Comms as the protocol has them: their messages, and which of them are open. */
import type { Bundle, CommEvent } from "./threadMessages.js";
import type { Incoming } from "./wire.js";

/** The comms that are open, whoever opened them. */
export class OpenComms {
  /** Their targets, by their ids. */
  readonly #targets = new Map<string, string>();

  /** Takes notice of a message, from either side. */
  note({ kind, id, target }: CommEvent): void {
    if (kind === "open") this.#targets.set(id, target);
    if (kind === "close") this.#targets.delete(id);
  }

  /** Whether a message goes to a comm that is open. */
  has({ header, content }: Incoming): boolean {
    return /^comm_(msg|close)$/.test(header.msg_type) && this.#targets.has(idOf(content));
  }

  /**
   * The open comms as `comm_info_reply` has them.
   *
   * @param target - the name of a target, to have its comms alone
   * @returns their targets, by their ids
   */
  named(target: unknown): Record<string, { readonly target_name: string }> {
    const wanted = Array.from(this.#targets).filter(
      ([, name]) => typeof target !== "string" || target === "" || name === target,
    );
    return Object.fromEntries(wanted.map(([id, target_name]) => [id, { target_name }]));
  }
}

/**
 * What a message from the front end says.
 *
 * @param message - a `comm_open`, `comm_msg` or `comm_close`
 * @returns the event
 */
export function commEventOf({ header, content, metadata, buffers }: Incoming): CommEvent {
  return {
    kind: header.msg_type.slice("comm_".length) as CommEvent["kind"],
    id: idOf(content),
    target: String(content["target_name"] ?? ""),
    data: (content["data"] ?? {}) as Bundle,
    metadata,
    buffers,
  };
}

/**
 * An event's message to the front end.
 *
 * @param event - what a cell sends
 * @returns the content of the message
 */
export function contentOf({ kind, id, target, data }: CommEvent): object {
  return { comm_id: id, data, ...(kind === "open" && { target_name: target }) };
}

function idOf(content: Bundle): string {
  return String(content["comm_id"] ?? "");
}
