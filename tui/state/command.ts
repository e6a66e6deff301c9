/**
 * What the state asks of the world, as data.
 *
 * @module
 */

import type { RetentionPolicy, Schedule } from "../../mod.ts";
import type {
  BackupChoice,
  BackupEdit,
  ExportChoice,
  PruneChoice,
  RemoveChoice,
  RescueChoice,
  RestoreChoice,
} from "../actions.ts";
import type { CopyChoice, NewTarget } from "../target_actions.ts";
import type { SimulationRequest } from "./simulation.ts";

/** What a job does. */
export type Task =
  | { readonly verb: "backup"; readonly choice: BackupChoice }
  | { readonly verb: "verify"; readonly ids: readonly string[] }
  | { readonly verb: "restore"; readonly choice: RestoreChoice; readonly force: boolean }
  | { readonly verb: "undo" }
  | { readonly verb: "edit"; readonly change: BackupEdit }
  | ({ readonly verb: "delete" } & RemoveChoice)
  | { readonly verb: "undelete"; readonly ids: readonly string[] }
  | ({ readonly verb: "prune" } & PruneChoice)
  | { readonly verb: "compare" | "drill"; readonly backup: string }
  | { readonly verb: "save setting"; readonly key: string; readonly text: string }
  | { readonly verb: "peek" | "look"; readonly backup: string; readonly table: string }
  | { readonly verb: "rescue"; readonly choice: RescueChoice }
  | { readonly verb: "save policy"; readonly policy: RetentionPolicy }
  | { readonly verb: "save schedule"; readonly schedule: Schedule }
  | { readonly verb: "export"; readonly choice: ExportChoice }
  | { readonly verb: "move"; readonly to: string }
  | { readonly verb: "write configuration" }
  | { readonly verb: "add target"; readonly target: NewTarget }
  | { readonly verb: "push"; readonly target: string | undefined }
  | ({ readonly verb: "fetch" | "delete copies" } & CopyChoice)
  | {
    readonly verb: "connect" | "check" | "pull" | "switch on" | "switch off" | "remove target";
    readonly target: string;
  };

/** One thing to do outside the state. */
export type Command =
  | { readonly type: "look" }
  | { readonly type: "complete"; readonly text: string }
  | { readonly type: "open"; readonly path: string }
  | { readonly type: "load" }
  | { readonly type: "offer" }
  | { readonly type: "quota"; readonly target: string }
  | { readonly type: "answer"; readonly job: string; readonly text: string }
  | { readonly type: "preview"; readonly of: string; readonly choice: RestoreChoice }
  | { readonly type: "endPreview" }
  | { readonly type: "checkSetting"; readonly key: string; readonly text: string }
  | { readonly type: "simulate"; readonly request: SimulationRequest }
  | { readonly type: "start"; readonly job: string; readonly task: Task }
  | { readonly type: "stop"; readonly job: string }
  | { readonly type: "quit"; readonly code: number };
