import type { Shape } from "./shape.ts";
import { formatTimestamp } from "./timestamp.ts";

/** Escapes a text for an element's content or an attribute's value. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // A parser would fold a bare carriage return into a line feed.
      .replaceAll("\r", "&#xD;")
  );
}

/** Writes a structure's members as the content of its element. */
export function xmlMembers(shape: Shape, value: unknown): string {
  const source = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const { name, xmlName, shape: member } of shape.members) {
    const found = source[name];
    if (found === undefined || found === null || member.traits.xmlAttribute === 1) continue;
    text += xmlElement(xmlName, member, found);
  }
  return text;
}

/** Writes one value as an element (a flattened list as many) of that name. */
export function xmlElement(name: string, shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case "structure":
      return `<${name}${xmlAttributes(shape, value)}>${xmlMembers(shape, value)}</${name}>`;
    case "list": {
      const flat = shape.traits.xmlFlattened === 1;
      const itemName = flat ? name : (shape.item.traits.xmlName ?? "member");
      const items = (value as readonly unknown[])
        .map((item) => xmlElement(itemName, shape.item, item))
        .join("");
      return flat ? items : `<${name}>${items}</${name}>`;
    }
    case "map": {
      const flat = shape.traits.xmlFlattened === 1;
      const entryName = flat ? name : "entry";
      const keyName = shape.key.traits.xmlName ?? "key";
      const valueName = shape.item.traits.xmlName ?? "value";
      const entries = Object.entries(value as object)
        .map(
          ([key, item]) =>
            `<${entryName}><${keyName}>${escapeXml(key)}</${keyName}>${xmlElement(valueName, shape.item, item)}</${entryName}>`,
        )
        .join("");
      return flat ? entries : `<${name}>${entries}</${name}>`;
    }
    default:
      return `<${name}>${escapeXml(xmlText(shape, value))}</${name}>`;
  }
}

/** Attributes of a structure's element: its namespace and its members that are attributes. */
function xmlAttributes(shape: Shape, value: unknown): string {
  const source = value as Readonly<Record<string, unknown>>;
  const namespace = shape.traits.xmlNamespace;
  let text = "";
  if (namespace !== undefined) {
    const [prefix, uri] = namespace;
    text += ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapeXml(uri)}"`;
  }
  for (const { name, xmlName, shape: member } of shape.members) {
    if (member.traits.xmlAttribute !== 1 || source[name] === undefined) continue;
    text += ` ${xmlName}="${escapeXml(String(source[name]))}"`;
  }
  return text;
}

function xmlText(shape: Shape, value: unknown): string {
  if (shape.kind === "timestamp") {
    return String(formatTimestamp(value as Date, shape.timestampFormat ?? "date-time"));
  }
  if (shape.kind === "blob") return Buffer.from(value as Uint8Array).toString("base64");
  return String(value);
}
