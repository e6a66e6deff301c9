/**
 * IDs for files, taken before they are made, so that a repetition never makes a
 * second file.
 *
 * @see https://developers.google.com/workspace/drive/api/reference/rest/v3/files/generateIds
 *
 * @module
 */

import * as v from "valibot";
import type { DriveCall, DriveClient } from "./drive_client.ts";

/** A few at a time: most runs store an artifact and its record. */
const batch = 10;

/** IDs that Google set aside for us. */
export class FileIds {
  readonly #client: DriveClient;
  readonly #free: string[] = [];

  /** Takes the sign-in. */
  constructor(client: DriveClient) {
    this.#client = client;
  }

  /** An ID that no file has yet. */
  async take(call: DriveCall): Promise<string> {
    let id = this.#free.pop();
    while (id === undefined) {
      const { ids } = await this.#client.json(v.object({ ids: v.array(v.string()) }), {
        action: "get IDs for new files",
        path: "drive/v3/files/generateIds",
        query: { count: String(batch), space: "drive", type: "files", fields: "ids" },
      }, call);
      this.#free.push(...ids);
      id = this.#free.pop();
    }
    return id;
  }
}
