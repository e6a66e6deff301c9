/**
 * Everything that the screens show.
 *
 * @module
 */

import type { Place } from "../../mod.ts";
import type { Ability, BackupChoice, FoundDatabase, Loaded } from "../actions.ts";
import type { Quota } from "../target_actions.ts";
import { freshList, type ListState } from "./backup_list.ts";
import { type Field, fieldOf } from "./field.ts";
import type { Job } from "./job.ts";
import type { Message } from "./message.ts";
import type { Modal } from "./modal.ts";
import type { Problem } from "./problem.ts";
import type { Forecast } from "./simulation.ts";
import type { Toast } from "./toast.ts";

/** What is known of the room of a target. */
export type QuotaState = "asking" | Quota | Problem | undefined;

/** Columns and rows of the window. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The screens. */
export type Screen =
  | "choose"
  | "dashboard"
  | "backups"
  | "activity"
  | "retention"
  | "statistics"
  | "settings"
  | "targets";

/** Choosing a database. */
export interface Choosing {
  readonly field: Field;
  readonly found: readonly FoundDatabase[];
  /** The row of `found` under the cursor; -1 while the path is typed. */
  readonly row: number;
  readonly completions: readonly string[];
  readonly problem: Problem | undefined;
  readonly opening: boolean;
}

/** The state of the terminal UI: plain data, never changed in place. */
export interface State {
  readonly size: Size;
  readonly now: Temporal.Instant;
  /** IANA name of the person's zone. */
  readonly zone: string;
  /** The person's home folder, shown as `~`. */
  readonly home: string | undefined;
  /** How a backup is taken unless the person says otherwise. */
  readonly usual: BackupChoice;
  /** What can be done with the open database. */
  readonly abilities: readonly Ability[];
  readonly screen: Screen;
  /** A path is being completed. */
  readonly completing: boolean;
  /** Keys that were pressed before the screen that they are for was there. */
  readonly held: readonly Message[];
  /** What follows once the configuration file that a job writes is there. */
  readonly afterwards: { readonly job: string; readonly next: Message } | undefined;
  readonly modal: Modal | undefined;
  readonly choosing: Choosing;
  readonly place: Place | undefined;
  /** `undefined` until it was read. */
  readonly loaded: Loaded | undefined;
  readonly loadProblem: Problem | undefined;
  readonly list: ListState;
  readonly showDetails: boolean;
  /** The list shows the trash. */
  readonly showTrash: boolean;
  /** The row of the retention plan under the cursor. */
  readonly planRow: number;
  /** The row of the settings under the cursor. */
  readonly settingRow: number;
  /** The row of the targets under the cursor. */
  readonly targetRow: number;
  /** The room of targets, by name. */
  readonly quotas: Readonly<Record<string, QuotaState>>;
  /** What the policy leads to, for the policy with this key. */
  readonly forecast: { readonly of: string; readonly is: Forecast | "working" } | undefined;
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** Jobs that were ever started, for their ids. */
  readonly jobCount: number;
  /** The row of the activity under the cursor. */
  readonly activityRow: number;
  readonly toasts: readonly Toast[];
}

/** The state before anything was read; with the path of a database that one is being opened. */
export function initialState(
  { database, ...about }: Pick<State, "size" | "now" | "zone" | "home" | "usual"> & {
    readonly database?: string | undefined;
  },
): State {
  return {
    ...about,
    abilities: [],
    screen: database === undefined ? "choose" : "dashboard",
    completing: false,
    held: [],
    afterwards: undefined,
    modal: undefined,
    choosing: {
      field: fieldOf(database),
      found: [],
      row: -1,
      completions: [],
      problem: undefined,
      opening: database !== undefined,
    },
    place: undefined,
    loaded: undefined,
    loadProblem: undefined,
    list: freshList,
    showDetails: true,
    showTrash: false,
    planRow: 0,
    settingRow: 0,
    targetRow: 0,
    quotas: {},
    forecast: undefined,
    jobs: [],
    jobCount: 0,
    activityRow: 0,
    toasts: [],
  };
}
