/**
 * Google Drive as a place for copies, with an OAuth client of your own
 * (docs/google_drive.md).
 *
 * @example Signing in from an application with a window of its own
 * ```ts
 * import { fileStateStore } from "@holdfast/holdfast/plugin";
 * import { type AuthorizationAnswer, driveKind } from "@holdfast/holdfast/plugins/google_drive";
 *
 * const dir = await Deno.makeTempDir();
 * const context = {
 *   name: "drive",
 *   settings: { clientId: "1234.apps.googleusercontent.com" },
 *   secrets: { get: (name: string) => Promise.resolve({ clientSecret: "GOCSPX-…" }[name]) },
 *   state: fileStateStore(`${dir}/drive.json`),
 *   signal: new AbortController().signal,
 * };
 * const drive = driveKind();
 *
 * // The first half: where to send the person.
 * const address = await drive.begin(context, "http://127.0.0.1:4100/done");
 * console.log(new URL(address).host); // accounts.google.com
 *
 * // The second half, when the browser comes back with ?code=…&state=…
 * async function done(answer: AuthorizationAnswer): Promise<void> {
 *   await drive.complete(context, answer);
 * }
 * await done({ code: "a code", state: "not ours" }).catch((error) => console.log(error.kind)); // denied
 * await Deno.remove(dir, { recursive: true });
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/plugin.ts";
import { driveKind } from "./drive_kind.ts";

export type { AuthorizationAnswer } from "./authorization.ts";
export type { InspectOptions } from "../../core/extend/target_report.ts";
export type { DriveDescription, DriveKind } from "./drive_kind.ts";
export { driveKind } from "./drive_kind.ts";
export type { DriveTarget } from "./drive_target.ts";
export type { DriveFinding } from "./finding.ts";
export type { QuotaForecast, UsageSample } from "./forecast.ts";
export { forecastQuota } from "./forecast.ts";
export type { DriveRuntime } from "./runtime.ts";

/** The plugin. */
const plugin: Plugin = definePlugin({
  name: "google_drive",
  summary: "Keeps copies in Google Drive.",
  targets: { google_drive: driveKind() },
});

export default plugin;
