import { equal } from "node:assert/strict";
import { type S3Options, s3Place } from "./s3_options.ts";

/** The options that every place needs, and some more. */
function options(more: Partial<S3Options>): S3Options {
  return {
    bucket: "copies",
    credentials: () => Promise.reject(new Error("not asked")),
    state: {
      get: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    },
    ...more,
  };
}

Deno.test("s3Place puts the bucket into the host at Amazon, into the path elsewhere", () => {
  const amazon = s3Place(options({ region: "eu-central-1" }));
  equal(amazon.url("a/b").href, "https://copies.s3.eu-central-1.amazonaws.com/a/b");
  const own = s3Place(options({ endpoint: "http://127.0.0.1:9000/s3/" }));
  equal(own.url("a/b").href, "http://127.0.0.1:9000/s3/copies/a/b");
  equal(own.url(undefined).href, "http://127.0.0.1:9000/s3/copies/");
  const host = s3Place(options({ endpoint: "https://s3.example.org", pathStyle: false }));
  equal(host.url("a").href, "https://copies.s3.example.org/a");
});

Deno.test("s3Place encodes keys and queries as the signature wants them", () => {
  const { url } = s3Place(options({ endpoint: "http://127.0.0.1:1" }));
  equal(url("a b+c/(d)*!'%").pathname, "/copies/a%20b%2Bc/%28d%29%2A%21%27%25");
  equal(url(undefined, { prefix: "a b+&" }).search, "?prefix=a%20b%2B%26");
});

Deno.test("s3Place makes a folder of the prefix", () => {
  for (const prefix of ["x/y", "/x/y", "x/y/"]) equal(s3Place(options({ prefix })).prefix, "x/y/");
  equal(s3Place(options({ prefix: "/" })).prefix, "");
});
