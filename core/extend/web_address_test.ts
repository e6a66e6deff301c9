import { equal, match, ok } from "node:assert/strict";
import { webAddressProblem } from "./web_address.ts";

Deno.test("webAddressProblem takes addresses of the web only", () => {
  for (const good of ["https://example.com", "http://127.0.0.1:8080/dav/a%40b", "HTTPS://x/@y"]) {
    equal(webAddressProblem(good), undefined);
  }
  for (const wrong of ["", "nowhere", "example.com", "localhost:8080", "ftp://x/y", "http://"]) {
    equal(
      webAddressProblem(wrong),
      `${JSON.stringify(wrong)} is not an address such as https://example.com`,
    );
  }
});

Deno.test("webAddressProblem refuses a user and a password in it, and repeats neither", () => {
  for (
    const text of [
      "https://ada:hush-hush@x/",
      "https://ada@x",
      "ada:hush-hush@x",
      "ftp://a:hush-hush@x",
    ]
  ) {
    const problem = webAddressProblem(text) ?? "";
    match(problem, /^it (holds a user or a password|is not an address)/);
    ok(!problem.includes("hush-hush"));
  }
});
