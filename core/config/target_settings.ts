/**
 * The definition of a target and of a notifier in the configuration: the name of
 * the kind is checked when the plugins are loaded, and so are its own settings.
 *
 * @module
 */

import * as v from "valibot";
import type { SettingValue } from "../extend/setting.ts";
import type { Given, GivenTarget } from "./given_settings.ts";
import type { RetentionPolicy } from "../retention/retention_policy.ts";
import { retentionSettings } from "./retention_settings.ts";
import { choices, duration, flag, help, text, whole } from "./setting_kinds.ts";

/** A codec by name, or with its own settings. */
export type CodecSettings = string | {
  readonly kind: string;
  readonly settings?: Readonly<Record<string, SettingValue>> | undefined;
};

/** A place that holds copies. */
export interface TargetSettings {
  /** The kind, as a plugin names it. */
  readonly kind: string;
  /** What that kind is given; secrets stand elsewhere. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Steps on the way there, in order. */
  readonly codecs: readonly CodecSettings[];
  /** What to keep there. */
  readonly retention?: RetentionPolicy | undefined;
  /** Whether a backup without its copy there counts as failed. */
  readonly required: boolean;
  /** Whether it is used. */
  readonly enabled: boolean;
  /** How long between checks of its copies by `watch` and the timers; never without. */
  readonly verifyEvery?: string | undefined;
  /** How many of its copies each of them verifies, in percent. */
  readonly verifySample: number;
}

/** Which news goes somewhere. */
export type NewsKind = "failure" | "recovery" | "warning" | "success" | "digest";

/** A place where news of an outcome goes. */
export interface NotifierSettings {
  /** The kind, as a plugin names it. */
  readonly kind: string;
  /** What that kind is given; secrets stand elsewhere. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** What it is told of. */
  readonly on: readonly NewsKind[];
  /** Whether it is used. */
  readonly enabled: boolean;
}

/** A notifier as it is given. */
export type GivenNotifier = Given<NotifierSettings> & Pick<NotifierSettings, "kind">;

const settingValue = v.union(
  [v.string(), v.number(), v.boolean(), v.array(v.string())],
  "a text, a number, true or false, or a list of texts",
);

const settings = v.record(v.string(), settingValue, "an object with the settings of this kind");

const codec = v.union(
  [
    text(),
    v.strictObject({ kind: text(), settings: v.optional(settings) }),
  ],
  'a codec such as "zstd" or { "kind": "age", "settings": { … } }',
);

/** The definition of one target. */
export const targetSettings: v.GenericSchema<GivenTarget, TargetSettings> = v
  .strictObject({
    kind: help(text(), "The kind of place: folder, zip, s3, google_drive, sftp, webdav, rclone, …"),
    settings: v.optional(help(settings, "The settings of that kind."), {}),
    codecs: v.optional(
      help(v.array(codec, "a list of codecs"), "Steps on the way: zstd, gzip, age."),
      [],
    ),
    retention: v.optional(retentionSettings),
    required: v.optional(
      help(flag(), "A backup whose copy does not arrive here counts as failed."),
      false,
    ),
    enabled: v.optional(help(flag(), "Copies are sent here."), true),
    verifyEvery: v.optional(
      help(duration(), "How often watch and the timers verify copies here; never without."),
    ),
    verifySample: v.optional(
      help(whole(1, 100), "How many copies each of these checks verifies, in percent."),
      5,
    ),
  }, 'an object such as { "kind": "folder", "settings": { "path": "/media/usb" } }');

const news = ["failure", "recovery", "warning", "success", "digest"] as const;

/** The definition of one notifier. */
export const notifierSettings: v.GenericSchema<GivenNotifier, NotifierSettings> = v
  .strictObject({
    kind: help(text(), "How it is sent: webhook, mail, command, heartbeat, …"),
    settings: v.optional(help(settings, "The settings of that kind."), {}),
    on: v.optional(help(choices(news), "Which news is sent."), [
      "failure",
      "recovery",
      "warning",
    ]),
    enabled: v.optional(help(flag(), "News is sent."), true),
  }, 'an object such as { "kind": "webhook", "settings": { "url": "https://…" } }');
