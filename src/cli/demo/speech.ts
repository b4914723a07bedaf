import type { AccessKey } from "../../services/iam/sandbox/create-administrator.ts";
import { runInDemo, type Spoken } from "./shell.ts";
import type { DemoStage } from "./stage.ts";

/** A command of the demo and the exit code that it ended with. */
export interface DemoStep {
  readonly command: string;
  readonly exit: number;
}

/** What the demo says and does, one after the other. */
export interface Speech {
  /** The commands so far. */
  readonly steps: readonly DemoStep[];
  /** Begins the next part, after a pause where somebody watches. */
  title(text: string): Promise<void>;
  /**
   * Says a command and runs it.
   *
   * @throws Error when it does not end with that exit code: then the demo would tell a lie.
   */
  command(line: string, exit: number, credentials?: AccessKey): Promise<Spoken>;
  /** Lines as they are. */
  show(...lines: readonly string[]): void;
  /** What a command printed, or a part of it. */
  shown(text: string): void;
  /** A sentence beside. */
  remark(text: string): void;
}

const pauseMs = 1_500;

/** Starts to speak. */
export function startSpeech(stage: DemoStage): Speech {
  const { deps } = stage;
  const { paint } = deps;
  const steps: DemoStep[] = [];
  let parts = 0;
  const show = (...lines: readonly string[]): void => {
    if (!deps.global.json) deps.stdout.write(`${lines.join("\n")}\n`);
  };
  return {
    steps,
    title: async (text) => {
      parts += 1;
      if (deps.stdout.isTerminal && parts > 1) await deps.clock.sleep(pauseMs, deps.signal);
      deps.signal.throwIfAborted();
      show("", paint.bold(`${parts}. ${text}`), "");
    },
    command: async (line, exit, credentials) => {
      show(`   ${paint.dim("$")} ${paint.cyan(`orgrail ${line}`)}`);
      const spoken = await runInDemo(stage, line, credentials);
      steps.push({ command: line, exit: spoken.code });
      if (spoken.code !== exit) {
        throw new Error(
          `\`orgrail ${line}\` ended with ${spoken.code}: ${spoken.err}${spoken.out}`,
        );
      }
      return spoken;
    },
    show,
    shown: (text) =>
      show(
        ...text
          .trimEnd()
          .split("\n")
          .map((line) => `   ${line}`.trimEnd()),
      ),
    remark: (text) => show(paint.dim(`   ${text}`)),
  };
}
