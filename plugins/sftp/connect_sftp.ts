/**
 * Looks at the key of a server together with the person, and tries to sign in.
 *
 * @module
 */

import { type ConnectUi, type PluginContext, TargetError } from "../../core/extend/mod.ts";
import { fingerprint, hostKeyState, keyType } from "./host_key.ts";
import { askHostKey, openSession, serverName } from "./sftp_session.ts";
import { readSftpSettings } from "./sftp_settings.ts";

/**
 * Shows the key of the server, keeps it once the person trusts it, and signs in.
 * Nothing secret is sent before. A key in the settings is not asked about.
 * Throws `denied` where it is not trusted.
 */
export async function connectSftp(context: PluginContext, ui: ConnectUi): Promise<void> {
  const settings = await readSftpSettings(context);
  const server = serverName(settings);
  let trusted = settings.hostKey;
  const isAsked = context.settings.hostKey === undefined || context.settings.hostKey === "";
  if (isAsked) {
    const key = await askHostKey(settings, context.signal);
    const shown = fingerprint(key);
    if (shown !== trusted) {
      if (trusted !== undefined) ui.say(`Until now the key of "${server}" was ${trusted}.`);
      ui.say(`The server "${server}" shows the ${keyType(key)} key ${shown}.`);
      const answer = await ui.ask("Do you trust it? Type yes");
      if (answer.trim().toLowerCase() !== "yes") throw untrusted(server);
      trusted = shown;
    }
  }
  const session = await openSession({ ...settings, hostKey: trusted }, context.signal);
  await session.end();
  // Kept only once a login went through, so that a typo in the host is not remembered.
  if (isAsked && trusted !== undefined) await context.state.set(hostKeyState, trusted);
  ui.say(`Signed in to "${server}".`);
}

/** The error for a key that the person did not trust. */
function untrusted(server: string): TargetError {
  return new TargetError("denied", `Cannot connect to "${server}": its key was not trusted`, {
    hint: "Compare it with `ssh-keygen -lf` on the server, then connect again and type yes.",
  });
}
