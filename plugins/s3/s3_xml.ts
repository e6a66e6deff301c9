/**
 * The answers of S3, which are XML.
 *
 * @module
 */

import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { TargetError } from "../../core/extend/mod.ts";

/** The root element of an answer; throws `unavailable` where it is no XML: something in between answered. */
export function readXml(text: string): XmlElement {
  try {
    const { root } = parseXml(text);
    if (root !== null) return root;
  } catch (cause) {
    throw new TargetError("unavailable", "Cannot read the answer of the S3 store: it is no XML", {
      hint: "Check that the endpoint is an S3 store, not a proxy or a web page.",
      cause,
    });
  }
  throw new TargetError("unavailable", "Cannot read the answer of the S3 store: it is empty");
}

/** The elements of a name right below an element. */
export function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child): child is XmlElement =>
    child instanceof XmlElement && child.name === name
  );
}

/** The text of the first element of a name right below; empty where there is none. */
export function textOf(parent: XmlElement, name: string): string {
  return childrenOf(parent, name)[0]?.text ?? "";
}
