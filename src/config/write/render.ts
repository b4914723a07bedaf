import { Document, isMap, isScalar, isSeq, type Node, type Pair, visit } from "yaml";
import type { ConfigInput } from "../schema/config-input.ts";

/** Comments of a configuration, without `#`. */
export interface ConfigComments {
  /** Lines at the head of the file. */
  readonly header: readonly string[];
  /** Lines before the item at a path such as `accounts/2` or before the key `accounts`. */
  readonly before: ReadonlyMap<string, readonly string[]>;
}

const schemaLine =
  "# yaml-language-server: $schema=./node_modules/orgrail/dist/schema/orgrail.schema.json";
const flowWidth = 70;
/** Marks what was no UTF-8; a file that holds it as it is, is refused. */
const replacement = "\ufffd";

/** Writes a configuration as YAML: sections apart, short lists on one line, comments in place. */
export function renderConfig(config: ConfigInput, comments: ConfigComments): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      // Unquoted, `<<` would be a merge key; only quoted texts can have escapes.
      const text = String(scalar.value);
      if (text === "<<" || text.includes(replacement)) scalar.type = "QUOTE_DOUBLE";
    },
    Seq: (_, seq) => {
      const items = seq.items.map((item) => (isScalar(item) ? String(item.value) : undefined));
      const isShort = items.every((item) => item !== undefined && !item.includes("\n"));
      if (isShort && items.join(", ").length <= flowWidth) seq.flow = true;
    },
  });
  for (const [path, lines] of comments.before) {
    const node = nodeAt(document.contents, path.split("/"));
    if (node !== undefined) node.commentBefore = asComment(lines);
  }
  if (isMap(document.contents)) {
    for (const [i, pair] of document.contents.items.entries()) {
      const key = pair.key as Node;
      if (i > 0 && !isScalar(pair.value)) key.spaceBefore = true;
    }
  }
  const body = document
    .toString({ lineWidth: 0, flowCollectionPadding: false })
    .replaceAll(replacement, "\\uFFFD");
  const header = comments.header.map((line) => `# ${plain(line)}`);
  return `${[schemaLine, ...header].join("\n")}\n${body}`;
}

function asComment(lines: readonly string[]): string {
  return lines.map((line) => ` ${plain(line)}`).join("\n");
}

function plain(line: string): string {
  return line.replace(/[\p{Cc}\u2028\u2029]/gu, " ").replaceAll(replacement, "?");
}

/** The node that a comment is put before: an item of a list, or the key of a mapping's member. */
function nodeAt(root: unknown, path: readonly string[]): Node | undefined {
  let here: unknown = root;
  let found: unknown;
  for (const step of path) {
    if (isSeq(here)) {
      here = here.items[Number(step)];
      found = here;
    } else if (isMap(here)) {
      const pair = (here.items as Pair[]).find(({ key }) => isScalar(key) && key.value === step);
      here = pair?.value;
      found = pair?.key;
    } else return undefined;
  }
  return (found ?? undefined) as Node | undefined;
}
