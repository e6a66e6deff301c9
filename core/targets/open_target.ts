/**
 * From what the configuration says of a target to one that can be used.
 *
 * @module
 */

import type { CodecSettings, TargetSettings } from "../config/target_settings.ts";
import type { Codec } from "../extend/codec.ts";
import { deadlineTarget } from "../extend/deadline_target.ts";
import { limitedTarget } from "../extend/limited_target.ts";
import type { Kind, PluginContext, Secrets, StateStore } from "../extend/plugin.ts";
import type { Registry } from "../extend/registry.ts";
import type { Setting, SettingValues } from "../extend/setting.ts";
import { settingValues } from "../extend/setting_values.ts";
import type { Target } from "../extend/target.ts";
import type { InspectOptions, TargetFinding } from "../extend/target_report.ts";
import { withinTime } from "../extend/within_time.ts";
import type { RetentionPolicy } from "../retention/retention_policy.ts";
import { targetFailure } from "./target_failure.ts";

/** What {@linkcode openTarget} is given. */
export interface OpenTargetOptions {
  /** What the loaded plugins add. */
  readonly registry: Registry;
  /** What the configuration says of it. */
  readonly settings: Pick<TargetSettings, "kind" | "settings" | "codecs"> & Partial<TargetSettings>;
  /** What it is given besides its settings. */
  readonly secrets: Secrets;
  /** Where it keeps tokens and sessions. */
  readonly state: StateStore;
  /** See {@linkcode OpenTarget.once}. */
  readonly once?: boolean | undefined;
  /** Makes a path of the settings absolute; it stays as it is by default. */
  readonly absolute?: ((path: string) => string) | undefined;
  /** Bytes a second at most; no limit by default. */
  readonly bytesPerSecond?: number | undefined;
  /** Milliseconds without progress until a verb is given up; 60,000 by default. */
  readonly deadlineMs?: number | undefined;
  /** Aborted when the run ends. */
  readonly signal: AbortSignal;
}

/** A target that can be used, with what belongs to it. Disposing of it closes its connections. */
export interface OpenTarget extends AsyncDisposable {
  /** Its name in the configuration. */
  readonly name: string;
  /** The kind of place: `folder`, `s3`, … */
  readonly kind: string;
  /** The place, every verb with a deadline. */
  readonly target: Target;
  /** The codecs of new copies, first to last. */
  readonly codecs: readonly string[];
  /** A codec by name, with its settings here; copies of earlier days may need others. */
  codec(name: string): Promise<Codec>;
  /** A backup whose copy does not arrive here counts as failed. */
  readonly required: boolean;
  /** It was named for one backup: it gets that one alone, and no policy is applied. */
  readonly once?: boolean | undefined;
  /** Which copies to keep; the default of targets where it is absent. */
  readonly retention?: RetentionPolicy | undefined;
  /**
   * What was done to the copies there from outside, for kinds that can tell; not what `health`
   * of the kind tells without asking. Throws `TargetError`.
   */
  inspect?(options: InspectOptions, signal: AbortSignal): Promise<readonly TargetFinding[]>;
}

/**
 * Opens a configured target: its settings are checked, its place and codecs made. No
 * network work is done yet.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` for a kind, codec or setting that is not right,
 * `PLUGIN_INVALID`, `TARGET_FAILED`.
 */
export async function openTarget(name: string, options: OpenTargetOptions): Promise<OpenTarget> {
  const { registry, settings, bytesPerSecond, deadlineMs } = options;
  const { kind } = registry.find("targets", settings.kind);
  const context = contextOf(name, {
    ...options,
    declared: kind.settings,
    given: settings.settings,
  });
  const codecs = new Map<string, Promise<Codec>>();
  const codec = (wanted: string): Promise<Codec> => {
    const known = codecs.get(wanted) ?? makeCodec(name, wanted, options);
    codecs.set(wanted, known);
    return known;
  };
  const names = settings.codecs.map(codecName);
  // A codec that is set up wrongly is told now, not after the backup.
  for (const wanted of names) await codec(wanted);
  let place: Target;
  try {
    place = await kind.create(context);
  } catch (error) {
    throw targetFailure(error, { name, doing: "open" });
  }
  const limited = bytesPerSecond === undefined ? place : limitedTarget(place, { bytesPerSecond });
  const target = deadlineTarget(limited, { deadlineMs });
  return {
    name,
    kind: settings.kind,
    target,
    codecs: names,
    codec,
    required: settings.required ?? false,
    once: options.once,
    retention: settings.retention,
    ...kind.inspect !== undefined && { inspect: inspecting(kind, context, deadlineMs) },
    async [Symbol.asyncDispose](): Promise<void> {
      await target.close?.();
    },
  };
}

/** Asking a kind what it finds at the place, within the deadline. */
function inspecting(
  kind: Kind<Target>,
  context: PluginContext,
  ms = 60_000,
): Required<OpenTarget>["inspect"] {
  return async (options, signal) =>
    await withinTime({ ms, signal }, async (signal) => {
      const asking = { ...context, signal };
      const all = await kind.inspect?.(asking, options) ?? [];
      const known = new Set((await kind.health?.(asking) ?? []).map(({ message }) => message));
      return all.filter(({ message }) => !known.has(message));
    });
}

/** What a factory of this target is given: also for `connect` and `disconnect`. */
export function contextOf(
  name: string,
  options: Pick<OpenTargetOptions, "secrets" | "state" | "signal" | "absolute"> & {
    readonly declared: readonly Setting[];
    readonly given: Readonly<Record<string, unknown>>;
  },
): PluginContext {
  const { declared, given, absolute = (path) => path, secrets, state, signal } = options;
  const values = settingValues(declared, given, `target "${name}"`);
  return { name, settings: withPaths(values, declared, absolute), secrets, state, signal };
}

async function makeCodec(
  target: string,
  wanted: string,
  options: OpenTargetOptions,
): Promise<Codec> {
  const { kind } = options.registry.find("codecs", wanted);
  const own = options.settings.codecs.find((each) => codecName(each) === wanted);
  const given = own === undefined || typeof own === "string" ? {} : own.settings ?? {};
  const context = contextOf(target, { ...options, declared: kind.settings, given });
  try {
    return await kind.create(context);
  } catch (error) {
    throw targetFailure(error, { name: target, doing: "open" });
  }
}

function codecName(codec: CodecSettings): string {
  return typeof codec === "string" ? codec : codec.kind;
}

function withPaths(
  values: SettingValues,
  declared: readonly Setting[],
  absolute: (path: string) => string,
): SettingValues {
  const paths = declared.filter(({ kind }) => kind === "path").map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      paths.includes(name) && typeof value === "string" ? absolute(value) : value,
    ]),
  );
}
