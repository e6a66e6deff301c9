/**
 * The session of a resumable upload, kept so that a later process goes on.
 *
 * @module
 */

import * as v from "valibot";
import { readAnswer } from "./answer.ts";
import type { Drive } from "./drive.ts";
import { hashOf } from "./drive_file.ts";

const sessionSchema = v.object({
  /** Its address: as good as a password for a week. */
  uri: v.string(),
  /** The file it fills. */
  fileId: v.string(),
  size: v.number(),
  sha256: v.string(),
  /** Where the file goes: another account has another folder. */
  folderId: v.string(),
  startedAt: v.string(),
});

/** The session of a resumable upload. */
export type UploadSession = v.InferOutput<typeof sessionSchema>;

/** Google keeps a session for one week; a day less is safe. */
const life: Temporal.Duration = Temporal.Duration.from({ hours: 6 * 24 });

/** Where the session for a key lies in the store. */
function sessionKey(key: string): string {
  return `upload:${hashOf(key)}`;
}

/** The kept session for a key, if it still lives and is for the same bytes and folder. */
export async function loadSession(
  { state, runtime }: Drive,
  key: string,
  wanted: Pick<UploadSession, "size" | "sha256" | "folderId">,
): Promise<UploadSession | undefined> {
  const text = await state.get(sessionKey(key));
  if (text === undefined) return undefined;
  const session = readAnswer(sessionSchema, JSON.parse(text), "read the kept upload");
  const until = Temporal.Instant.from(session.startedAt).add(life);
  const lives = Temporal.Instant.compare(runtime.now(), until) < 0;
  const same = session.size === wanted.size && session.sha256 === wanted.sha256 &&
    session.folderId === wanted.folderId;
  return lives && same ? session : undefined;
}

/** Keeps a session. */
export async function saveSession(
  { state }: Drive,
  key: string,
  session: UploadSession,
): Promise<void> {
  await state.set(sessionKey(key), JSON.stringify(session));
}

/** Forgets the session for a key. */
export async function forgetSession({ state }: Drive, key: string): Promise<void> {
  await state.delete(sessionKey(key));
}
