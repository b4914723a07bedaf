import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** A Java development kit on this machine. */
export interface Java {
  /** Its folder, with `bin`. */
  readonly home: string;
  readonly version: number;
}

/** Folders in which systems keep their Javas, one a folder. */
const usualFolders: readonly (readonly [folder: string, inside: string])[] = [
  ["/usr/lib/jvm", ""],
  ["/usr/java", ""],
  ["/opt/java", ""],
  ["/Library/Java/JavaVirtualMachines", "Contents/Home"],
  [join(homedir(), ".sdkman/candidates/java"), ""],
  [join(homedir(), ".jdks"), ""],
];

/**
 * Finds a JDK of at least that version: what `ORGRAIL_JAVA` or `JAVA_HOME` names, else the newest of
 * the usual folders. Gives the others that it saw, for a message.
 */
export function findJava(least: number): { readonly java?: Java; readonly seen: readonly Java[] } {
  const named = [process.env.ORGRAIL_JAVA, process.env.JAVA_HOME]
    .filter((path) => path !== undefined && path !== "")
    .map((path) => (/\/bin\/java$/.test(path ?? "") ? dirname(dirname(path ?? "")) : (path ?? "")));
  const usual = usualFolders.flatMap(([folder, inside]) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, inside)) : [],
  );
  const told = named.flatMap(javaAt);
  const found = usual.flatMap(javaAt).sort((a, b) => b.version - a.version);
  const seen = [...told, ...found];
  const java = seen.find(({ version }) => version >= least);
  return { seen, ...(java === undefined ? {} : { java }) };
}

function javaAt(home: string): readonly Java[] {
  if (!existsSync(join(home, "bin", "java"))) return [];
  const version = versionOf(home);
  return Number.isNaN(version) ? [] : [{ home, version }];
}

function versionOf(home: string): number {
  const release = join(home, "release");
  const text = existsSync(release)
    ? readFileSync(release, "utf8")
    : spawnSync(join(home, "bin", "java"), ["-version"], { encoding: "utf8" }).stderr;
  const match = /(?:JAVA_VERSION=|version )"(\d+)(?:\.(\d+))?/.exec(text ?? "");
  // Before Java 9 the versions were 1.7 and 1.8.
  return Number(match?.[1] === "1" ? match[2] : match?.[1]);
}
