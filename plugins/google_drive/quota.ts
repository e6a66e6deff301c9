/**
 * The room in the account, and who it belongs to.
 *
 * @see https://developers.google.com/workspace/drive/api/reference/rest/v3/about
 *
 * @module
 */

import * as v from "valibot";
import type { TargetQuota } from "../../core/extend/target.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import type { Drive } from "./drive.ts";
import type { DriveCall } from "./drive_client.ts";
import { recordUsage } from "./forecast.ts";

/** A decimal text as a number. */
const bytes = v.pipe(v.string(), v.digits(), v.transform(Number));

/** What Google tells of the account. Without `limit` it is unlimited, or shared by a domain. */
const aboutSchema = v.object({
  user: v.object({
    displayName: v.optional(v.string(), ""),
    emailAddress: v.optional(v.string(), ""),
  }),
  storageQuota: v.object({
    limit: v.optional(bytes),
    usage: v.optional(bytes),
    usageInDriveTrash: v.optional(bytes),
  }),
  maxUploadSize: v.optional(bytes),
});

/** The account and its room. */
export interface DriveAccount {
  /** The name of its owner. */
  readonly name: string;
  /** Its mail address. */
  readonly email: string;
  /** Its room, in bytes. */
  readonly quota: TargetQuota;
  /** The largest file that it takes, in bytes. */
  readonly maxUploadSize: number | undefined;
}

/** Asks for the account and its room, and notes the use for the forecast. */
export async function readAccount(drive: Drive, call: DriveCall): Promise<DriveAccount> {
  const { user, storageQuota, maxUploadSize } = await drive.client.json(aboutSchema, {
    action: "ask for the room in the account",
    path: "drive/v3/about",
    query: {
      fields: "user(displayName,emailAddress)," +
        "storageQuota(limit,usage,usageInDriveTrash),maxUploadSize",
    },
  }, call);
  const { limit: total, usage: used, usageInDriveTrash: trash } = storageQuota;
  if (used !== undefined) await recordUsage(drive, used);
  const free = total === undefined || used === undefined ? undefined : Math.max(0, total - used);
  return {
    name: user.displayName,
    email: user.emailAddress,
    quota: {
      ...(total === undefined ? {} : { total }),
      ...(used === undefined ? {} : { used }),
      ...(free === undefined ? {} : { free }),
      ...(trash === undefined ? {} : { trash }),
    },
    maxUploadSize,
  };
}

/** Throws `full` or `invalid` where so many bytes cannot be stored, before any is sent. */
export async function checkRoom(drive: Drive, size: number, call: DriveCall): Promise<void> {
  const { quota, maxUploadSize } = await readAccount(drive, call);
  if (maxUploadSize !== undefined && size > maxUploadSize) {
    const most = `the largest file is ${maxUploadSize}`;
    throw new TargetError("invalid", `Cannot store ${size} bytes in Google Drive: ${most}`, {
      hint: "Compress the copies (zstd), or ask the administrator of the domain for the limit.",
    });
  }
  if (quota.free === undefined || size <= quota.free) return;
  throw new TargetError(
    "full",
    `Cannot store ${size} bytes in Google Drive: ${quota.free} bytes are free`,
    {
      hint: (quota.trash ?? 0) > 0
        ? `Empty the bin of Drive: it holds ${quota.trash} bytes. Or keep fewer copies.`
        : "Free some room or buy more (https://one.google.com/storage), or keep fewer copies.",
    },
  );
}
