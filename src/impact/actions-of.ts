import { cloudtrailActions, type FurtherCheck } from "../data/cloudtrail-actions.ts";
import type { ActionFacts, IamFacts } from "../policy/iam-facts.ts";
import type { CallKey } from "./call.ts";

/** An action that a call is checked for. */
export interface CheckedAction {
  /** `s3:ListBucket`. */
  readonly action: string;
  readonly facts: ActionFacts;
  /** The services that its resources are of. */
  readonly services: readonly string[];
  /** Checked only where the request has this parameter. */
  readonly parameter?: string;
}

/** The actions of a call: all are checked. Or why there is none. */
export type MappedActions =
  | { readonly actions: readonly CheckedAction[] }
  | { readonly unmapped: string };

/** Says which IAM actions calls are checked for; remembers its answers. */
export function actionMapper(facts: IamFacts): (key: CallKey) => MappedActions {
  const known = new Map<string, MappedActions>();
  return (key) => {
    const id = `${key.eventType ?? ""} ${key.eventSource ?? ""} ${key.eventName ?? ""}`;
    const held = known.get(id);
    if (held !== undefined) return held;
    const answer = mapActions(facts, key);
    known.set(id, answer);
    return answer;
  };
}

/** Names of API operations carry the version of their API at some services. */
const version = /(?:\d{8}(?:v\d+)?|\d{4}_\d{2}_\d{2})$/;

function mapActions(facts: IamFacts, key: CallKey): MappedActions {
  const { eventSource, eventName, eventType } = key;
  const noRequest = cloudtrailActions.noRequests[eventType ?? ""];
  if (noRequest !== undefined) return { unmapped: noRequest };
  if (eventSource === undefined || eventName === undefined) {
    return { unmapped: "the record names no event" };
  }
  const source = eventSource.split(".")[0] ?? "";
  if (cloudtrailActions.consoles.includes(source)) {
    return { unmapped: "a call of a console, whose action is not known" };
  }
  const prefix = cloudtrailActions.prefixes[source] ?? source;
  const name = eventName.replace(version, "");
  const id = `${prefix}:${name}`;
  const none = cloudtrailActions.noActions[id];
  if (none !== undefined) return { unmapped: none };
  const named = cloudtrailActions.actions[id] ?? [actionByName(facts, prefix, name)];
  const further: readonly FurtherCheck[] = cloudtrailActions.further[id] ?? [];
  const checks: readonly FurtherCheck[] = [...named.map((action) => ({ action })), ...further];
  const actions: CheckedAction[] = [];
  for (const { action, parameter } of checks) {
    const [service = "", operation = ""] = action.split(":");
    const found = facts.service(service)?.actions.get(operation.toLowerCase());
    if (found === undefined) {
      return {
        unmapped:
          facts.service(service) === undefined
            ? "no service of the Service Authorization Reference has this name"
            : "the Service Authorization Reference has no action of this name",
      };
    }
    actions.push({
      action: `${service}:${found.name}`,
      facts: found,
      services: servicesOf(found),
      ...(parameter === undefined ? {} : { parameter }),
    });
  }
  return { actions };
}

function servicesOf({ resourceTypes }: ActionFacts): readonly string[] {
  return [...new Set(resourceTypes.map(({ type }) => type.arn.slice(4).split(":", 2)[1] ?? "*"))];
}

/** API Gateway's actions are the HTTP methods; all others' the operations. */
function actionByName(facts: IamFacts, prefix: string, name: string): string {
  const isKnown = facts.service(prefix)?.actions.has(name.toLowerCase()) === true;
  if (prefix !== "apigateway" || isKnown) return `${prefix}:${name}`;
  const verb = /^[A-Z][a-z]+/.exec(name)?.[0] ?? "";
  return `${prefix}:${cloudtrailActions.methods[verb] ?? name}`;
}
