/**
 * What the terminal UI can ask for about targets.
 *
 * @module
 */

import type { RetentionPolicy } from "../mod.ts";
import type { Outcome, Work } from "./actions.ts";

/** A piece of work that talks with the person. */
export interface Talk extends Work {
  /** Shows a line now. */
  say(line: string): void;
  /** Asks for a line of text; a secret is not echoed. Rejects where the work is stopped. */
  ask(question: string, options?: { readonly secret?: boolean }): Promise<string>;
}

/** A setting of a kind of target, as its plugin declares it. */
export interface TargetSetting {
  readonly name: string;
  readonly kind: "text" | "path" | "url" | "number" | "boolean" | "choice" | "list";
  readonly help: string;
  readonly secret?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly default?: string | number | boolean | readonly string[] | undefined;
  readonly choices?: readonly string[] | undefined;
  /** Only for special cases. */
  readonly advanced?: boolean | undefined;
  /** The smallest and the largest number. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** What is wrong with a text of it, or with one of a list, beyond its kind. */
  readonly problem?: ((text: string) => string | undefined) | undefined;
}

/** A kind of target: what a plugin offers. */
export interface TargetKind {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly settings: readonly TargetSetting[];
  /** The person has to sign in. */
  readonly connects: boolean;
}

/** A step on the way to a target: compression, encryption. */
export type CodecKind = Pick<TargetKind, "name" | "summary" | "settings">;

/** What a new target can be made of. */
export interface TargetOffer {
  readonly kinds: readonly TargetKind[];
  readonly codecs: readonly CodecKind[];
}

/** A codec with its settings as they were typed. */
export interface NewCodec {
  readonly kind: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** What is needed to add a target. */
export interface NewTarget {
  readonly name: string;
  readonly kind: string;
  /** Settings as they were typed, by name; those left empty are missing. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** In the order in which they are applied. */
  readonly codecs: readonly NewCodec[];
  /** A backup whose copy does not arrive there counts as failed. */
  readonly required: boolean;
  /** What is kept there; the usual policy of targets where it is absent. */
  readonly retention?: RetentionPolicy | undefined;
}

/** A configured target, and what is known of the copies there without asking it. */
export interface TargetLine {
  readonly name: string;
  readonly kind: string;
  /** The codecs on the way there. */
  readonly codecs: readonly string[];
  readonly enabled: boolean;
  readonly required: boolean;
  /** Good copies. */
  readonly copies: number;
  /** Copies that did not arrive, or were found bad. */
  readonly bad: number;
  /** When the newest backup there was taken, ISO 8601. */
  readonly newest: string | null;
}

/** How much room a place has, in bytes; what it does not tell is missing. */
export interface Quota {
  readonly total?: number | undefined;
  readonly used?: number | undefined;
  readonly free?: number | undefined;
}

/** The copies of some backups on a target. */
export interface CopyChoice {
  readonly target: string;
  /** Ids of backups. */
  readonly ids: readonly string[];
  /** Deletes also what is pinned, and the newest good one there. */
  readonly force?: boolean;
}

/** The verbs of targets. */
export interface TargetActions {
  /** Every kind there is; loads the plugins. */
  offer(): Promise<TargetOffer>;
  /** Asks the place for its room; `undefined` where it does not tell. */
  quota(target: string, signal: AbortSignal): Promise<Quota | undefined>;
  add(target: NewTarget, talk: Talk): Promise<Outcome>;
  connect(target: string, talk: Talk): Promise<Outcome>;
  check(target: string, talk: Talk): Promise<Outcome>;
  /** Sends what the target is missing; without a name to all. */
  push(target: string | undefined, talk: Talk): Promise<Outcome>;
  /** Fetches the newest copy, or all. */
  pull(target: string, talk: Talk): Promise<Outcome>;
  /** Fetches these copies into the backup directory. */
  fetch(choice: CopyChoice, talk: Talk): Promise<Outcome>;
  /** Deletes these copies on the target, for good. */
  deleteCopies(choice: CopyChoice, talk: Talk): Promise<Outcome>;
  enable(target: string, enabled: boolean, talk: Talk): Promise<Outcome>;
  /** Takes it out of the configuration; the copies there stay. */
  remove(target: string, talk: Talk): Promise<Outcome>;
}
