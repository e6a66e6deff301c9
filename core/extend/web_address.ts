/**
 * Addresses as settings: where a place is, never who signs in there.
 *
 * @module
 */

/**
 * What is wrong with an address of the web. A user or a password in it is refused unseen: the
 * configuration, and who is shown it, is no place for them.
 */
export function webAddressProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    // What stands before an @ may be a password.
    const shown = text.includes("@") ? "it" : JSON.stringify(text);
    return `${shown} is not an address such as https://example.com`;
  }
  return url.username === "" && url.password === ""
    ? undefined
    : "it holds a user or a password, which have settings of their own";
}
