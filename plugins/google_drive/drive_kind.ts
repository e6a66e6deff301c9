/**
 * The kind of target that the plugin adds, with what it offers beyond the contract.
 *
 * @module
 */

import type { Kind, PluginContext } from "../../core/extend/plugin.ts";
import type { TargetQuota } from "../../core/extend/target.ts";
import type { InspectOptions } from "../../core/extend/target_report.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import {
  type AuthorizationAnswer,
  beginAuthorization,
  finishAuthorization,
} from "./authorization.ts";
import { connectDrive, disconnectDrive } from "./connect.ts";
import { type Drive, openDrive } from "./drive.ts";
import { type DriveTarget, driveTarget } from "./drive_target.ts";
import type { DriveFinding } from "./finding.ts";
import { forecastQuota, loadUsage, type QuotaForecast } from "./forecast.ts";
import { inspectFiles } from "./inspect.ts";
import { readAccount } from "./quota.ts";
import { type DriveRuntime, driveRuntime } from "./runtime.ts";
import { driveSettings } from "./settings.ts";
import { tokenHealth } from "./token_health.ts";
import { loadTokens } from "./tokens.ts";

/** What `target show` tells of an instance. */
export interface DriveDescription {
  /** Somebody is signed in, and Google still accepts it. */
  readonly connected: boolean;
  /** Whose account it is. */
  readonly account?: { readonly name: string; readonly email: string } | undefined;
  /** The folder that holds the copies. */
  readonly folder: { readonly name: string; readonly id?: string | undefined };
  /** The room in the account, in bytes. */
  readonly quota?: TargetQuota | undefined;
  /** How the use of the account grows. */
  readonly forecast?: QuotaForecast | undefined;
  /** Why it is not connected. */
  readonly problem?: TargetError | undefined;
}

/** The kind, with what it offers beyond the contract. */
export interface DriveKind extends Kind<DriveTarget> {
  /** Google Drive keeps this many copies by default, with the other rules of retention. */
  readonly retention: { readonly maxCount: number };
  /** The first half of signing in: the address to visit, for your own redirect address. */
  begin(context: PluginContext, redirectUri: string): Promise<string>;
  /** The second half: keeps the sign-in for the code and the state that came back. */
  complete(context: PluginContext, answer: AuthorizationAnswer): Promise<void>;
  /** Account, folder and room, for `target show`. Asks Google. */
  describe(context: PluginContext): Promise<DriveDescription>;
  /** Whether the sign-in is good and stays so, for `health`. Asks nobody. */
  health(context: PluginContext): Promise<readonly DriveFinding[]>;
  /** The same, and what people did to folder and files, the room and the clock. Asks Google. */
  inspect(context: PluginContext, options?: InspectOptions): Promise<readonly DriveFinding[]>;
}

/** A clock that is off by more is told. */
const clockTolerance = 5 * 60_000;
/** An account that will be full within so many days is told. */
const soonDays = 30;

/** The kind, with another runtime in tests. */
export function driveKind(overrides: Partial<DriveRuntime> = {}): DriveKind {
  const runtime = { ...driveRuntime, ...overrides };
  const open = (context: PluginContext): Promise<Drive> => openDrive(context, runtime);
  return {
    summary: "A folder in Google Drive, which holds only what holdfast put there.",
    settings: driveSettings,
    retention: { maxCount: 50 },
    create: async (context) => driveTarget(await open(context)),
    connect: async (context, ui) => await connectDrive(await open(context), ui, context.signal),
    disconnect: async (context) => await disconnectDrive(await open(context), context.signal),
    async begin(context, redirectUri): Promise<string> {
      const { oauth, state } = await open(context);
      return await beginAuthorization(oauth, state, redirectUri);
    },
    async complete(context, answer): Promise<void> {
      const { oauth, state } = await open(context);
      await finishAuthorization(oauth, state, { answer, signal: context.signal });
    },
    describe: async (context) => await describe(await open(context), context.signal),
    health: async (context) => await health(await open(context)),
    inspect: async (context, { expected } = {}) =>
      await inspect(await open(context), { expected, signal: context.signal }),
  };
}

/** Account, folder and room. */
async function describe(drive: Drive, signal: AbortSignal): Promise<DriveDescription> {
  const { folder: name } = drive.settings;
  try {
    const { email, name: owner, quota } = await readAccount(drive, { signal });
    const id = await drive.folder.find({ signal });
    const forecast = forecastQuota(await loadUsage(drive.state), quota.free);
    const folder = { name, ...(id === undefined ? {} : { id }) };
    return { connected: true, account: { name: owner, email }, folder, quota, forecast };
  } catch (problem) {
    if (!(problem instanceof TargetError)) throw problem;
    return { connected: problem.kind !== "denied", folder: { name }, problem };
  }
}

/** The sign-in. */
async function health(drive: Drive): Promise<readonly DriveFinding[]> {
  const { appInTesting } = drive.settings;
  return tokenHealth(await loadTokens(drive.state), { now: drive.runtime.now(), appInTesting });
}

/** All there is to find. What Google refuses is a finding too. */
async function inspect(
  drive: Drive,
  call: InspectOptions & { readonly signal: AbortSignal },
): Promise<readonly DriveFinding[]> {
  const findings: DriveFinding[] = [];
  try {
    const { quota } = await readAccount(drive, call);
    findings.push(...await inspectFiles(drive, call), ...clock(drive));
    findings.push(...nearlyFull(forecastQuota(await loadUsage(drive.state), quota.free), drive));
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { message, hint } = error;
    if (error.kind !== "denied" || (await health(drive)).length === 0) {
      findings.push({ kind: "unreachable", level: "problem", message, hint });
    }
  }
  return [...await health(drive), ...findings];
}

/** About the clock of this machine. */
function clock({ client }: Drive): readonly DriveFinding[] {
  if (Math.abs(client.skewMs) < clockTolerance) return [];
  const minutes = Math.round(client.skewMs / 60_000);
  const message = `The clock of this machine is ${Math.abs(minutes)} minutes ` +
    (minutes > 0 ? "behind Google's" : "ahead of Google's");
  const hint = "Set the clock, and let it be kept by NTP: sign-ins and schedules depend on it.";
  return [{ kind: "clock", level: "warning", message, hint }];
}

/** About the room that is left. */
function nearlyFull(
  forecast: QuotaForecast | undefined,
  { runtime }: Drive,
): readonly DriveFinding[] {
  const fullAt = forecast?.fullAt;
  if (fullAt === undefined || fullAt.since(runtime.now()).total("days") > soonDays) return [];
  const day = fullAt.toString().slice(0, 10);
  const message = `The Google account will be full around ${day}, as its use grows now`;
  const hint = "Keep fewer copies, empty the bin, or buy more room.";
  return [{ kind: "nearly_full", level: "warning", message, hint }];
}
