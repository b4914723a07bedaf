import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError, toGap } from "../../aws/aws-error.ts";
import type { CellState } from "../../core/coverage.ts";
import type { Json } from "../../core/json.ts";
import type { LayerControl } from "../../layers/control.ts";

/** How a resource is asked. */
export interface AskContext {
  readonly aws: Aws;
  /** The resource's account and Region. */
  readonly how: CallOptions;
  readonly arn: string;
  /** The last part of the ARN. */
  readonly name: string;
  /** ARN of the organization's analyzer that covers it. */
  readonly analyzer?: string;
}

/** What an answer says of a control. */
export interface Said {
  readonly state: CellState;
  readonly reason: string;
  readonly value?: Json;
}

/**
 * Asks for one control of a resource. A read that AWS denies or that fails is `unknown`, with why.
 *
 * @param missing exception names by which AWS says that there is none of it, and what that means
 */
export async function ask(
  [id, title, source]: readonly [id: string, title: string, source: string],
  read: () => Promise<Said>,
  missing: Readonly<Record<string, Said>> = {},
): Promise<LayerControl> {
  const make = ({ state, reason, value }: Said): LayerControl => ({
    id,
    title,
    state,
    reason,
    evidence: value === undefined ? [] : [{ what: title, value, source }],
  });
  try {
    return make(await read());
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const said = missing[error.details.awsCode ?? ""];
    if (said !== undefined) return make(said);
    const { message, operation } = toGap(error, id);
    return make({ state: "unknown", reason: `${operation}: ${message}` });
  }
}

/** A plain value of what an answer holds: dates as text, what is undefined left out. */
export function plain(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
