/**
 * A configured instance on the fake server, for tests.
 *
 * @module
 */

import type { ConnectUi, PluginContext, StateStore } from "../../../core/extend/plugin.ts";
import type { SettingValues } from "../../../core/extend/setting.ts";
import { type DriveKind, driveKind } from "../drive_kind.ts";
import type { DriveTarget } from "../drive_target.ts";
import type { DriveRuntime } from "../runtime.ts";
import { FakeDrive } from "./fake_drive.ts";

/** What {@linkcode driveBench} is given. */
export interface DriveBenchOptions {
  readonly settings?: SettingValues;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly runtime?: Partial<DriveRuntime>;
  readonly fake?: FakeDrive;
  readonly state?: StateStore;
  readonly name?: string;
  /** Do not sign in. */
  readonly signedOut?: boolean;
}

/** A configured instance on the fake server. `await using` closes the server. */
export interface DriveBench extends AsyncDisposable {
  readonly fake: FakeDrive;
  readonly kind: DriveKind;
  readonly context: PluginContext;
  /** What the store holds. */
  readonly values: Map<string, string>;
  /** What the person was told. */
  readonly said: string[];
  readonly ui: ConnectUi;
  /** The waits that were asked for, in milliseconds; none was waited for. */
  readonly waits: number[];
  readonly signal: AbortSignal;
  /** The target, made anew: another process with the same store. */
  target(): Promise<DriveTarget>;
}

/** Makes one, signed in. */
export async function driveBench(options: DriveBenchOptions = {}): Promise<DriveBench> {
  const fake = options.fake ?? await FakeDrive.start();
  const [values, said, waits] = [new Map<string, string>(), [] as string[], [] as number[]];
  const { signal } = new AbortController();
  const kind = driveKind({
    now: () => fake.now,
    random: () => 0.5,
    sleep: async (ms, aborted) => {
      aborted.throwIfAborted();
      waits.push(ms);
      fake.now = fake.now.add({ milliseconds: Math.round(ms) });
      await Promise.resolve();
    },
    ...options.runtime,
  });
  const secrets: Record<string, string> = {
    clientSecret: fake.oauth.clientSecret,
    ...options.secrets,
  };
  const context: PluginContext = {
    name: options.name ?? "drive",
    settings: {
      clientId: fake.oauth.clientId,
      apiBase: fake.base,
      authBase: fake.base,
      tokenBase: fake.base,
      ...options.settings,
    },
    secrets: { get: (name) => Promise.resolve(secrets[name]) },
    state: options.state ?? mapStore(values),
    signal,
  };
  const ui = visitor(said);
  const bench: DriveBench = {
    fake,
    kind,
    context,
    values,
    said,
    ui,
    waits,
    signal,
    target: async () => await kind.create(context),
    [Symbol.asyncDispose]: async () => await fake[Symbol.asyncDispose](),
  };
  if (options.signedOut !== true) await kind.connect?.(context, ui);
  said.splice(0);
  waits.splice(0);
  fake.seen.splice(0);
  return bench;
}

/** A store in memory. */
export function mapStore(values: Map<string, string>): StateStore {
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
}

/** A person with a browser that goes wherever it is sent. */
export function visitor(said: string[]): ConnectUi {
  return {
    say: (message) => void said.push(message),
    async visit(url, { code } = {}): Promise<void> {
      said.push(code === undefined ? "visit" : `visit ${url} and enter ${code}`);
      if (code !== undefined) return;
      const consent = await fetch(url, { redirect: "manual" });
      await consent.body?.cancel();
      const back = await fetch(consent.headers.get("location") ?? "");
      said.push(await back.text());
    },
    ask: () => Promise.resolve(""),
  };
}
