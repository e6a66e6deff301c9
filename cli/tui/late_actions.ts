/**
 * The actions of the terminal UI, loaded when the first is asked for: the verbs of the
 * library are no part of its first frame.
 *
 * @module
 */

import type { TuiActions } from "../../tui/actions.ts";
import type { Run } from "../session.ts";

/** The actions of a run. */
export function lateActions(run: Run, home: string | undefined): TuiActions {
  let loading: Promise<TuiActions> | undefined;
  const load = async (): Promise<TuiActions> => {
    const { tuiActions } = await import("./tui_actions.ts");
    return tuiActions(run, home);
  };
  const actions = (): Promise<TuiActions> => loading ??= load();
  return {
    look: async () => await (await actions()).look(),
    complete: async (text) => await (await actions()).complete(text),
    open: async (path) => await (await actions()).open(path),
  };
}
