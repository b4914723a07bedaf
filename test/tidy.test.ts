import { describe, expect, test } from "vitest";
import { importsOf, repositoryRoot, roomOf, sourceFiles } from "./support/source-files.ts";

const architecture = sourceFiles("ARCHITECTURE.md")[0]?.text ?? "";
const code = sourceFiles("src").filter(({ path }) => path.endsWith(".ts"));
const product = code.filter(({ path }) => !path.endsWith(".test.ts"));
const written = sourceFiles("src", "test", "scripts", "bench").filter(
  ({ path }) => path.endsWith(".ts") && !path.endsWith(".gen.ts"),
);

/** Rooms by the table of ARCHITECTURE.md: what each may import, and whether it is pure. */
const rooms = readRooms(architecture);

describe("rooms", () => {
  test("ARCHITECTURE.md names every folder of src, and each exists", () => {
    const folders = new Set(product.flatMap(({ path }) => roomOf(path) ?? []));
    expect([...folders].sort()).toEqual([...rooms.keys()].sort());
  });

  test("import only what the table of ARCHITECTURE.md allows", () => {
    const broken = product.flatMap((file) => {
      const room = roomOf(file.path);
      if (room === undefined) return [];
      return importsOf(file)
        .map(({ path }) => path)
        .filter((path) => path !== undefined)
        .filter((path) => {
          const target = roomOf(path);
          return target === undefined
            ? true
            : target !== room && rooms.get(room)?.imports.has(target) !== true;
        })
        .map((path) => `${file.path} imports ${path}`);
    });
    expect(broken).toEqual([]);
  });

  // What AWS's services do to one another, the sandbox's do too; the kit is what all share.
  const isShared = (from: string, to: string): boolean =>
    to.startsWith("src/services/kit/") ||
    from.startsWith("src/services/kit/") ||
    (from.includes("/sandbox/") && to.includes("/sandbox/"));

  test("services do not import one another", () => {
    const broken = product.flatMap((file) => {
      const service = /^src\/services\/([^/]+)\//.exec(file.path)?.[1];
      if (service === undefined) return [];
      return importsOf(file)
        .map(({ path }) => path ?? "")
        .filter((path) => {
          const other = /^src\/services\/([^/]+)\//.exec(path)?.[1];
          return other !== undefined && other !== service && !isShared(file.path, path);
        })
        .map((path) => `${file.path} imports ${path}`);
    });
    expect(broken).toEqual([]);
  });

  test("modules do not import one another in a circle", () => {
    expect(circles()).toEqual([]);
  });

  test("the policy room has no runtime dependency", () => {
    const foreign = product
      .filter(({ path }) => path.startsWith("src/policy/"))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ path, typeOnly }) => path === undefined && !typeOnly)
          .map(({ specifier }) => `${file.path} imports ${specifier}`),
      );
    expect(foreign).toEqual([]);
  });
});

test("a command line loads nothing heavy before it knows what it is to do", () => {
  const byPath = new Map(product.map((file) => [file.path, file]));
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    for (const { path: next, specifier, typeOnly, dynamic } of importsOf(file)) {
      if (typeOnly || dynamic) continue;
      if (next !== undefined) visit(next);
      else if (!specifier.startsWith("node:")) packages.add(specifier);
    }
  };
  visit("src/bin.ts");
  expect([...packages].sort()).toEqual([]);
});

