import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const venv = fileURLToPath(new URL("../../.cache/venv/bin/python", import.meta.url));

/** The Python that has a module: `ORGRAIL_PYTHON`, the project's venv, or the one on the path. */
export function pythonWith(module: string): string | undefined {
  const candidates = [process.env.ORGRAIL_PYTHON, existsSync(venv) ? venv : undefined, "python3"];
  // It is looked for and not loaded, which would take seconds.
  const look = `import sys, importlib.util as it; sys.exit(it.find_spec(${JSON.stringify(module)}) is None)`;
  return candidates
    .filter((python) => python !== undefined)
    .find((python) => spawnSync(python, ["-c", look]).status === 0);
}
