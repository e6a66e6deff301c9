import { deepEqual, equal, throws } from "node:assert/strict";
import { itemsOf } from "./list_objects.ts";
import { hrefPath, readMultistatus } from "./multistatus.ts";

/** A multistatus of these hrefs; those that end with a slash are collections. */
function multistatus(hrefs: readonly string[]): string {
  const responses = hrefs.map((href) => {
    const type = href.endsWith("/") ? "<x:collection/>" : "";
    return `<x:response><x:href>${href}</x:href><x:propstat><x:prop>` +
      `<x:resourcetype>${type}</x:resourcetype><x:getcontentlength>7</x:getcontentlength>` +
      `</x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat><x:propstat><x:prop>` +
      `<x:getetag/></x:prop><x:status>HTTP/1.1 404 Not Found</x:status></x:propstat></x:response>`;
  });
  return `<?xml version="1.0"?><x:multistatus xmlns:x="DAV:">${responses.join("")}</x:multistatus>`;
}

Deno.test("hrefPath takes addresses, paths, and what is not properly encoded", () => {
  deepEqual(hrefPath("https://example.org:8443/dav/a%20b/c"), ["dav", "a b", "c"]);
  deepEqual(hrefPath("/dav//a b/"), ["dav", "a b"]);
  deepEqual(hrefPath("dav/100%"), ["dav", "100%"]);
  deepEqual(hrefPath("/gr%C3%BC%C3%9Fe%2Fx"), ["grüße/x"]);
});

Deno.test("readMultistatus reads entities, any prefix, and only what was found", () => {
  const [item] = readMultistatus("Cannot list", multistatus(["/a&amp;b&#39;&lt;.db"]));
  deepEqual(item?.path, ["a&b'<.db"]);
  equal(item?.isCollection, false);
  deepEqual([...item?.properties.keys() ?? []], ["resourcetype", "getcontentlength"]);
});

Deno.test("readMultistatus refuses what is no multistatus", () => {
  for (const text of ["", "<html><br>", "<a/>", `${multistatus(["/a"])}Internal Server Error`]) {
    throws(() => readMultistatus("Cannot list", text), {
      name: "TargetError",
      kind: "unavailable",
    });
  }
});

Deno.test("itemsOf leaves the folder itself out, also behind a proxy that renames it", () => {
  const found = readMultistatus("Cannot list", multistatus(["/inner/", "/inner/a", "/inner/b/"]));
  deepEqual(itemsOf(found).map(([name]) => name), ["a", "b"]);
  deepEqual(itemsOf([]), []);
});
