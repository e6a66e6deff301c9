/**
 * States for tests: a database with backups, at one fixed moment.
 *
 * @module
 */

import { defaultRetention, plan, type Reason } from "../../mod.ts";
import type { KnownBackup } from "../known_backup.ts";
import type { Command } from "../state/command.ts";
import type { Message } from "../state/message.ts";
import type { CodecKind, TargetKind, TargetLine, TargetOffer } from "../target_actions.ts";
import { initialState, type State } from "../state/state.ts";
import { update } from "../state/update.ts";

/** The moment of every sample. */
export const NOW: Temporal.Instant = Temporal.Instant.from("2026-11-21T10:20:00Z");

/** A backup `hours` before the moment of the samples. */
export function sampleBackup(
  hours: number,
  more: Partial<KnownBackup> & { readonly records?: number } = {},
): KnownBackup {
  const { records = 3210, ...given } = more;
  const createdAt = NOW.subtract({ hours }).toString({ fractionalSecondDigits: 3 });
  const name = `${createdAt.slice(0, 19).replace("T", "_").replaceAll(":", "-")}.db`;
  const reason: Reason = "manual";
  return {
    id: `id-${hours}`,
    name,
    reason,
    sourceVersion: null,
    path: `/home/ada/app/backups/${name}`,
    size: 9_200_000,
    fileCount: 1,
    format: "db",
    sha256: "0123456789abcdef".repeat(4),
    note: null,
    metadata: {
      recordCount: { works: records - 210, submissions: 200, notes: 10 },
      journalMode: "wal",
      engine: "clone",
      engineWhy: "the kernel copies the file",
      durations: { snapshot: 120, proof: 280 },
    },
    createdAt,
    expiresAt: null,
    pinned: false,
    proof: "checked",
    provedAt: createdAt,
    sequence: 10_000 - hours,
    deletedAt: null,
    status: "available",
    ...given,
  };
}

/** Four backups, newest first. */
export const BACKUPS: readonly KnownBackup[] = [
  sampleBackup(1, { reason: "pre-restore", metadata: { restoring: "2026-11-20_08-15-00.db" } }),
  sampleBackup(2, { reason: "auto:startup" }),
  sampleBackup(26, { records: 3198, note: "before the party", pinned: true }),
  sampleBackup(200, { records: 2987, size: 8_900_000, proof: "hashed" }),
];

/** A target that is well, one that is not, one that is off. */
export const TARGETS: readonly TargetLine[] = [
  {
    name: "usb",
    kind: "folder",
    codecs: [],
    enabled: true,
    required: true,
    copies: 5,
    bad: 0,
    newest: BACKUPS[1]?.createdAt ?? null,
  },
  {
    name: "drive",
    kind: "google_drive",
    codecs: ["zstd"],
    enabled: true,
    required: false,
    copies: 8,
    bad: 2,
    newest: BACKUPS[2]?.createdAt ?? null,
  },
  {
    name: "s3",
    kind: "s3",
    codecs: [],
    enabled: false,
    required: false,
    copies: 0,
    bad: 0,
    newest: null,
  },
];

/** Codecs as plugins declare them. */
const CODECS: readonly CodecKind[] = [
  { name: "gzip", summary: "Smaller copies that any machine reads.", settings: [] },
  {
    name: "zstd",
    summary: "Smaller copies, fast.",
    settings: [{ name: "level", kind: "number", help: "From 1 to 19.", min: 1, max: 19 }],
  },
  {
    name: "age",
    summary: "Copies that only you can read.",
    settings: [
      {
        name: "recipients",
        kind: "list",
        help: "For whom to encrypt (age1…).",
        problem: (text) => text.startsWith("age1") ? undefined : "A recipient looks like age1…",
      },
      { name: "identityFile", kind: "path", help: "The file with the identity." },
      { name: "passphrase", kind: "text", help: "A passphrase.", secret: true },
    ],
  },
];

/** Kinds as plugins declare them. */
const KINDS: readonly TargetKind[] = [
  {
    name: "folder",
    summary: "Files in a folder: a second disk, a USB stick, a share.",
    settings: [{ name: "path", kind: "path", help: "The folder.", required: true }],
    connects: false,
  },
  {
    name: "s3",
    summary: "Objects in a bucket of S3, or of a place that speaks its language.",
    settings: [
      { name: "region", kind: "text", help: "The region.", default: "us-east-1" },
      { name: "bucket", kind: "text", help: "The bucket.", required: true },
      { name: "pathStyle", kind: "boolean", help: "The bucket stands in the path." },
      { name: "secretKey", kind: "text", help: "The secret key.", secret: true },
      { name: "partSize", kind: "number", help: "Megabytes a part.", advanced: true },
    ],
    connects: true,
  },
];

/** What a new target can be made of. */
export const OFFER: TargetOffer = { kinds: KINDS, codecs: CODECS };

/** The state with the database open and its backups read. */
export function sampleState(
  backups: readonly KnownBackup[] = BACKUPS,
  change: Partial<State> = {},
): State {
  const begin = initialState({
    size: { columns: 80, rows: 24 },
    now: NOW,
    zone: "Europe/Berlin",
    home: "/home/ada",
    usual: { verify: "full", engine: "auto", note: "", ifChanged: false },
  });
  const place = { database: "/home/ada/app/submissions.db", directory: "/home/ada/app/backups" };
  const policy = defaultRetention();
  const known = backups.map((backup) => ({ ...backup, present: true }));
  const loaded = {
    backups,
    trash: [],
    runs: [],
    settings: [],
    targets: TARGETS,
    policy,
    plan: backups.length === 0 ? undefined : plan(known, policy, NOW, "Europe/Berlin"),
    databaseSize: 9_300_000,
    free: 56_600_000_000,
  };
  return {
    ...begin,
    abilities: ["saveSetting", "savePolicy", "saveSchedule"],
    screen: "dashboard",
    place,
    loaded,
    ...change,
  };
}

/** The state after messages, and every command that they led to. */
export function after(
  state: State,
  ...messages: readonly Message[]
): { readonly state: State; readonly commands: readonly Command[] } {
  let now = state;
  const commands: Command[] = [];
  for (const message of messages) {
    const next = update(now, message);
    now = next.state;
    commands.push(...next.commands);
  }
  return { state: now, commands };
}

/** Keys as messages. */
export function keys(...names: readonly string[]): readonly Message[] {
  return names.map((key) => ({ type: "key", key }));
}

/** A text as the keys that type it. */
export function typed(text: string): readonly Message[] {
  return keys(...Array.from(text, (each) => each === " " ? "space" : each));
}
