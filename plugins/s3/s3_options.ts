/**
 * What an S3 target is given, and the addresses that follow from it.
 *
 * @module
 */

import type { StateStore } from "../../core/extend/mod.ts";
import type { S3Credentials } from "./credentials.ts";

/** Where an S3 target is, and how it sends. */
export interface S3Options {
  /** The bucket; it must exist. */
  readonly bucket: string;
  /** The address of the store; Amazon's of the region by default. */
  readonly endpoint?: string | undefined;
  /** The region that signs; `us-east-1` by default. */
  readonly region?: string | undefined;
  /** The bucket is in the path, not in the host name; by default so wherever `endpoint` is given. */
  readonly pathStyle?: boolean | undefined;
  /** What every key begins with in the bucket, as a folder. */
  readonly prefix?: string | undefined;
  /** The storage class of new objects; the bucket's own by default. */
  readonly storageClass?: string | undefined;
  /** Bytes of one part; 8 MiB by default, at least 5 MiB (a rule of S3). */
  readonly partSize?: number | undefined;
  /** Parts on the way at the same time; 6 by default. */
  readonly parallel?: number | undefined;
  /** Gives the credentials; asked once, before the first request. */
  readonly credentials: () => Promise<S3Credentials>;
  /** Keeps unfinished uploads, so that another run resumes them. */
  readonly state: StateStore;
  /** The time that requests are signed with; the system's by default. */
  readonly now?: (() => Temporal.Instant) | undefined;
}

/** The addresses of a bucket. */
export interface S3Place {
  readonly bucket: string;
  readonly region: string;
  /** What every key begins with: empty, or ends with a slash. */
  readonly prefix: string;
  /** The address of an object of the bucket, or of the bucket itself where there is no key. */
  url(key: string | undefined, query?: Readonly<Record<string, string>>): URL;
}

/** The addresses that follow from the options. */
export function s3Place(options: S3Options): S3Place {
  const { bucket, region = "us-east-1", pathStyle = options.endpoint !== undefined } = options;
  const base = new URL(options.endpoint ?? `https://s3.${region}.amazonaws.com`);
  const root = base.pathname.replace(/\/+$/, "");
  const host = pathStyle ? base.host : `${bucket}.${base.host}`;
  const folder = pathStyle ? `${root}/${encoded(bucket)}` : root;
  const prefix = (options.prefix ?? "").replace(/^\/+|\/+$/g, "");
  return {
    bucket,
    region,
    prefix: prefix === "" ? "" : `${prefix}/`,
    url(key, query = {}): URL {
      const path = key === undefined ? "/" : `/${key.split("/").map(encoded).join("/")}`;
      const pairs = Object.entries(query).map((pair) => pair.map(encoded).join("="));
      const search = pairs.length === 0 ? "" : `?${pairs.join("&")}`;
      return new URL(`${base.protocol}//${host}${folder}${path}${search}`);
    },
  };
}

/** Percent-encoded as the signature wants it (RFC 3986: nothing but letters, digits and `-._~`). */
function encoded(text: string): string {
  const hex = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}
