import { type OuPath, ouPathKey } from "../../../core/desired.ts";
import type { Span } from "../../../core/diagnostic.ts";
import { identifierPatterns } from "../../../core/identifiers.ts";
import type { OrganizationalUnitInput } from "../../schema/config-input.ts";
import { type Importing, importCodes, note, tell } from "../importing.ts";
import { asList, asMap, asText } from "../shapes.ts";
import type { LzaFile } from "./read-file.ts";
import type { Templates } from "./templates.ts";

/** The accelerator's units: a flat list of paths there, a tree here. */
export interface LzaUnits {
  /** The path of a unit; one that is not listed is added and reported. `Root` is `[]`. */
  place(text: string, missing: () => { readonly summary: string; readonly span: Span }): OuPath;
  /** The path of a unit that is listed or above one that is; `undefined` otherwise. */
  find(text: string): OuPath | undefined;
  tree(): readonly OrganizationalUnitInput[];
}

interface Unit {
  readonly path: OuPath;
  ignore: boolean;
  id: string | undefined;
}

/** Reads `organizationalUnits`, whose parents need not come first, nor be there at all. */
export function readUnits(importing: Importing, file: LzaFile, templates: Templates): LzaUnits {
  const units = new Map<string, Unit>();
  const add = (path: OuPath): Unit | undefined => {
    for (let i = 1; i <= path.length; i++) {
      const above = path.slice(0, i);
      const key = ouPathKey(above);
      if (!units.has(key)) units.set(key, { path: above, ignore: false, id: undefined });
    }
    return units.get(ouPathKey(path));
  };
  const root = asMap(file.value);
  for (const [i, entry] of asList(root.organizationalUnits).entries()) {
    const { name, ignore } = asMap(entry);
    const path = pathOf(templates.decode(asText(name) ?? ""));
    if (asText(name) === undefined) {
      note(importing, file.where(["organizationalUnits", i]), "a unit", "it has no name");
      continue;
    }
    const unit = path.length === 0 ? undefined : add(path);
    if (unit !== undefined && ignore === true) unit.ignore = true;
  }
  readIds(importing, file, templates, units);
  return {
    find: (text) => {
      const path = pathOf(text);
      return path.length === 0 || units.has(ouPathKey(path)) ? path : undefined;
    },
    place: (text, missing) => {
      const path = pathOf(text);
      if (path.length > 0 && !units.has(ouPathKey(path))) {
        const { summary, span } = missing();
        tell(importing, "warning", importCodes.reference, summary, span, "the unit is added");
        add(path);
      }
      return path;
    },
    tree: () => childrenOf([], units),
  };
}

/** Blanks around names are an accident of YAML. */
function pathOf(text: string): OuPath {
  const names = text
    .split("/")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names.length === 1 && names[0] === "Root" ? [] : names;
}

function childrenOf(
  parent: OuPath,
  units: ReadonlyMap<string, Unit>,
): readonly OrganizationalUnitInput[] {
  const children = [...units.values()].filter(
    ({ path }) => path.length === parent.length + 1 && parent.every((name, i) => path[i] === name),
  );
  return children.map(({ path, ignore, id }) => {
    const below = childrenOf(path, units);
    return {
      name: path.at(-1) ?? "",
      ...(id === undefined ? {} : { id }),
      ...(ignore ? { ignore: true } : {}),
      ...(below.length === 0 ? {} : { organizationalUnits: below }),
    };
  });
}

function readIds(
  importing: Importing,
  file: LzaFile,
  templates: Templates,
  units: ReadonlyMap<string, Unit>,
): void {
  const ids = asList(asMap(file.value).organizationalUnitIds);
  if (ids.length === 0) return;
  if (importing.input.ids === false) {
    const why = "ids were not asked for; units are found by their paths";
    note(importing, file.where(["organizationalUnitIds"]), `${ids.length} unit ids`, why);
    return;
  }
  for (const entry of ids) {
    const { name, id } = asMap(entry);
    const unit = units.get(ouPathKey(pathOf(templates.decode(asText(name) ?? ""))));
    const text = asText(id);
    if (
      unit !== undefined &&
      text !== undefined &&
      identifierPatterns.organizationalUnit.test(text)
    ) {
      unit.id = text;
    }
  }
}
