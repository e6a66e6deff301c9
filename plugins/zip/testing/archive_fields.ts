/**
 * The name of the field that a byte of one of our archives belongs to.
 *
 * @module
 */

import { signatures } from "./archives.ts";

/** Fields and their bytes, in order: PKWARE APPNOTE 4.3.7, 4.3.9, 4.3.12, 4.3.16. */
const layouts: Readonly<Record<keyof typeof signatures, readonly (readonly [string, number])[]>> = {
  local: [
    ["signature", 4],
    ["version needed", 2],
    ["flags", 2],
    ["method", 2],
    ["time", 4],
    ["crc", 4],
    ["packed size", 4],
    ["size", 4],
    ["name length", 2],
    ["extra length", 2],
  ],
  descriptor: [["signature", 4], ["crc", 4], ["packed size", 4], ["size", 4]],
  central: [
    ["signature", 4],
    ["version made by", 2],
    ["version needed", 2],
    ["flags", 2],
    ["method", 2],
    ["time", 4],
    ["crc", 4],
    ["packed size", 4],
    ["size", 4],
    ["name length", 2],
    ["extra length", 2],
    ["comment length", 2],
    ["disk", 2],
    ["internal attributes", 2],
    ["external attributes", 4],
    ["offset", 4],
  ],
  end: [
    ["signature", 4],
    ["disk", 2],
    ["directory disk", 2],
    ["entries here", 2],
    ["entries", 2],
    ["directory size", 4],
    ["directory offset", 4],
    ["comment length", 2],
  ],
};

/** For each byte of an archive the record and field it belongs to; `data` for content. */
export function fieldsOf(bytes: Uint8Array<ArrayBuffer>): readonly string[] {
  const view = new DataView(bytes.buffer);
  const fields: string[] = [];
  const kinds = Object.entries(signatures);
  while (fields.length < bytes.length) {
    const at = fields.length;
    const signature = at + 4 <= bytes.length ? view.getUint32(at, true) : 0;
    const kind = kinds.find(([, value]) => value === signature)?.[0];
    if (kind === undefined || !isKind(kind)) {
      fields.push("data");
      continue;
    }
    for (const [field, length] of layouts[kind]) {
      for (let byte = 0; byte < length; byte++) fields.push(`${kind}: ${field}`);
    }
    if (kind === "descriptor" || kind === "end") continue;
    const lengths = at + (kind === "local" ? 26 : 28);
    for (let byte = view.getUint16(lengths, true); byte > 0; byte--) fields.push(`${kind}: name`);
    for (let byte = view.getUint16(lengths + 2, true); byte > 0; byte--) {
      fields.push(`${kind}: extra`);
    }
  }
  return fields;
}

/** Whether a word is the name of a record. */
function isKind(kind: string): kind is keyof typeof signatures {
  return kind in signatures;
}
