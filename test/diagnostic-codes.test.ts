import { describe, expect, test } from "vitest";
import { sourceFiles } from "./support/source-files.ts";

/**
 * Codes that several folders give, with what each of them says by it. All other codes belong to one
 * room, or to one service.
 */
const shared: Readonly<Record<string, RegExp>> = {
  ORGRAIL1050: /there is no organizational unit/,
  ORGRAIL1051: /there is no account/,
  ORGRAIL1070: /is closed/,
  ORGRAIL1071: /management account/,
  ORGRAIL1090: /is not offered in/,
  ORGRAIL1091: /is not among the governed Regions/,
  ORGRAIL1196: /administers .* and cannot be excluded/,
  ORGRAIL3072: /has not enabled/,
  ORGRAIL4106: /has no |names no/,
  ORGRAIL4201: /cannot write|nothing was written/,
};

/** Where the codes of the configuration are named; what they say stands where they are given. */
const list = "src/config/codes.ts";

/** Where a code is looked for, and not given. */
const readers: ReadonlySet<string> = new Set([
  "src/config/resolve/check-document.ts",
  "src/engine/expected-calls.ts",
]);

interface Place {
  readonly code: string;
  readonly room: string;
  readonly at: string;
  /** The lines around it. */
  readonly around: string;
}

const places: readonly Place[] = sourceFiles("src")
  .filter(({ path }) => /\.ts$/.test(path) && !/\.(test|gen)\.ts$/.test(path))
  .filter(({ path }) => !readers.has(path))
  .flatMap(({ path, text }) => {
    const lines = text.split("\n");
    const room = /^src\/(services\/[^/]+|[^/]+)/.exec(path)?.[1] ?? path;
    return lines.flatMap((line, index) =>
      [...line.matchAll(/"(ORGRAIL\d{4})"/g)].map(([, code = ""]) => ({
        code,
        room,
        at: `${path}:${index + 1}`,
        around: lines.slice(Math.max(0, index - 5), index + 6).join("\n"),
      })),
    );
  });

const byCode = new Map<string, Place[]>();
for (const place of places) byCode.set(place.code, [...(byCode.get(place.code) ?? []), place]);

describe("diagnostic codes", () => {
  test("are given by one room, or by one service, unless they are shared", () => {
    expect(places.length).toBeGreaterThan(200);
    const broken = [...byCode]
      .filter(([code, all]) => !(code in shared) && new Set(all.map(({ room }) => room)).size > 1)
      .map(([code, all]) => `${code}: ${all.map(({ at }) => at).join(", ")}`);
    expect(broken).toEqual([]);
  });

  test.each(Object.entries(shared))("%s says the same everywhere", (code, meaning) => {
    const all = byCode.get(code) ?? [];
    expect(new Set(all.map(({ room }) => room)).size).toBeGreaterThan(1);
    const given = all.filter(({ at }) => !at.startsWith(list));
    expect(given.filter(({ around }) => !meaning.test(around)).map(({ at }) => at)).toEqual([]);
  });
});
