/**
 * What a server tells about several resources at once (RFC 4918 §13).
 *
 * @module
 */

import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { TargetError } from "../../core/extend/mod.ts";

/** One resource. */
export interface Multistatus {
  /** Its path, decoded, part by part, without empty parts. */
  readonly path: readonly string[];
  /** It holds others. */
  readonly isCollection: boolean;
  /** The text of each property that it has, by its name without a namespace. */
  readonly properties: ReadonlyMap<string, string>;
}

/** Reads a multistatus answer; throws `unavailable` where it is none, or broke off. */
export function readMultistatus(action: string, text: string): readonly Multistatus[] {
  const root = rootOf(action, text);
  if (localName(root) !== "multistatus") {
    throw new TargetError("unavailable", `${action}: the answer is no WebDAV multistatus`);
  }
  return childrenOf(root, "response").map(readResponse);
}

/** One `response` element. */
function readResponse(response: XmlElement): Multistatus {
  const properties = new Map<string, string>();
  let isCollection = false;
  for (const propstat of childrenOf(response, "propstat")) {
    const status = childrenOf(propstat, "status")[0]?.text ?? "";
    if (!/^HTTP\/[\d.]+ 2\d\d/.test(status.trim())) continue;
    for (const prop of childrenOf(propstat, "prop")) {
      for (const property of elementsOf(prop)) {
        properties.set(localName(property), property.text.trim());
        if (localName(property) === "resourcetype") {
          isCollection = childrenOf(property, "collection").length > 0;
        }
      }
    }
  }
  return { path: hrefPath(childrenOf(response, "href")[0]?.text ?? ""), isCollection, properties };
}

/**
 * The path of an `href`, decoded. It may be a whole address or a path; what is not
 * properly encoded stays as it is.
 */
export function hrefPath(href: string): readonly string[] {
  const path = href.trim().replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  return path.split("/").filter((part) => part !== "").map(decoded);
}

/** A part of a path, decoded where it is encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    return part;
  }
}

/** The root element of a text. */
function rootOf(action: string, text: string): XmlElement {
  try {
    const { root } = parseXml(text);
    if (root !== null) return root;
  } catch (cause) {
    throw new TargetError("unavailable", `${action}: the answer is no whole XML`, { cause });
  }
  throw new TargetError("unavailable", `${action}: the answer is empty`);
}

/** The elements right below an element. */
function elementsOf(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((child): child is XmlElement => child instanceof XmlElement);
}

/** The elements of a name right below an element; every server chooses its own prefix. */
function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return elementsOf(parent).filter((element) => localName(element) === name);
}

/** The name of an element without its prefix. */
function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(":") + 1);
}
