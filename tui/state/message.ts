/**
 * Everything that can happen to the state.
 *
 * @module
 */

import type { HoldfastEvent, Place, RestorePreview } from "../../mod.ts";
import type { Ability, FoundDatabase, Loaded, Outcome, RestoreOutcome } from "../actions.ts";
import type { Problem } from "./problem.ts";
import type { Task } from "./command.ts";
import type { Forecast } from "./simulation.ts";
import type { TargetOffer } from "../target_actions.ts";
import type { QuotaState, Screen, Size } from "./state.ts";
import type { CopyAction } from "./modal.ts";

/** What is done with the target under the cursor. */
export type TargetVerb = "connect" | "check" | "push" | "pull" | "switch";

/** A place to go to in a list. */
export type Move = "up" | "down" | "pageUp" | "pageDown" | "first" | "last";

/** One thing that happened: a key, the time, or news of an effect. */
export type Message =
  | { readonly type: "key"; readonly key: string }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "resize"; readonly size: Size }
  | { readonly type: "tick"; readonly now: Temporal.Instant; readonly zone: string }
  // What keys stand for
  | { readonly type: "go"; readonly screen: Screen }
  | { readonly type: "back" }
  | { readonly type: "help" }
  | { readonly type: "quit"; readonly code: number }
  | { readonly type: "askQuit" }
  | { readonly type: "dismiss" }
  | { readonly type: "reload" }
  | { readonly type: "move"; readonly move: Move }
  | { readonly type: "submit" }
  | { readonly type: "nextField"; readonly by: number }
  | { readonly type: "startFilter" }
  | { readonly type: "sort" }
  | { readonly type: "reverse" }
  | { readonly type: "mark" }
  | { readonly type: "unmark" }
  | { readonly type: "toggleDetails" }
  | { readonly type: "backupNow" }
  | { readonly type: "backupOptions" }
  | { readonly type: "verify" }
  /** The backup with this id, else the one under the cursor or the newest good one. */
  | { readonly type: "restore"; readonly backup?: string }
  | { readonly type: "restoreAnyway" }
  | { readonly type: "typeMoment" }
  | { readonly type: "typeFile" }
  | { readonly type: "complete" }
  | { readonly type: "undo" }
  | { readonly type: "stop" }
  | { readonly type: "showReport" }
  | { readonly type: "compare" }
  | { readonly type: "drill" }
  | { readonly type: "editSetting" }
  | {
    readonly type: "settingChecked";
    readonly key: string;
    readonly text: string;
    readonly error: string | undefined;
  }
  | { readonly type: "peek" }
  | { readonly type: "rescue" }
  | { readonly type: "pin" }
  | { readonly type: "note" }
  | { readonly type: "delete" }
  | { readonly type: "undelete" }
  | { readonly type: "trash" }
  | { readonly type: "prune" }
  | { readonly type: "editPolicy" }
  | { readonly type: "showPlanned" }
  | { readonly type: "start"; readonly task: Task }
  /** Writes a configuration file, and goes on with it. */
  | { readonly type: "writeFirst"; readonly next: Message }
  | { readonly type: "open" }
  | { readonly type: "onCopy"; readonly action: CopyAction }
  | { readonly type: "addTarget" }
  | { readonly type: "onTarget"; readonly verb: TargetVerb }
  | { readonly type: "removeTarget" }
  | { readonly type: "pushAll" }
  | { readonly type: "editSchedule" }
  | { readonly type: "export" }
  | { readonly type: "moveDirectory" }
  // News of effects
  | { readonly type: "found"; readonly files: readonly FoundDatabase[] }
  | { readonly type: "completions"; readonly paths: readonly string[] }
  | { readonly type: "opened"; readonly place: Place; readonly abilities: readonly Ability[] }
  | { readonly type: "notOpened"; readonly problem: Problem }
  | { readonly type: "loaded"; readonly loaded: Loaded }
  | { readonly type: "notLoaded"; readonly problem: Problem }
  | { readonly type: "previewed"; readonly of: string; readonly preview: RestorePreview }
  | { readonly type: "notPreviewed"; readonly of: string; readonly problem: Problem }
  | { readonly type: "simulated"; readonly of: string; readonly forecast: Forecast }
  | { readonly type: "offer"; readonly offer: TargetOffer | Problem }
  | { readonly type: "quota"; readonly target: string; readonly quota: QuotaState }
  | { readonly type: "said"; readonly job: string; readonly line: string }
  | {
    readonly type: "asked";
    readonly job: string;
    readonly question: string;
    readonly secret: boolean;
  }
  | { readonly type: "event"; readonly job: string; readonly event: HoldfastEvent }
  | {
    readonly type: "jobDone";
    readonly job: string;
    readonly tookMs: number;
    readonly result: Outcome | RestoreOutcome;
  }
  | {
    readonly type: "jobFailed";
    readonly job: string;
    readonly tookMs: number;
    readonly problem: Problem;
  };
