import type { Finding } from "../../../core/finding.ts";
import { type Sink, SinkFailure } from "../sink.ts";

/** Findings as text of some format. */
export type RenderFindings = (findings: readonly Finding[]) => string;

/** Writes a text; resolves when it was taken, false when there is no reader any more. */
export type WriteText = (text: string) => Promise<boolean>;

const mostAtOnce = 500;

/** Standard output. */
export function streamSink(name: string, render: RenderFindings, write: WriteText): Sink {
  return {
    name,
    most: mostAtOnce,
    deliver: async (findings) => {
      if (await write(render(findings))) return [];
      throw new SinkFailure("standard output is closed", { isFinal: true });
    },
  };
}
