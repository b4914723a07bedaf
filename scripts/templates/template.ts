/** Lines to put into a file that lists rooms. */
export interface Registration {
  readonly path: string;
  /** Each line goes after the last line that matches. */
  readonly lines: readonly { readonly after: RegExp; readonly line: string }[];
}

/** What a scaffold makes. */
export interface Template {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly registrations: readonly Registration[];
  /** What its author does next. */
  readonly next: string;
}

/** `org-formation` as a name of a value: `orgFormation`. */
export function camelCase(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `org-formation` as a name of a type: `OrgFormation`. */
export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
}
