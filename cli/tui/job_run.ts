/**
 * A run whose events go to the terminal UI.
 *
 * @module
 */

import type { Work } from "../../tui/actions.ts";
import type { Talk } from "../../tui/target_actions.ts";
import type { Run } from "../session.ts";

/**
 * The run as one piece of work of the UI sees it: its own events, its own end, its own exit
 * code. It asks no questions of its own: the terminal belongs to the UI.
 */
export function jobRun(run: Run, work: Work | Talk): Run {
  const nothing = (): void => undefined;
  const { signal, onEvent } = work;
  const printer = {
    event: onEvent,
    note: "say" in work ? work.say : nothing,
    result: nothing,
    failure: nothing,
    clear: nothing,
  };
  return { ...run, printer, signal, session: { ...run.session, canAsk: false, printer, signal } };
}
