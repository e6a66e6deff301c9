/**
 * The target of a process of its own, that a test starts.
 *
 * @module
 */

import { fileStateStore, type Target } from "../../../core/extend/mod.ts";
import { driveKind } from "../drive_kind.ts";

/** What the process is told. */
export interface ProcessPlace {
  /** The address of the fake server. */
  readonly base: string;
  /** The client secret. */
  readonly secret: string;
  /** The file of the store. */
  readonly store: string;
}

/** Makes it. */
export async function driveProcessTarget(
  { base, secret, store }: ProcessPlace,
  signal: AbortSignal,
): Promise<Target> {
  return await driveKind().create({
    name: "drive",
    settings: {
      clientId: "1234.apps.googleusercontent.com",
      apiBase: base,
      authBase: base,
      tokenBase: base,
      chunkSizeKiB: 512,
    },
    secrets: { get: (name) => Promise.resolve(name === "clientSecret" ? secret : undefined) },
    state: fileStateStore(store),
    signal,
  });
}
