/**
 * Files of Drive by ID and by query.
 *
 * @see https://developers.google.com/workspace/drive/api/guides/search-files
 *
 * @module
 */

import * as v from "valibot";
import { TargetError } from "../../core/extend/target_error.ts";
import { readAnswer } from "./answer.ts";
import type { DriveCall, DriveClient } from "./drive_client.ts";
import { type DriveFile, fileFields, fileSchema, property } from "./drive_file.ts";

/** One page of a list. */
const pageSchema = v.object({
  nextPageToken: v.optional(v.string()),
  incompleteSearch: v.optional(v.boolean(), false),
  files: v.array(fileSchema),
});

/** What {@linkcode listFiles} is given. */
export interface ListFilesCall extends DriveCall {
  /** How many files one page holds; 1000 by default, Google's bound. */
  readonly pageSize?: number;
}

/** The file with this ID, also one in the bin; `undefined` where there is none. */
export async function getFile(
  client: DriveClient,
  id: string,
  call: DriveCall,
): Promise<DriveFile | undefined> {
  const action = "look up a file";
  return await client.send(
    {
      action,
      path: `drive/v3/files/${encodeURIComponent(id)}`,
      query: { fields: fileFields },
      accept: [404],
    },
    call,
    async (response) => {
      if (response.status !== 404) return readAnswer(fileSchema, await response.json(), action);
      await response.body?.cancel();
      return undefined;
    },
  );
}

/** Every file that the query finds, each once, page by page. */
export async function* listFiles(
  client: DriveClient,
  query: string,
  call: ListFilesCall,
): AsyncGenerator<DriveFile> {
  const seen = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await client.json(pageSchema, {
      action: "list the files",
      path: "drive/v3/files",
      query: {
        q: query,
        // Without it a page may hold anything; with it at most so many.
        pageSize: String(call.pageSize ?? 1000),
        spaces: "drive",
        fields: `nextPageToken,incompleteSearch,files(${fileFields})`,
        ...(pageToken === undefined ? {} : { pageToken }),
      },
    }, call);
    if (page.incompleteSearch) {
      throw new TargetError("unavailable", "Cannot list the files: Google gave a part of them");
    }
    for (const file of page.files) {
      if (seen.has(file.id)) continue;
      seen.add(file.id);
      yield file;
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

/** The condition that a property has a value. Values of ours hold no quotes: hashes and IDs. */
export function has(name: keyof typeof property, value: string): string {
  const quoted = value.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return `appProperties has { key='${property[name]}' and value='${quoted}' }`;
}
