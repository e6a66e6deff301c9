/**
 * What the state asks of the world, as data.
 *
 * @module
 */

import type { BackupChoice, RestoreChoice } from "../actions.ts";

/** What a job does. */
export type Task =
  | { readonly verb: "backup"; readonly choice: BackupChoice }
  | { readonly verb: "verify"; readonly ids: readonly string[] }
  | { readonly verb: "restore"; readonly choice: RestoreChoice; readonly force: boolean }
  | { readonly verb: "undo" };

/** One thing to do outside the state. */
export type Command =
  | { readonly type: "look" }
  | { readonly type: "complete"; readonly text: string }
  | { readonly type: "open"; readonly path: string }
  | { readonly type: "load" }
  | { readonly type: "preview"; readonly of: string; readonly choice: RestoreChoice }
  | { readonly type: "endPreview" }
  | { readonly type: "start"; readonly job: string; readonly task: Task }
  | { readonly type: "stop"; readonly job: string }
  | { readonly type: "quit"; readonly code: number };
