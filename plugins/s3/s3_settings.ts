/**
 * The settings of an S3 target, as data.
 *
 * @module
 */

import type { Setting } from "../../core/extend/mod.ts";

/** The settings. */
export const s3Settings: readonly Setting[] = [
  { name: "bucket", kind: "text", help: "The bucket; it must exist.", required: true },
  {
    name: "endpoint",
    kind: "url",
    help: "The address of the store; Amazon's of the region where it is not given.",
  },
  { name: "region", kind: "text", help: "The region of the bucket.", default: "us-east-1" },
  {
    name: "addressing",
    kind: "choice",
    choices: ["auto", "path", "host"],
    help: "Where the bucket's name goes; auto: in the path where an endpoint is given.",
    default: "auto",
  },
  { name: "prefix", kind: "text", help: "The folder in the bucket that holds the copies." },
  { name: "storageClass", kind: "text", help: "The storage class of new copies." },
  {
    name: "partSizeMB",
    kind: "number",
    help: "MiB of one part of a large upload.",
    default: 8,
    min: 5,
    max: 512,
  },
  {
    name: "parallel",
    kind: "number",
    help: "Parts that are sent at the same time.",
    default: 6,
    min: 1,
    max: 16,
  },
  { name: "accessKeyId", kind: "text", help: "The access key.", secret: true },
  { name: "secretAccessKey", kind: "text", help: "The secret key.", secret: true },
  {
    name: "sessionToken",
    kind: "text",
    help: "The token of temporary keys.",
    secret: true,
  },
  {
    name: "credentialsFile",
    kind: "path",
    help: "A profile file with the keys, as ~/.aws/credentials.",
  },
  { name: "profile", kind: "text", help: "The profile in that file.", default: "default" },
];
