import type { ContextValue, Frame, KeyTable } from "./frame.ts";
import { isIamPrincipal, principalFacts, roleOfSession } from "./principal-facts.ts";
import type { Caller } from "./principal-match.ts";
import { ownerOf } from "./scope.ts";
import type { Request } from "./types.ts";

/** Fills a frame from requests, which may be anything at all at run time. */
export interface FrameLoader {
  /** Loads a request; gives the account that owns the resource, when known. */
  load(request: Request, frame: Frame): string | undefined;
}

const callerLimit = 1024;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A context value in the form that conditions read: strings. Anything else does not exist. */
function contextValue(value: unknown): ContextValue {
  if (!Array.isArray(value)) return scalar(value);
  if (value.every((item) => typeof item === "string")) return value;
  return value.flatMap((item) => scalar(item) ?? []);
}

function scalar(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/**
 * Makes a loader; `needsOwner`: the account of the resource matters beyond conditions;
 * `bounded`: users and roles have a permissions boundary. Keys that AWS
 * derives from the request itself are filled in when the context lacks them: `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalIsAWSService` and
 * `aws:ResourceAccount`.
 */
export function frameLoader(
  keys: KeyTable,
  options: { readonly needsOwner: boolean; readonly bounded: boolean },
): FrameLoader {
  const principalArn = keys.find("aws:principalarn");
  const principalAccount = keys.find("aws:principalaccount");
  const isAwsService = keys.find("aws:principalisawsservice");
  const resourceAccount = keys.find("aws:resourceaccount");
  const wantsOwner = options.needsOwner || resourceAccount >= 0;
  const remembered = new Map<string, Caller>();

  const callerOf = (principal: string): Caller => {
    const known = remembered.get(principal);
    if (known !== undefined) return known;
    const role = roleOfSession(principal);
    const facts = principalFacts(role ?? principal);
    const caller: Caller = {
      principal: role ?? principal,
      ...(role === undefined ? {} : { session: principal }),
      facts,
      bounded: options.bounded && isIamPrincipal(facts) && facts.kind !== "root",
    };
    if (remembered.size >= callerLimit) remembered.clear();
    if (principal.length <= 2048) remembered.set(principal, caller);
    return caller;
  };

  const derive = (frame: Frame, slot: number, value: string | undefined): void => {
    if (slot >= 0 && frame.values[slot] === undefined && value !== undefined) {
      frame.values[slot] = value;
    }
  };

  return {
    load: (request, frame) => {
      const { values, rows } = frame;
      for (let i = 0; i < values.length; i++) {
        values[i] = undefined;
        rows[i] = undefined;
      }
      const context: unknown = request?.context;
      if (typeof context === "object" && context !== null) {
        const record = context as Readonly<Record<string, unknown>>;
        const names = Object.keys(record);
        for (let i = 0; i < names.length; i++) {
          const name = names[i] ?? "";
          const slot = keys.find(name);
          if (slot >= 0) values[slot] = contextValue(record[name]);
        }
      }
      const principal = text(request?.principal);
      const session: unknown = request?.principalSession;
      const caller = callerOf(principal);
      const { facts } = caller;
      frame.caller = typeof session === "string" ? { ...caller, session } : caller;
      frame.resource = text(request?.resource);
      frame.unknownKeys = request?.unknownKeys === "unknown";
      const told = text(request?.resourceAccount);
      const owner = wantsOwner
        ? ownerOf(frame.resource, told === "" ? undefined : told)
        : undefined;
      if (principal !== "" && facts.kind !== "anonymous" && facts.kind !== "service") {
        derive(frame, principalArn, caller.principal);
      }
      derive(frame, principalAccount, facts.account);
      derive(frame, isAwsService, facts.kind === "service" ? "true" : "false");
      derive(frame, resourceAccount, owner);
      return owner;
    },
  };
}
