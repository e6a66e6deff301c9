/**
 * A file as Drive tells of it, and the properties by which holdfast knows its own.
 *
 * A name in Drive is neither unique nor ours: a person may change it. So each file
 * carries, as private properties of the app, its key, its folder and its own ID.
 * A copy that a person makes carries the ID of the original, and is told by that.
 *
 * @see https://developers.google.com/workspace/drive/api/guides/properties
 *
 * @module
 */

import { createHash } from "node:crypto";
import * as v from "valibot";
import type { TargetObject } from "../../core/extend/target.ts";
import { TargetError } from "../../core/extend/target_error.ts";

/** A file as Drive tells of it. Sizes are decimal texts there. */
export const fileSchema = v.object({
  id: v.string(),
  name: v.string(),
  mimeType: v.optional(v.string()),
  size: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number)), "0"),
  sha256Checksum: v.optional(v.string()),
  createdTime: v.optional(v.string()),
  modifiedTime: v.optional(v.string()),
  trashed: v.optional(v.boolean(), false),
  parents: v.optional(v.array(v.string()), []),
  appProperties: v.optional(v.record(v.string(), v.string()), {}),
});

/** A file as Drive tells of it. */
export type DriveFile = v.InferOutput<typeof fileSchema>;

/** The fields that are asked for. */
export const fileFields: string =
  "id,name,mimeType,size,sha256Checksum,createdTime,modifiedTime,trashed,parents,appProperties";

/** Names of our properties. Name and value together take at most 124 bytes of UTF-8. */
export const property = {
  /** What it is: `file` or `folder`. */
  role: "holdfast",
  /** The SHA-256 of the key, for looking it up. */
  key: "holdfastKey",
  /** The SHA-256 of the key's first part, for lists. */
  group: "holdfastGroup",
  /** The ID of the folder it was put into. */
  folder: "holdfastFolder",
  /** Its own ID. */
  id: "holdfastId",
  /** The SHA-256 of what was put, where it was known before. */
  sha256: "holdfastSha256",
  /** `1` where holdfast itself moved it to the bin. */
  removed: "holdfastRemoved",
  /** `holdfastPart00` and so on: the key in pieces. */
  part: "holdfastPart",
} as const;

/** An app may keep 30 properties with a file; the others than pieces need some. */
const mostParts = 22;
/** Bytes of one piece: with its name within 124. */
const partBytes = 100;

/** The hash by which a key, or a part of it, is looked up. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The first part of a key or prefix, `undefined` where it may go on. */
export function groupOf(prefix: string): string | undefined {
  const end = prefix.indexOf("/");
  return end === -1 ? undefined : hashOf(prefix.slice(0, end));
}

/** What {@linkcode propertiesOf} is given. */
export interface FileIdentity {
  readonly key: string;
  readonly id: string;
  readonly folderId: string;
  readonly sha256: string | undefined;
}

/** The properties of a file; `null` removes one. Throws `invalid` where the key is too long. */
export function propertiesOf(identity: FileIdentity): Readonly<Record<string, string | null>> {
  const { key, id, folderId, sha256 } = identity;
  const parts = piecesOf(key);
  if (parts.length > mostParts) {
    throw new TargetError("invalid", `Cannot store "${key.slice(0, 80)}…": the key is too long`, {
      hint: `Google Drive takes keys of up to about ${mostParts * (partBytes - 3)} bytes.`,
    });
  }
  return {
    [property.role]: "file",
    [property.key]: hashOf(key),
    [property.group]: groupOf(key) ?? null,
    [property.folder]: folderId,
    [property.id]: id,
    [property.sha256]: sha256 ?? null,
    ...Object.fromEntries(parts.map((part, at) => [partName(at), part])),
  };
}

/** The properties of a new file: what is not there needs no removing. */
export function newPropertiesOf(identity: FileIdentity): Readonly<Record<string, string>> {
  const all = Object.entries(propertiesOf(identity));
  return Object.fromEntries(all.flatMap(([name, value]) => value === null ? [] : [[name, value]]));
}

/** The key that a file carries, `undefined` where it carries none that is whole. */
export function keyOf({ appProperties }: DriveFile): string | undefined {
  let key = "";
  for (let at = 0; at < mostParts; at++) key += appProperties[partName(at)] ?? "";
  return key !== "" && hashOf(key) === appProperties[property.key] ? key : undefined;
}

/** Whether it is the file that holdfast made, and not a copy of it by a person. */
export function isOriginal(file: DriveFile): boolean {
  return file.appProperties[property.id] === file.id;
}

/** Whether it is an object of the folder: ours, whole, and not in the bin. */
export function isObject(file: DriveFile, folderId: string): boolean {
  return !file.trashed && isOriginal(file) && file.appProperties[property.folder] === folderId &&
    keyOf(file) !== undefined;
}

/** The file as the contract tells of objects. */
export function objectOf(file: DriveFile, key: string): TargetObject {
  return {
    key,
    size: file.size,
    modifiedAt: file.modifiedTime === undefined
      ? undefined
      : Temporal.Instant.from(file.modifiedTime),
    sha256: file.sha256Checksum,
  };
}

/** The newest of several files for one key, by when they were made. */
export function newestOf(files: readonly DriveFile[]): DriveFile | undefined {
  return files.toSorted((one, other) =>
    (other.createdTime ?? "").localeCompare(one.createdTime ?? "") || one.id.localeCompare(other.id)
  )[0];
}

/** The name of one piece of the key. */
function partName(at: number): string {
  return `${property.part}${String(at).padStart(2, "0")}`;
}

/** A key in pieces that fit, cut between characters. */
function piecesOf(key: string): readonly string[] {
  const pieces: string[] = [];
  let [piece, bytes] = ["", 0];
  for (const character of key) {
    const more = new TextEncoder().encode(character).length;
    if (bytes + more > partBytes) {
      pieces.push(piece);
      [piece, bytes] = ["", 0];
    }
    piece += character;
    bytes += more;
  }
  return [...pieces, piece];
}
