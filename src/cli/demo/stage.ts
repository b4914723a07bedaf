import type { Sandbox } from "../../services/open-sandbox.ts";
import type { Deps } from "../deps.ts";

/** What the demo works with. */
export interface DemoStage {
  readonly deps: Deps;
  readonly sandbox: Sandbox;
  /** Holds orgrail.yaml. */
  readonly folder: string;
  readonly columns: number;
}
