import type { JsonObject } from "../../core/json.ts";
import type { BlockIssue, PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import type { IamState, RootCredentialsState } from "./state.ts";

/** What a plan is made into. */
interface Lists {
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly issues: BlockIssue[];
}

/**
 * Plans that root users of member accounts lose what they can sign in with: the password and keys
 * before what guards them.
 */
export function planRootCredentials(
  state: IamState,
  accounts: readonly PlannedAccount[],
  { changes, compared, issues }: Lists,
): void {
  if (state.features !== undefined && !state.features.includes("RootSessions")) {
    issues.push({
      severity: "warning",
      code: "ORGRAIL3170",
      path: ["rootCredentials"],
      summary: "root credentials cannot be read before root sessions are enabled",
      help: "apply `centralizedRootAccess.sessions: true`, then plan again",
    });
    return;
  }
  for (const account of accounts) {
    if (account.isManagement) {
      issues.push({
        severity: "info",
        code: "ORGRAIL3171",
        path: ["rootCredentials", "remove"],
        summary: `${account.name}'s root user is left alone: centralized root access is for member accounts`,
        help: "guard it with MFA, and sign in with it never",
      });
      continue;
    }
    if (account.state !== "ACTIVE" || typeof account.id !== "string") continue;
    const found = state.rootCredentials?.[account.id];
    if (found === undefined) continue; // A gap says why it was not read.
    compared.push(addressOf(account));
    changes.push(...removals(account, found));
  }
}

function removals(account: PlannedAccount, found: RootCredentialsState): readonly ServiceChange[] {
  const one = (
    operation: string,
    part: string,
    input: JsonObject,
    needs: readonly string[] = [],
  ): ServiceChange => ({
    operation,
    address: `${addressOf(account)}/${part}`,
    action: "delete",
    input,
    before: { present: true },
    after: { present: false },
    reason: "the file asks for root credentials to be removed",
    path: ["rootCredentials", "remove"],
    workIn: account.id,
    account: account.id,
    risk: "destructive",
    needs,
  });
  const first = [
    ...(found.password ? [one("DeleteLoginProfile", "password", {})] : []),
    ...found.accessKeys.map((id) => one("DeleteAccessKey", `accessKey:${id}`, { AccessKeyId: id })),
    ...found.certificates.map((id) =>
      one("DeleteSigningCertificate", `certificate:${id}`, { CertificateId: id }),
    ),
  ];
  const before = first.map(({ address }) => address);
  return [
    ...first,
    ...found.mfaDevices.map((serial) =>
      one("DeactivateMFADevice", `mfaDevice:${serial}`, { SerialNumber: serial }, before),
    ),
  ];
}

function addressOf({ name }: PlannedAccount): string {
  return thingAddress("iam", "rootCredentials", { account: name });
}
