/**
 * A run whose events go to the terminal UI.
 *
 * @module
 */

import type { Work } from "../../tui/actions.ts";
import type { Run } from "../session.ts";

/** The run as one piece of work of the UI sees it: its own events, its own end. */
export function jobRun(run: Run, { signal, onEvent }: Work): Run {
  const nothing = (): void => undefined;
  const printer = {
    event: onEvent,
    note: nothing,
    result: nothing,
    failure: nothing,
    clear: nothing,
  };
  return { ...run, printer, signal };
}
