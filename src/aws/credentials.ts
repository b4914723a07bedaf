import type { AccountId } from "../core/identifiers.ts";
import type { CredentialsSource, StaticCredentials } from "./clients.ts";

/** A role to assume on the way from the caller's own credentials to the ones that are used. */
export interface RoleStep {
  readonly roleArn: string;
  readonly externalId?: string;
  /** The step is into a root user, which `roleArn` names, for one task: AssumeRoot. */
  readonly rootTask?: string;
}

/** Credentials with the time at which they end, in milliseconds since the epoch. */
export interface Session {
  readonly credentials: StaticCredentials;
  readonly expiresAtMs: number;
}

/** Assumes a role with the credentials given. */
export type AssumeRole = (step: RoleStep, using: CredentialsSource) => Promise<Session>;

/** Sessions in accounts of the organization, made when first needed and renewed in time. */
export interface Sessions {
  /** Credentials that are good for some minutes at least. */
  credentials(chain: readonly RoleStep[]): Promise<CredentialsSource>;
}

/** Sessions are renewed when they have no more than this left. */
const renewBeforeMs = 5 * 60_000;

/**
 * Keeps one session a role chain. Calls that need the same session at the same time share one
 * AssumeRole; a session that failed is asked for again by the next call.
 */
export function createSessions(
  base: CredentialsSource,
  assumeRole: AssumeRole,
  now: () => number,
): Sessions {
  const sessions = new Map<string, Promise<Session>>();

  const session = async (chain: readonly RoleStep[]): Promise<Session> => {
    const key = JSON.stringify(chain);
    const known = sessions.get(key);
    if (known !== undefined) {
      const ready = await known;
      if (ready.expiresAtMs - now() > renewBeforeMs) return ready;
      if (sessions.get(key) === known) sessions.delete(key);
      return session(chain);
    }
    const last = chain.at(-1);
    if (last === undefined) throw new Error("an empty role chain has no session");
    const made = credentials(chain.slice(0, -1)).then((using) => assumeRole(last, using));
    sessions.set(key, made);
    try {
      return await made;
    } catch (error) {
      if (sessions.get(key) === made) sessions.delete(key);
      throw error;
    }
  };

  const credentials = async (chain: readonly RoleStep[]): Promise<CredentialsSource> =>
    chain.length === 0 ? base : (await session(chain)).credentials;

  return { credentials };
}

function isNoProvider(error: unknown): error is Error {
  return error instanceof Error && /^Could not load credentials from any/.test(error.message);
}

/** ARN of a role of an account. */
export function roleArn(partition: string, account: AccountId, roleName: string): string {
  return `arn:${partition}:iam::${account}:role/${roleName}`;
}

/**
 * The SDK's chain of places where credentials are looked for: environment, profile (single sign-on,
 * web identity, process), container and instance. Nothing is read before the first request.
 */
export function defaultCredentials(profile: string | undefined): CredentialsSource {
  let provider: (() => Promise<StaticCredentials>) | undefined;
  return async () => {
    if (provider === undefined) {
      const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
      provider = fromNodeProviderChain(profile === undefined ? {} : { profile });
    }
    try {
      return await provider();
    } catch (error) {
      // The chain says of nobody but the last that it asked, which is not the profile.
      if (profile === undefined || !isNoProvider(error)) throw error;
      error.message = `the profile \`${profile}\` gives no credentials: is it in the AWS configuration files?`;
      throw error;
    }
  };
}
