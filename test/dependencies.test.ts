import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { admits } from "./support/admits.ts";
import { repositoryRoot } from "./support/source-files.ts";

interface Package {
  readonly version?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const manifest = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8"));
const lock: { readonly packages: Readonly<Record<string, Package>> } = JSON.parse(
  readFileSync(join(repositoryRoot, "package-lock.json"), "utf8"),
);
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const runtime = packages.filter(([, { dev, devOptional }]) => !dev && !devOptional);

const runtimeLicenses =
  "MIT Apache-2.0 ISC BSD-2-Clause BSD-3-Clause 0BSD BlueOak-1.0.0 Unlicense CC0-1.0 Python-2.0";
const developmentLicenses = `${runtimeLicenses} MPL-2.0 CC-BY-4.0`;
const oldestNode = "20.19.0";

describe("what users install", () => {
  test("runs on the oldest Node.js that package.json promises", () => {
    expect(manifest.engines.node).toBe(`>=${oldestNode.replace(/\.0$/, "")}`);
    const refusing = runtime.filter(([, { engines }]) => !admits(engines?.node ?? "*", oldestNode));
    expect(refusing).toEqual([]);
  });

  test("has licences that ours may be combined with", () => {
    expect(withOtherLicense(runtime, runtimeLicenses)).toEqual([]);
  });

  test("runs no script when it is installed", () => {
    expect(runtime.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });

  test("is at most 120 packages", () => {
    expect(runtime.length).toBeLessThanOrEqual(120);
  });
});

test("development dependencies have free licences", () => {
  expect(withOtherLicense(packages, developmentLicenses)).toEqual([]);
});

test("every package is pinned by its digest, and comes from no registry but npm's default", () => {
  const odd = packages.filter(
    ([, { integrity, resolved }]) =>
      integrity === undefined ||
      !(resolved === undefined || resolved.startsWith("https://registry.npmjs.org/")),
  );
  expect(odd).toEqual([]);
});

test.each([
  ["*", true],
  [">=18", true],
  [">= 20.19", true],
  [">=20.19.1", false],
  ["^20.0.0 || >=22", true],
  ["^18 || >=22.12.0", false],
  ["18 || 20 || >=22", true],
  [">=14.0.0 <20", false],
  ["~20.18.0", false],
  ["20.x", true],
  ["node 20", false],
])("an engines range %s admits 20.19.0: %s", (range, expected) => {
  expect(admits(range, "20.19.0")).toBe(expected);
});

function withOtherLicense(
  all: readonly (readonly [string, Package])[],
  allowed: string,
): readonly string[] {
  const names = new Set(allowed.split(" "));
  return all
    .filter(([, { license }]) => {
      const choices = (license ?? "none given").replaceAll(/[()]/g, "").split(" OR ");
      return !choices.some((choice) => choice.split(" AND ").every((name) => names.has(name)));
    })
    .map(([path, { license }]) => `${path}: ${license}`);
}
