/**
 * What a plugin module exports by default.
 *
 * @module
 */

import type { Codec } from "./codec.ts";
import type { Format } from "./format.ts";
import type { Notifier } from "./notifier.ts";
import type { Setting, SettingValues } from "./setting.ts";
import type { Target } from "./target.ts";
import type { InspectOptions, TargetDescription, TargetFinding } from "./target_report.ts";

/** Secrets by the name of their setting. */
export interface Secrets {
  /** The secret, or `undefined` where none is set. */
  get(name: string): Promise<string | undefined>;
  /**
   * Asks the person for one that is not set, where there is a person; twice where it is
   * a new one (`again`). It is not kept.
   */
  ask?(name: string, options?: { readonly again?: boolean }): Promise<string | undefined>;
}

/**
 * A small durable store of one configured plugin instance, for tokens and
 * upload sessions. Its file has mode 0600; every write is atomic.
 */
export interface StateStore {
  /** The value, or `undefined`. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a value. */
  set(key: string, value: string): Promise<void>;
  /** Forgets a value. */
  delete(key: string): Promise<void>;
  /**
   * Keeps what `change` makes of a value, as one step: nobody else writes meanwhile, also no other
   * process. `change` is quick and does not use the store. Where a store lacks it, only `get` and
   * `set` are there.
   */
  update?(
    key: string,
    change: (value: string | undefined) => Promise<string | undefined>,
  ): Promise<void>;
}

/** What a factory is given. */
export interface PluginContext {
  /** The name of this instance in the configuration. */
  readonly name: string;
  /** Its settings, checked, without the secrets. */
  readonly settings: SettingValues;
  /** Its secrets. */
  readonly secrets: Secrets;
  /** Its durable store. */
  readonly state: StateStore;
  /** Aborted when the run ends. */
  readonly signal: AbortSignal;
}

/** How a plugin talks to the person while it connects; the host decides what it looks like. */
export interface ConnectUi {
  /** Tells something. */
  say(message: string): void;
  /**
   * Shows an address to visit, tries to open it in a browser, and, where asked,
   * shows it as a QR code too.
   */
  visit(url: string, options?: { readonly qr?: boolean; readonly code?: string }): Promise<void>;
  /** Asks for a line of text; a secret is not echoed. */
  ask(question: string, options?: { readonly secret?: boolean }): Promise<string>;
}

/** One kind of thing that a plugin adds, with its settings and its factory. */
export interface Kind<Instance> {
  /** One sentence: what it is for. */
  readonly summary: string;
  /** Its settings. */
  readonly settings: readonly Setting[];
  /** Makes one from its settings. It does no network work before its first verb. */
  create(context: PluginContext): Instance | Promise<Instance>;
  /** Signs in, for kinds that need it (OAuth, a pinned host key). */
  connect?(context: PluginContext, ui: ConnectUi): Promise<void>;
  /** Forgets what `connect` kept, and revokes it where the place can. */
  disconnect?(context: PluginContext): Promise<void>;
  /** Account, folder, room of a place, for `target show`. It asks the place. */
  describe?(context: PluginContext): Promise<TargetDescription>;
  /** Whether a place will go on working, from what is kept here, for `health`. It asks nobody. */
  health?(context: PluginContext): Promise<readonly TargetFinding[]>;
  /** The same, and what was done to the copies there from outside. It asks the place. */
  inspect?(context: PluginContext, options?: InspectOptions): Promise<readonly TargetFinding[]>;
}

/** What a plugin adds, by name within each kind. */
export interface Plugin {
  /** Its name: lower-case letters, digits and `_`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Places that hold copies. */
  readonly targets?: Readonly<Record<string, Kind<Target>>> | undefined;
  /** Ways to pack the content of a backup into one file. */
  readonly formats?: Readonly<Record<string, Kind<Format>>> | undefined;
  /** Reversible steps on the way to a target. */
  readonly codecs?: Readonly<Record<string, Kind<Codec>>> | undefined;
  /** Where news of an outcome goes. */
  readonly notifiers?: Readonly<Record<string, Kind<Notifier>>> | undefined;
}

/**
 * Gives a plugin back as it is, with its type checked.
 *
 * @example
 * ```ts
 * import { definePlugin, memoryTarget } from "@holdfast/holdfast/plugin";
 *
 * export default definePlugin({
 *   name: "shelf",
 *   summary: "Keeps copies in memory, for tests.",
 *   targets: { shelf: { summary: "A shelf.", settings: [], create: () => memoryTarget() } },
 * });
 * ```
 */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
