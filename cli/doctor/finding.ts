/**
 * What `doctor env` found of one thing that holdfast works with.
 *
 * @module
 */

/** How it stands: `optional` is not there and only one kind of work needs it. */
export type FindingStatus = "ok" | "optional" | "missing";

/** One thing: a version, a permission, a program, a folder, the terminal. */
export interface Finding {
  /** What it is called: `rclone`. */
  readonly name: string;
  readonly status: FindingStatus;
  /** What was found: a version, a path, a reason. */
  readonly found: string;
  /** What needs it. */
  readonly use: string;
  /** How to get it, where it is not there. */
  readonly hint?: string | undefined;
}

/** Whether a permission is there: `partial` is for some paths or names only. */
export type Held = "granted" | "partial" | "denied";

/** A program that is on the PATH. */
export interface FoundProgram {
  readonly path: string;
  /** What it says of its version, where it says anything. */
  readonly version?: string | undefined;
}

/** The questions that the checks ask of the machine. */
export interface Probe {
  readonly os: "linux" | "darwin" | "windows";
  readonly versions: { readonly deno: string; readonly sqlite: string };
  /** It is the single binary: its permissions are a part of it. */
  readonly standalone: boolean;
  /** The file of the copy program of this system, where it should have one. */
  readonly copier: { readonly path: string; readonly isThere: boolean } | undefined;
  permission(name: string, kind?: string): Promise<Held>;
  /** Looks for a program, and asks it for its version. */
  program(name: string): Promise<FoundProgram | undefined>;
  /** Why no file can be made there; `undefined` where one can. A folder that is not there is made later. */
  unwritable(folder: string): Promise<string | undefined>;
}
