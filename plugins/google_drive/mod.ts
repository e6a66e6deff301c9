/**
 * Google Drive as a place for copies, with an OAuth client of your own
 * (docs/google_drive.md).
 *
 * @example Signing in from an application with a window of its own
 * ```ts ignore needs a Google account and a person
 * import { driveKind } from "@holdfast/holdfast/plugins/google_drive";
 *
 * const drive = driveKind();
 * console.log(await drive.begin(context, "http://127.0.0.1:4100/done"));
 * // … the browser comes back with ?code=…&state=…
 * await drive.complete(context, { code, state });
 * const target = await drive.create(context);
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
