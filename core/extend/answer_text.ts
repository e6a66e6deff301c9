/**
 * The text of an answer, however much its server sends.
 *
 * @module
 */

/** No list, and no refusal, of a place is longer. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads it, but never more than `most` bytes (64 MiB by default), and leaves the rest: of XML and
 * JSON that is cut off, its reader says so. Throws what reading throws.
 */
export async function answerText(response: Response, most: number = MOST_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let left = most;
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    // Leaving the loop cancels the body.
    if (left <= 0) break;
  }
  return text + decoder.decode();
}
