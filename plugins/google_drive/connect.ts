/**
 * Signing in and out, with a person at hand.
 *
 * @module
 */

import type { ConnectUi, StateStore } from "../../core/extend/plugin.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { beginAuthorization, finishAuthorization } from "./authorization.ts";
import { deviceGrant } from "./device_flow.ts";
import type { Drive } from "./drive.ts";
import { forgetFolder } from "./folder.ts";
import { listenLoopback } from "./loopback.ts";
import { revokeToken } from "./oauth.ts";
import { readAccount } from "./quota.ts";
import { forgetTokens, loadTokens, saveTokens, tokensOf } from "./tokens.ts";

/** Where a person sees and ends what was allowed. */
const connections = "https://myaccount.google.com/connections";

/** Signs in by the configured way, then chooses or makes the folder. */
export async function connectDrive(
  drive: Drive,
  ui: ConnectUi,
  signal: AbortSignal,
): Promise<void> {
  if (drive.settings.flow === "device") await connectByDevice(drive, ui, signal);
  else await connectByBrowser(drive, ui, signal);
  const { email, quota } = await readAccount(drive, { signal });
  ui.say(`Signed in to Google Drive as ${email}.`);
  if (await drive.folder.isChosen() && await drive.folder.look({ signal }) === undefined) {
    // Another account, or a folder that is gone for good: the person is here, so choose anew.
    await forgetFolder(drive.state);
  }
  await drive.folder.ensure({ signal });
  ui.say(`Copies go to the folder "${drive.settings.folder}" in My Drive.`);
  if (quota.free !== undefined) ui.say(`${Math.floor(quota.free / 1e6)} MB are free there.`);
}

/** With a browser on this machine. */
async function connectByBrowser(drive: Drive, ui: ConnectUi, signal: AbortSignal): Promise<void> {
  await using loopback = listenLoopback(signal);
  const url = await beginAuthorization(drive.oauth, drive.state, loopback.redirectUri);
  await ui.visit(url, { qr: false });
  ui.say(
    "Waiting for the consent. It has to come from a browser on this machine; " +
      'where there is none, stop here and set "flow" to "device".',
  );
  const answer = await loopback.answer;
  await finishAuthorization(drive.oauth, drive.state, { answer, signal });
}

/** With a code on another device. */
async function connectByDevice(drive: Drive, ui: ConnectUi, signal: AbortSignal): Promise<void> {
  const grant = await deviceGrant(drive.oauth, ui, signal);
  const { clientId } = drive.settings;
  await saveTokens(drive.state, tokensOf(grant, clientId, drive.runtime.now()));
}

/**
 * Takes the sign-in back and forgets it, the folder and the use of the account.
 * It is forgotten here even where Google could not be told; then it throws, with
 * where to end it by hand.
 */
export async function disconnectDrive(drive: Drive, signal: AbortSignal): Promise<void> {
  const tokens = await loadTokens(drive.state);
  try {
    if (tokens !== undefined) await revokeToken(drive.oauth, tokens.refreshToken, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw new TargetError("unavailable", "Cannot revoke the sign-in: Google did not answer", {
      hint: `It is forgotten here; end it at ${connections} too.`,
      cause,
    });
  } finally {
    await forgetAll(drive.state);
  }
}

/** Forgets what belongs to the account. */
async function forgetAll(state: StateStore): Promise<void> {
  await forgetTokens(state);
  await forgetFolder(state);
  for (const key of ["authorization", "usage"]) await state.delete(key);
}
