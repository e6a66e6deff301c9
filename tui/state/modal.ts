/**
 * What can lie over a screen and takes the keys until it is left.
 *
 * @module
 */

import type { RestorePreview } from "../../mod.ts";
import type { TargetOffer } from "../target_actions.ts";
import type { MissingRows, RestoreChoice, RestoreOutcome } from "../actions.ts";
import type { ListState } from "./backup_list.ts";
import type { Field } from "./field.ts";
import type { Form } from "./form.ts";
import type { Message } from "./message.ts";
import type { Problem } from "./problem.ts";

/** What a restore of the chosen backup would change, as far as it is known. */
export type Preview =
  | { readonly kind: "looking" }
  | { readonly kind: "ready"; readonly preview: RestorePreview }
  | { readonly kind: "failed"; readonly problem: Problem }
  /** It has to be fetched before anybody can look. */
  | { readonly kind: "elsewhere"; readonly homes: readonly string[] };

/** The restore modal. */
export interface RestoreModal {
  readonly kind: "restore";
  readonly step: "choose" | "doubts" | "running" | "done" | "failed";
  readonly list: ListState;
  /** A moment or a path that is being typed in place of the list. */
  readonly typed:
    | { readonly kind: "moment" | "file"; readonly field: Field; readonly error?: string }
    | undefined;
  /** A file or a moment that was chosen in place of a row. */
  readonly other: { readonly title: string; readonly choice: RestoreChoice } | undefined;
  /** The key of the choice that `preview` belongs to. */
  readonly previewOf: string | undefined;
  readonly preview: Preview;
  /** The job, once it began. */
  readonly job: string | undefined;
  /** What it restored, for the last step. */
  readonly title: string;
  readonly undoing: boolean;
  readonly result: RestoreOutcome | undefined;
}

/** What is done with copies on targets. */
export type CopyAction = "fetch" | "restore" | "delete";

/** The copies of some backups, and what is done with them. */
export interface CopyPurpose {
  readonly action: CopyAction;
  /** Ids. */
  readonly backups: readonly string[];
}

/** What the form of a new target knows. */
export interface TargetPurpose {
  readonly offer: TargetOffer;
  /** Names that targets have already. */
  readonly taken: readonly string[];
}

/** What a form is for. */
export type FormPurpose =
  | { readonly kind: "backup" | "policy" | "schedule" | "move" }
  | { readonly kind: "export"; readonly backup: string | undefined }
  | { readonly kind: "target" } & TargetPurpose
  | { readonly kind: "copy" } & CopyPurpose
  | { readonly kind: "note"; readonly ids: readonly string[] }
  | { readonly kind: "peek"; readonly backup: string }
  | { readonly kind: "setting"; readonly key: string };

/** Settings to fill in. */
export interface FormModal {
  readonly kind: "form";
  readonly title: string;
  readonly intro: string;
  readonly submit: string;
  readonly form: Form;
  /** What its values are for. */
  readonly purpose: FormPurpose;
  /** The job that uses its values; where it fails the form is there to mend them. */
  readonly job?: string | undefined;
  /** Why it failed. */
  readonly problem?: Problem | undefined;
}

/** Work that talks with the person. */
export interface LiveModal {
  readonly kind: "live";
  readonly job: string;
  readonly title: string;
  readonly top: number;
  readonly lines: readonly string[];
  /** What it wants to know. */
  readonly question:
    | { readonly text: string; readonly secret: boolean; readonly field: Field }
    | undefined;
  /** What follows once it is done. */
  readonly then?: Message | undefined;
}

/** A question with yes and no. */
export interface AskModal {
  readonly kind: "ask";
  readonly question: string;
  readonly detail: string;
  readonly yes: string;
  readonly then: Message;
  /** What a no goes back to. */
  readonly under?: Modal | undefined;
}

/** The keys that work here. */
export interface HelpModal {
  readonly kind: "help";
  readonly top: number;
  /** What it lies over. */
  readonly under: Modal | undefined;
}

/** Something to read. */
export interface ReadModal {
  readonly kind: "read";
  readonly title: string;
  readonly lines: readonly string[];
  readonly top: number;
}

/** Bringing single rows back. */
export interface RescueModal {
  readonly kind: "rescue";
  /** The backup's id. */
  readonly backup: string;
  /** When it was taken, in words. */
  readonly title: string;
  readonly tables: readonly string[];
  /** The table whose rows are shown; without one a table is chosen. */
  readonly table: string | undefined;
  /** The job that looks for rows. */
  readonly job: string | undefined;
  readonly missing: MissingRows | undefined;
  readonly row: number;
  /** Ids of rows. */
  readonly marked: readonly string[];
}

/** Whatever lies over the screen. */
export type Modal =
  | RestoreModal
  | RescueModal
  | FormModal
  | LiveModal
  | AskModal
  | HelpModal
  | ReadModal;
