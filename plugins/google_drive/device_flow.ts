/**
 * Signing in with a code on another device, for machines without a browser
 * (RFC 8628). Google allows the scope `drive.file` here.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/limited-input-device
 *
 * @module
 */

import * as v from "valibot";
import type { ConnectUi } from "../../core/extend/plugin.ts";
import { readAnswer } from "./answer.ts";
import { GoogleError } from "./google_error.ts";
import { driveScope, type Grant, type OAuthClient, postForm, requestGrant } from "./oauth.ts";

/** Google calls it `verification_url`, the RFC `verification_uri`. */
const deviceSchema = v.object({
  device_code: v.string(),
  user_code: v.string(),
  verification_url: v.string(),
  expires_in: v.number(),
  interval: v.optional(v.number(), 5),
});

/**
 * Shows the code and waits until the person entered it elsewhere. Throws `denied`
 * where the person refuses or lets the code run out.
 */
export async function deviceGrant(
  client: OAuthClient,
  ui: ConnectUi,
  signal: AbortSignal,
): Promise<Grant> {
  const { settings, runtime } = client;
  const action = "get a code for signing in";
  const body = { client_id: settings.clientId, scope: driveScope };
  const answer = await postForm(client, { path: "device/code", action, body }, signal);
  const device = readAnswer(deviceSchema, answer, action);
  const ends = runtime.now().add({ seconds: device.expires_in });
  await ui.visit(device.verification_url, { qr: true, code: device.user_code });
  let seconds = device.interval;
  while (Temporal.Instant.compare(runtime.now(), ends) < 0) {
    await runtime.sleep(seconds * 1000, signal);
    try {
      return await requestGrant(client, {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        device_code: device.device_code,
      }, signal);
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error;
      if (error.reason === "slow_down") seconds += 5;
      else if (error.reason !== "authorization_pending") throw error;
    }
  }
  throw new GoogleError("sign in to Google", { status: 400, reason: "expired_token" });
}
