/**
 * Tells the copies that a sync client makes when two machines wrote one file: they
 * are reported, never adopted.
 *
 * @module
 */

/** A copy that a sync client, or a person in a file manager, made. */
export interface ConflictedCopy {
  /** The name of the file that it is a copy of. */
  readonly original: string;
  /** Who names copies like this. */
  readonly madeBy: string;
}

/** One of our own names, cut into its stem, what was put in between, and its extension. */
const ourName =
  /^(\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}(?:_(?:[2-9]|[1-9]\d+))?|catalog|backup_manifest)(.+?)((?:\.[a-z0-9]+)+)$/;

/** What each puts in between, the tell-tale ones first. */
const makers: readonly { readonly madeBy: string; readonly between: RegExp }[] = [
  { madeBy: "Syncthing", between: /^\.sync-conflict-\d{8}-\d{6}(?:-[A-Z2-7]{7})?$/ },
  { madeBy: "Nextcloud", between: /^ \(conflicted copy .+\)$/i },
  { madeBy: "Nextcloud", between: /^_conflict-.+$/ },
  { madeBy: "Dropbox", between: /^ \(.*(?:conflicted copy|case conflict|sync conflict).*\)$/i },
  { madeBy: "Seafile", between: /^ \(SFConflict .+\)$/ },
  { madeBy: "Google Drive", between: /^(?: \[conflict(?:ed)?\]|_conf\(\d+\))$/i },
  { madeBy: "Resilio Sync", between: /^\.Conflict(?:\(\d+\))?$/ },
  { madeBy: "a sync client", between: /conflict/i },
  { madeBy: "Google Drive or a browser", between: /^ ?\(\d+\)$/ },
  { madeBy: "iCloud Drive", between: /^ \d+$/ },
  { madeBy: "a file manager", between: /^(?: - Copy| copy)(?: ?\(?\d+\)?)?$/i },
  { madeBy: "OneDrive", between: /^-[\p{L}\p{N}][\p{L}\p{N}._ -]*$/u },
];

/**
 * What a file name in a backup directory is a conflicted copy of; `undefined` where it
 * is none. Only copies of our own files count: backups, the catalog, the manifest.
 *
 * Patterns: Dropbox (help.dropbox.com, "conflicted copy"), Syncthing (docs.syncthing.net,
 * "How does Syncthing handle conflicts?"), OneDrive (the name of the computer is added),
 * Nextcloud, Seafile, Google Drive, iCloud Drive.
 *
 * @example
 * ```ts
 * import { conflictedCopy } from "@holdfast/holdfast";
 *
 * conflictedCopy("catalog (Ada's conflicted copy 2026-01-03).db")?.original; // "catalog.db"
 * ```
 */
export function conflictedCopy(name: string): ConflictedCopy | undefined {
  const match = ourName.exec(name);
  if (match === null) return undefined;
  const [, stem = "", between = "", extension = ""] = match;
  const maker = makers.find((each) => each.between.test(between));
  return maker && { original: `${stem}${extension}`, madeBy: maker.madeBy };
}
