/**
 * The settings of a Google Drive target, and their check.
 *
 * @module
 */

import type { PluginContext } from "../../core/extend/plugin.ts";
import type { Setting } from "../../core/extend/setting.ts";
import { TargetError } from "../../core/extend/target_error.ts";

/** A chunk of a resumable upload is a multiple of this many bytes (Google's rule). */
export const chunkUnit: number = 256 * 1024;

/** The settings as data. */
export const driveSettings: readonly Setting[] = [
  {
    name: "clientId",
    kind: "text",
    help: "The client ID of your own OAuth client (docs/google_drive.md shows how to make one).",
    required: true,
  },
  {
    name: "clientSecret",
    kind: "text",
    help: "The client secret that belongs to the client ID.",
    secret: true,
    required: true,
  },
  {
    name: "folder",
    kind: "text",
    help: "The name of the folder in My Drive; it is made where it is missing.",
    default: "holdfast",
  },
  {
    name: "folderId",
    kind: "text",
    help: "The ID of a folder that holdfast made before, instead of its name.",
  },
  {
    name: "flow",
    kind: "choice",
    help: "How to sign in: with a browser on this machine, or with a code on another device.",
    choices: ["browser", "device"],
    default: "browser",
  },
  {
    name: "removal",
    kind: "choice",
    help: "Where removed copies go: to the bin (Google empties it after 30 days), or gone forever.",
    choices: ["bin", "forever"],
    default: "bin",
  },
  {
    name: "chunkSizeKiB",
    kind: "number",
    help: "The size of one piece of an upload in KiB, a multiple of 256.",
    default: 16_384,
    min: 256,
    max: 262_144,
  },
  {
    name: "appInTesting",
    kind: "boolean",
    help: 'The publishing status of your app is "Testing": its sign-in ends after 7 days.',
    default: false,
  },
  {
    name: "tokenIdentity",
    kind: "text",
    help: "An age identity (AGE-SECRET-KEY-1…): what is kept of the sign-in is encrypted to it.",
    secret: true,
  },
  {
    name: "apiBase",
    kind: "url",
    help: "The address of the Drive API.",
    default: "https://www.googleapis.com",
    advanced: true,
  },
  {
    name: "authBase",
    kind: "url",
    help: "The address of Google's sign-in page.",
    default: "https://accounts.google.com",
    advanced: true,
  },
  {
    name: "tokenBase",
    kind: "url",
    help: "The address of Google's token service.",
    default: "https://oauth2.googleapis.com",
    advanced: true,
  },
];

/** The settings of one instance, checked. */
export interface DriveSettings {
  /** The name of the instance in the configuration. */
  readonly name: string;
  readonly clientId: string;
  readonly folder: string;
  readonly folderId: string | undefined;
  readonly flow: "browser" | "device";
  readonly removal: "bin" | "forever";
  /** The size of a chunk in bytes. */
  readonly chunkBytes: number;
  readonly appInTesting: boolean;
  readonly apiBase: string;
  readonly authBase: string;
  readonly tokenBase: string;
}

/** Reads the settings; throws `invalid` where one can never work. */
export function readSettings({ name, settings }: PluginContext): DriveSettings {
  const value = (key: string): unknown =>
    settings[key] ?? driveSettings.find((setting) => setting.name === key)?.default;
  const text = (key: string): string => String(value(key) ?? "").trim();
  if (text("clientId") === "") throw wrong("clientId", "it is empty", "docs/google_drive.md");
  return {
    name,
    clientId: text("clientId"),
    folder: folderName(text("folder")),
    folderId: text("folderId") === "" ? undefined : text("folderId"),
    flow: text("flow") === "device" ? "device" : "browser",
    removal: text("removal") === "forever" ? "forever" : "bin",
    chunkBytes: chunkBytes(Number(value("chunkSizeKiB"))),
    appInTesting: value("appInTesting") === true,
    apiBase: base("apiBase", text("apiBase")),
    authBase: base("authBase", text("authBase")),
    tokenBase: base("tokenBase", text("tokenBase")),
  };
}

/** The name of the folder has to fit into one property of it. */
function folderName(name: string): string {
  if (name !== "" && new TextEncoder().encode(name).length <= 100) return name;
  throw wrong("folder", "it takes 1 to 100 bytes", "Choose a shorter name.");
}

/** KiB to bytes. */
function chunkBytes(kib: number): number {
  const bytes = kib * 1024;
  if (bytes >= chunkUnit && bytes % chunkUnit === 0) return bytes;
  throw wrong("chunkSizeKiB", `${kib} is no multiple of 256`, "Leave it out: the default is good.");
}

/** Tokens travel to these addresses: encrypted, or on this machine only. */
function base(name: string, address: string): string {
  const url = URL.parse(address);
  const local = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && local)) {
    return address.replace(/\/+$/, "");
  }
  throw wrong(name, `"${address}" is no https address`, "Leave it out: the default is Google's.");
}

/** The error for a setting. */
function wrong(name: string, why: string, hint: string): TargetError {
  return new TargetError("invalid", `Cannot use the setting "${name}": ${why}`, { hint });
}