describe("pure rooms", () => {
  const forbidden: readonly (readonly [string, RegExp])[] = [
    ["the environment", /\bprocess\.(env|argv|cwd|stdout|stderr|exit)\b/],
    [
      "the clock",
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(/,
    ],
    ["chance", /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/],
    ["the console", /\bconsole\.(log|error|warn|info|debug|table|trace|dir)\b/],
    ["files, sockets or processes", /["']node:(fs|net|http|https|child_process|os|timers)\b/],
    // Types of clients say what AWS takes, and load nothing.
    ["an AWS client", /^(?!import type\b).*from ["']@(aws-sdk|smithy)\//m],
  ];
  const pure = product.filter(({ path }) => rooms.get(roomOf(path) ?? "")?.pure === true);

  test("are the ones that hold no edge", () => {
    expect([...rooms].filter(([, room]) => room.pure).map(([name]) => name)).toEqual([
      "core",
      "data",
      "policy",
      "config",
      "plan",
      "coverage",
      "trails",
      "layers",
      "detect",
      "audit",
      "impact",
      "report",
    ]);
  });

  test.each(forbidden)("do not use %s", (_, pattern) => {
    const users = pure.filter(({ text }) => pattern.test(withoutComments(text)));
    expect(users.map(({ path }) => path)).toEqual([]);
  });
});

describe("files", () => {
  test("have at most 400 lines", () => {
    const long = written
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  test("are named in kebab-case", () => {
    const odd = written.filter(
      ({ path }) => !/^[a-z0-9]+([.-][a-z0-9]+)*\.ts$/.test(path.split("/").at(-1) ?? ""),
    );
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test("hold no word of unfinished work", () => {
    const words = new RegExp(["TO", "DO\\b|FIX", "ME\\b|XX", "X:"].join(""));
    expect(written.filter(({ text }) => words.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test("name no path of the machine they were written on", () => {
    const parent = repositoryRoot.replace(/[^/]+\/$/, "");
    const common = ["/", "/tmp/", "/var/tmp/", "/opt/", "/srv/", "/app/", "/usr/src/"];
    const telling = common.includes(parent) ? repositoryRoot : parent;
    const found = sourceFiles(".").filter(
      ({ text }) => text.includes(telling) || /\/(home|Users)\/[a-z]+\//.test(text),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test("use no default export and no enum", () => {
    const odd = product.filter(({ text }) =>
      /^export default |^(export )?(const )?enum /m.test(withoutComments(text)),
    );
    expect(odd.map(({ path }) => path)).toEqual([]);
  });
});

describe("registration", () => {
  test("every service folder is in the services' registries", () => {
    const folders = new Set(
      product.flatMap(({ path }) => /^src\/services\/([^/]+)\//.exec(path)?.[1] ?? []),
    );
    const registries = product
      .filter(({ path }) => /^src\/services\/[^/]+\.ts$/.test(path))
      .map(({ text }) => text)
      .join("\n");
    const missing = [...folders].filter(
      (name) => name !== "kit" && !registries.includes(`./${name}/`),
    );
    expect(missing).toEqual([]);
  });

  test("every table of facts has its date and its source", () => {
    const undated = product
      .filter(({ path }) => path.startsWith("src/data/"))
      .filter(({ text }) => !/\basOf\b/.test(text) || !/\bsource\b/.test(text));
    expect(undated.map(({ path }) => path)).toEqual([]);
  });

  test("every room has a test", () => {
    const tests = sourceFiles("src", "test").filter(({ path }) => path.endsWith(".test.ts"));
    const tested = new Set(
      tests.map(({ path }) => roomOf(path) ?? /^test\/([a-z]+)\//.exec(path)?.[1]),
    );
    const literals = new Set(["data"]);
    const untested = [...rooms.keys()].filter((room) => !tested.has(room) && !literals.has(room));
    expect(untested).toEqual([]);
  });
});

interface Room {
  readonly pure: boolean;
  readonly imports: ReadonlySet<string>;
}

function readRooms(page: string): Map<string, Room> {
  const found = new Map<string, Room>();
  for (const [, name = "", what = "", imports = ""] of page.matchAll(
    /^\| `src\/([a-z]+)[^|`]*`\s*\|([^|]*)\|([^|]*)\|$/gm,
  )) {
    const above = [...found.keys()];
    const listed = imports.trim() === "all above" ? above : imports.split(",");
    const allowed = listed.map((room) => room.trim()).filter((room) => room !== "nothing");
    found.set(name, { pure: what.trim().startsWith("PURE"), imports: new Set(allowed) });
  }
  return found;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
}

/** Circles of imports that load something at once; types and dynamic imports make none. */
function circles(): string[] {
  const graph = new Map(
    product.map((file) => [
      file.path,
      importsOf(file).flatMap(({ path, typeOnly, dynamic }) =>
        path === undefined || typeOnly || dynamic ? [] : [path],
      ),
    ]),
  );
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      found.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      return;
    }
    state.set(path, "open");
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, "done");
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
