/**
 * Waiting while a server still ends an earlier request.
 *
 * @module
 */

import { sleep } from "../../core/extend/mod.ts";
import type { WebdavClient, WebdavRequest } from "./webdav_client.ts";

/** What a server says of a file that somebody else works on (RFC 4918 §11.3). */
export const locked = 423;
/** The first wait and the longest, in milliseconds. */
const [firstWaitMs, longestWaitMs] = [20, 500];

/** A request without bytes to send, and how long it is worth waiting. */
export interface PatientRequest extends Omit<WebdavRequest, "payload"> {
  /** Milliseconds of waiting, about. */
  readonly patienceMs: number;
}

/**
 * Sends a request again while the file is locked: an upload that was given up holds
 * it until the server notices. Gives the status; throws `unavailable` where it stays locked.
 */
export async function whileLocked(client: WebdavClient, request: PatientRequest): Promise<number> {
  const { patienceMs, expected = [], signal } = request;
  let waited = 0;
  for (let wait = firstWaitMs; waited < patienceMs; wait = Math.min(wait * 2, longestWaitMs)) {
    const status = await client.status({ ...request, expected: [...expected, locked] });
    if (status !== locked) return status;
    await sleep(wait, signal);
    waited += wait;
  }
  return await client.status(request);
}
