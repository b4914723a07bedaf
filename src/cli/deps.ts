import type { AwsOptions } from "../aws/aws.ts";
import type { Clock } from "../core/clock.ts";
import type { Paint } from "./paint.ts";

/** Where a command writes: one of the process's streams, or a buffer in a test. */
export interface Output {
  write(text: string): void;
  /** Resolves when the text was taken: with false when there is nobody who reads any more. */
  writeWhole?(text: string): Promise<boolean>;
  readonly isTerminal: boolean;
  /** Width in columns; 80 when not known. */
  readonly columns: number;
}

/** Where a command reads answers. */
export interface Input {
  readonly isTerminal: boolean;
  readonly stream: NodeJS.ReadableStream;
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly config: string | undefined;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  readonly json: boolean;
  readonly noColor: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
}

/** What stands in AWS's place: a sandbox in this process. */
export type InPlaceOfAws = Required<Pick<AwsOptions, "requestHandler" | "credentials">>;

/** All that a command may touch of the world. */
export interface Deps {
  /** The result, and nothing else. */
  readonly stdout: Output;
  /** Everything else. */
  readonly stderr: Output;
  readonly stdin: Input;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An absolute path. */
  readonly cwd: string;
  /** Aborted by Ctrl-C and SIGTERM: stop cleanly and say what was done. */
  readonly signal: AbortSignal;
  readonly global: GlobalOptions;
  /** Absent: AWS, or what `--endpoint-url` names. */
  readonly inPlaceOfAws?: InPlaceOfAws;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Colours for standard error. */
  readonly paintError: Paint;
}
