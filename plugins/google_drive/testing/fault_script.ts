/**
 * What goes wrong at the fake server, step by step, without chance and without
 * timers.
 *
 * @module
 */

/** The steps of the protocol, each a place for faults. */
export type Step =
  | "consent"
  | "token"
  | "device_code"
  | "revoke"
  | "about"
  | "generate_ids"
  | "create"
  | "get"
  | "list"
  | "update"
  | "delete"
  | "download"
  | "upload_simple"
  | "upload_begin"
  | "upload_chunk"
  | "upload_query";

/** One thing that goes wrong. */
export type Fault =
  /** Answers with a status; `after` the step was done, only the answer says otherwise. */
  | {
    readonly is: "status";
    readonly status: number;
    readonly reason?: string;
    readonly retryAfter?: string;
    readonly after?: boolean;
  }
  /** Cuts the connection, before the step is done or `after` it. */
  | { readonly is: "drop"; readonly after?: boolean }
  /** Upload: keeps a part of the piece, then cuts. Download: sends a part, then cuts. */
  | { readonly is: "half" }
  /** Upload: keeps a part of the piece and says so. */
  | { readonly is: "short" }
  /** Upload: the session is gone. */
  | { readonly is: "lose"; readonly status: 404 | 410 }
  /** Upload and download: one bit of the bytes changes. */
  | { readonly is: "flip" }
  /** Answers with a page of HTML, as the portal of a network does. */
  | { readonly is: "portal" }
  /** Tells that it was reached, and waits until it is let go. */
  | { readonly is: "hold"; readonly reached: () => void; readonly until: Promise<void> };

/** One line of the script. */
export interface FaultLine {
  readonly step: Step;
  readonly fault: Fault;
  /** The step goes well so many times before. */
  readonly skip?: number;
}

/** The lines that are left. */
export class FaultScript {
  #lines: { step: Step; fault: Fault; skip: number }[] = [];

  /** Adds lines; each happens once. */
  add(...lines: readonly FaultLine[]): void {
    for (const { step, fault, skip = 0 } of lines) this.#lines.push({ step, fault, skip });
  }

  /** What goes wrong at this step now. */
  take(step: Step): Fault | undefined {
    const at = this.#lines.findIndex((line) => line.step === step);
    const line = this.#lines[at];
    if (line === undefined) return undefined;
    if (line.skip-- > 0) return undefined;
    this.#lines.splice(at, 1);
    return line.fault;
  }

  /** Forgets what is left. */
  clear(): void {
    this.#lines = [];
  }

  /** How many lines are left. */
  get left(): number {
    return this.#lines.length;
  }
}
