/**
 * One thing that a person should know about a Drive target.
 *
 * @module
 */

/** One thing that a person should know about a Drive target, as plain JSON. */
export interface DriveFinding {
  /**
   * - `not_connected`, `token_dead`, `token_expires`: about the sign-in
   * - `folder_missing`, `folder_trashed`, `folder_renamed`: about the folder
   * - `renamed`, `moved`, `trashed`, `missing`, `copied`, `changed`, `twin`: about one file
   * - `clock`: the clock of this machine is wrong
   * - `nearly_full`: the account is
   * - `unreachable`: Google was asked and did not answer as it should
   */
  readonly kind:
    | "not_connected"
    | "token_dead"
    | "token_expires"
    | "folder_missing"
    | "folder_trashed"
    | "folder_renamed"
    | "renamed"
    | "moved"
    | "trashed"
    | "missing"
    | "copied"
    | "changed"
    | "twin"
    | "clock"
    | "nearly_full"
    | "unreachable";
  /** `problem`: copies are lost or will not be made; `warning`: they soon may not be. */
  readonly level: "warning" | "problem";
  /** One sentence. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string | undefined;
  /** The key of the object it is about. */
  readonly key?: string | undefined;
}
