/**
 * The pieces of one configured instance, put together.
 *
 * @module
 */

import type { PluginContext, StateStore } from "../../core/extend/plugin.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { DriveClient } from "./drive_client.ts";
import { FileIds } from "./file_ids.ts";
import { Folder } from "./folder.ts";
import type { OAuthClient } from "./oauth.ts";
import type { DriveRuntime } from "./runtime.ts";
import { ageCipher, sealedState } from "./sealed_state.ts";
import { type DriveSettings, readSettings } from "./settings.ts";
import { Tokens } from "./tokens.ts";

/** One configured instance at work. */
export interface Drive {
  readonly settings: DriveSettings;
  readonly runtime: DriveRuntime;
  /** Its store, encrypted where that was asked for. */
  readonly state: StateStore;
  readonly oauth: OAuthClient;
  readonly client: DriveClient;
  readonly ids: FileIds;
  readonly folder: Folder;
  /** IDs of files that this run put, by key: a list of Google's may lag behind. */
  readonly put: Map<string, string>;
  /** IDs of files that this run removed. */
  readonly removed: Set<string>;
}

/** Puts the pieces together. No network yet. Throws `invalid` for a setting. */
export async function openDrive(context: PluginContext, runtime: DriveRuntime): Promise<Drive> {
  const settings = readSettings(context);
  const identity = await context.secrets.get("tokenIdentity");
  const cipher = identity === undefined ? undefined : await ageCipher(identity);
  const state = sealedState(context.state, cipher);
  const oauth: OAuthClient = { settings, runtime, secret: () => clientSecret(context) };
  const tokens = new Tokens(oauth, state, context.signal);
  const client = new DriveClient(settings, runtime, tokens);
  const ids = new FileIds(client);
  const folder = new Folder({ client, settings, state, ids });
  const [put, removed] = [new Map<string, string>(), new Set<string>()];
  return { settings, runtime, state, oauth, client, ids, folder, put, removed };
}

/** The client secret. Google wants one of installed applications too, though it is none there. */
async function clientSecret({ secrets }: PluginContext): Promise<string> {
  const secret = await secrets.get("clientSecret");
  if (secret !== undefined && secret.trim() !== "") return secret.trim();
  throw new TargetError("invalid", 'Cannot sign in to Google: "clientSecret" is not set', {
    hint: "docs/google_drive.md shows where Google tells it.",
  });
}
