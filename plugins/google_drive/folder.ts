/**
 * The folder that holds the copies: chosen by ID, found by name, or made.
 *
 * @module
 */

import * as v from "valibot";
import type { StateStore } from "../../core/extend/plugin.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { readAnswer } from "./answer.ts";
import type { DriveCall, DriveClient } from "./drive_client.ts";
import { type DriveFile, fileFields, fileSchema, property } from "./drive_file.ts";
import type { FileIds } from "./file_ids.ts";
import { getFile, listFiles } from "./files.ts";
import type { DriveSettings } from "./settings.ts";

/** What a folder is, for Drive. */
const folderType = "application/vnd.google-apps.folder";
/** The folder's name as it was made, in case a person renames it. */
const nameProperty = "holdfastName";
/** Where its ID lies in the store. */
const folderKey = "folder";

/** The folder that was chosen; `made` once it was seen in Drive. */
const chosenSchema = v.object({ id: v.string(), name: v.string(), made: v.boolean() });

/** The folder of one instance. */
export class Folder {
  readonly #client: DriveClient;
  readonly #settings: DriveSettings;
  readonly #state: StateStore;
  readonly #ids: FileIds;
  #id: string | undefined;
  #finding: Promise<string | undefined> | undefined;

  /** Takes the sign-in and the store of the instance. */
  constructor(drive: {
    readonly client: DriveClient;
    readonly settings: DriveSettings;
    readonly state: StateStore;
    readonly ids: FileIds;
  }) {
    this.#client = drive.client;
    this.#settings = drive.settings;
    this.#state = drive.state;
    this.#ids = drive.ids;
  }

  /** Its ID, `undefined` where none was made yet. Throws `invalid` where it was and is gone. */
  async find(call: DriveCall): Promise<string | undefined> {
    return await this.#shared(call, false);
  }

  /** Its ID; made where none was made yet. */
  async ensure(call: DriveCall): Promise<string> {
    const id = await this.#shared(call, true);
    if (id === undefined) throw new TargetError("unavailable", "Cannot make the folder");
    return id;
  }

  /** Looks again the next time: something said that it is gone. */
  forget(): void {
    this.#id = undefined;
  }

  /** The folder as Drive tells of it now, without judging; `undefined` where it is gone or unmade. */
  async look(call: DriveCall): Promise<DriveFile | undefined> {
    const id = this.#settings.folderId ?? (await this.#chosen())?.id;
    return id === undefined ? undefined : await getFile(this.#client, id, call);
  }

  /** Whether one was chosen before. */
  async isChosen(): Promise<boolean> {
    return this.#settings.folderId !== undefined || (await this.#chosen())?.made === true;
  }

  /** One after the other, so that two uploads never make two folders. */
  async #shared(call: DriveCall, make: boolean): Promise<string | undefined> {
    const before = this.#finding;
    const mine = (async () => {
      await before?.catch(() => undefined);
      this.#id ??= await this.#resolve(call, make);
      return this.#id;
    })();
    this.#finding = mine;
    return await mine;
  }

  /** By the setting, by the store, by the name, else made. */
  async #resolve(call: DriveCall, make: boolean): Promise<string | undefined> {
    const { folderId, folder: name } = this.#settings;
    if (folderId !== undefined) return await this.#checked(folderId, call);
    const chosen = await this.#chosen();
    if (chosen?.made === true && chosen.name === name) return await this.#checked(chosen.id, call);
    const found = await this.#byName(call);
    if (found !== undefined) return await this.#choose(found.id);
    return make ? await this.#make(chosen, call) : undefined;
  }

  /** The ID, if it still is a folder in Drive. */
  async #checked(id: string, call: DriveCall): Promise<string> {
    const file = await getFile(this.#client, id, call);
    const what = `Cannot use the folder "${this.#settings.folder}" in Google Drive`;
    if (file === undefined) {
      throw new TargetError("invalid", `${what}: it is gone`, {
        hint: "Its copies are gone with it. Choose a new name for the folder, or connect again.",
      });
    }
    if (file.trashed) {
      throw new TargetError("invalid", `${what}: it lies in the bin`, {
        hint: "Restore it there (https://drive.google.com/drive/trash), or choose a new name.",
      });
    }
    if (file.mimeType === folderType) return id;
    throw new TargetError("invalid", `${what}: its ID belongs to a file`, {
      hint: 'Correct "folderId".',
    });
  }

  /** The one that holdfast made under this name. Two are not guessed between. */
  async #byName(call: DriveCall): Promise<DriveFile | undefined> {
    const query = `appProperties has { key='${property.role}' and value='folder' } and ` +
      `mimeType='${folderType}' and trashed=false`;
    const named: DriveFile[] = [];
    for await (const file of listFiles(this.#client, query, call)) {
      const names = [file.name, file.appProperties[nameProperty]];
      if (file.appProperties[property.id] === file.id && names.includes(this.#settings.folder)) {
        named.push(file);
      }
    }
    if (named.length < 2) return named[0];
    const ids = named.map(({ id }) => id).join(", ");
    throw new TargetError(
      "invalid",
      `Cannot choose between ${named.length} folders named "${this.#settings.folder}"`,
      { hint: `Set "folderId" to one of them: ${ids}.` },
    );
  }

  /** Makes it. Its ID is kept before, so that a repetition makes no second one. */
  async #make(chosen: v.InferOutput<typeof chosenSchema> | undefined, call: DriveCall) {
    const { folder: name } = this.#settings;
    const kept = chosen !== undefined && !chosen.made && chosen.name === name;
    const id = kept ? chosen.id : await this.#ids.take(call);
    await this.#state.set(folderKey, JSON.stringify({ id, name, made: false }));
    const body = {
      id,
      name,
      mimeType: folderType,
      appProperties: { [property.role]: "folder", [property.id]: id, [nameProperty]: name },
    };
    await this.#client.send(
      {
        action: `make the folder "${name}"`,
        method: "POST",
        path: "drive/v3/files",
        query: { fields: fileFields },
        headers: { "content-type": "application/json; charset=UTF-8" },
        body: JSON.stringify(body),
        accept: [409],
      },
      call,
      async (response) => {
        // 409: an earlier attempt made it, only its answer was lost.
        if (response.status === 409) await response.body?.cancel();
        else readAnswer(fileSchema, await response.json(), "make the folder");
      },
    );
    await this.#checked(id, call);
    return await this.#choose(id);
  }

  /** Keeps the choice. */
  async #choose(id: string): Promise<string> {
    const { folder: name } = this.#settings;
    await this.#state.set(folderKey, JSON.stringify({ id, name, made: true }));
    return id;
  }

  /** The folder that was chosen before. */
  async #chosen(): Promise<v.InferOutput<typeof chosenSchema> | undefined> {
    const text = await this.#state.get(folderKey);
    if (text === undefined) return undefined;
    return readAnswer(chosenSchema, JSON.parse(text), "read the kept folder");
  }
}

/** Forgets the folder, so that the next connection chooses anew. */
export async function forgetFolder(state: StateStore): Promise<void> {
  await state.delete(folderKey);
}
