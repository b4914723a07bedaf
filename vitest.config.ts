import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/support/shared-folder.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: "forks",
    // One process a core, the runner itself is idle most of the time.
    maxWorkers: "100%",
    // Files share a process and what it has loaded: the code keeps no state in modules, and a test
    // that changes the process puts it back. Loading all of it anew for each file takes minutes.
    isolate: false,
    // Seven lines to stderr for each client on Node.js 20; `doctor` says the same once.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});

export default config;
