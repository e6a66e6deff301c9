/**
 * The plugins that come along, each imported only when it is used. The only place that
 * knows them.
 *
 * @module
 */

/** How to import each, by its name. A kind of target, codec or notifier bears the name of its plugin. */
export const bundledPlugins: Readonly<Record<string, () => Promise<unknown>>> = {
  age: () => import("../plugins/age/mod.ts"),
  command: () => import("../plugins/command/mod.ts"),
  folder: () => import("../plugins/folder/mod.ts"),
  google_drive: () => import("../plugins/google_drive/mod.ts"),
  gzip: () => import("../plugins/gzip/mod.ts"),
  heartbeat: () => import("../plugins/heartbeat/mod.ts"),
  mail: () => import("../plugins/mail/mod.ts"),
  rclone: () => import("../plugins/rclone/mod.ts"),
  s3: () => import("../plugins/s3/mod.ts"),
  sftp: () => import("../plugins/sftp/mod.ts"),
  webdav: () => import("../plugins/webdav/mod.ts"),
  webhook: () => import("../plugins/webhook/mod.ts"),
  zip: () => import("../plugins/zip/mod.ts"),
  zstd: () => import("../plugins/zstd/mod.ts"),
};

/** Kinds of targets that can tell without asking whether they will go on working. */
export const tellsHealth: ReadonlySet<string> = new Set(["google_drive"]);
