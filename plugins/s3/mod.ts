/**
 * Copies in any S3-compatible store: Amazon, Ceph, MinIO, Backblaze, Cloudflare,
 * Wasabi, Hetzner and others.
 *
 * @module
 */

import {
  type ConnectUi,
  definePlugin,
  type Plugin,
  type PluginContext,
  type SettingValue,
  TargetError,
} from "../../core/extend/mod.ts";
import { findCredentials } from "./credentials.ts";
import { probeStore } from "./probe_store.ts";
import { S3Client } from "./s3_client.ts";
import type { S3Options } from "./s3_options.ts";
import { s3Settings } from "./s3_settings.ts";
import { s3Target } from "./s3_target.ts";

export type { S3Credentials } from "./credentials.ts";
export type { S3Options } from "./s3_options.ts";
export { s3Target } from "./s3_target.ts";

/** The plugin. */
const s3: Plugin = definePlugin({
  name: "s3",
  summary: "Keeps copies in any S3-compatible store.",
  targets: {
    s3: {
      summary: "A bucket of any S3-compatible store.",
      settings: s3Settings,
      create: (context) => s3Target(optionsOf(context)),
      connect,
    },
  },
});

/** Tries what the target needs, and tells what was found. */
async function connect(context: PluginContext, ui: ConnectUi): Promise<void> {
  const client = new S3Client(optionsOf(context));
  try {
    const { ifNoneMatch } = await probeStore(client, context.signal);
    const found = ifNoneMatch ? "honours" : "does not honour";
    ui.say(`The bucket "${client.place.bucket}" can be written. It ${found} If-None-Match.`);
  } finally {
    client.close();
  }
}

/** The options that follow from the settings. */
function optionsOf({ settings, secrets, state }: PluginContext): S3Options {
  const text = (name: string): string | undefined => ifString(settings[name]);
  const number = (name: string): number | undefined => ifNumber(settings[name]);
  const bucket = text("bucket");
  if (bucket === undefined) {
    throw new TargetError("invalid", 'Cannot use the S3 target: "bucket" is missing');
  }
  const partSizeMB = number("partSizeMB");
  const { addressing } = settings;
  return {
    bucket,
    endpoint: text("endpoint"),
    region: text("region"),
    pathStyle: addressing === "path" ? true : addressing === "host" ? false : undefined,
    prefix: text("prefix"),
    storageClass: text("storageClass"),
    partSize: partSizeMB === undefined ? undefined : partSizeMB * 1024 * 1024,
    parallel: number("parallel"),
    credentials: () => findCredentials({ settings, secrets }),
    state,
  };
}

/** The value where it is a text that says something. */
function ifString(value: SettingValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The value where it is a number. */
function ifNumber(value: SettingValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export default s3;
