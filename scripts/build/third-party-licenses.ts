import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The notices of packages that are in the bundle: name, version, licence and the text of each.
 * `packages` are folders under `node_modules`.
 */
export async function thirdPartyLicenses(
  root: string,
  packages: readonly string[],
): Promise<string> {
  const sections = await Promise.all(
    packages.map((name) => notice(join(root, "node_modules", name), name)),
  );
  return [
    "The command line of orgrail contains the packages below, under their own licences.\n",
    ...sections,
  ].join(`\n${"-".repeat(80)}\n\n`);
}

async function notice(folder: string, name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) =>
    /^(licen[cs]e|notice|copying)/i.test(file),
  );
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), "utf8")));
  const title = `${manifest.name ?? name} ${manifest.version} (${manifest.license})`;
  return [title, ...texts.map((text) => text.trim())].join("\n\n").concat("\n");
}
