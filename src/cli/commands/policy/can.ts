import { InputError } from "../../../core/app-error.ts";
import { parseArn } from "../../../core/identifiers.ts";
import type { OrganizationState } from "../../../core/snapshot.ts";
import type { OrganizationAnswer } from "../../../policy/decide-in-organization.ts";
import type { Decision } from "../../../policy/types.ts";
import { renderExplanation } from "../../../report/explanation.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { decideAtPlace } from "../../policy/decide-at.ts";
import { type FoundPlace, findAccount, findUnit } from "../../policy/find-place.ts";
import {
  accountLabel,
  type OrganizationSource,
  readSource,
} from "../../policy/organization-source.ts";
import { contextOf } from "../../policy/read-context.ts";
import { readSoundPolicies } from "../../policy/read-policies.ts";
import { anyAccount, type RequestPrincipal, readPrincipal } from "../../policy/read-principal.ts";
import { statementLocator } from "../../policy/statement-places.ts";
import { unreadGaps } from "../../policy/unread-gaps.ts";
import { wrap } from "../../wrap.ts";
import type { CanOptions } from "./can.command.ts";

/** Decides a request and says why. */
export const run: Run<CanOptions> = async (deps, options, words) => {
  const [principalText = "", action = "", resource = "*"] = words;
  if (options.account !== undefined && options.ou !== undefined) {
    throw new InputError("ORGRAIL5047", "--account and --ou exclude each other", []);
  }
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
    const hint = "write the service and the operation, such as s3:GetObject";
    throw new InputError("ORGRAIL5050", `\`${action}\` is no action`, [], hint);
  }
  const context = contextOf(options.context);
  const identity =
    options.identity.length === 0
      ? undefined
      : readSoundPolicies(deps, options.identity, "IDENTITY_POLICY");
  const source = await readSource(deps, options);
  const { organization } = source.snapshot;
  const { place, principal } = callerOf(organization, principalText, options);
  const resourceAccount =
    options.resourceAccount === undefined
      ? undefined
      : accountId(organization, options.resourceAccount);
  const answer = decideAtPlace(source, {
    ...(place === undefined ? {} : { caller: place }),
    principal,
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context,
    unknownKeys: options.unknown === "absent" ? "absent" : "unknown",
    ...(identity === undefined ? {} : { identity }),
  });
  if (answer === undefined) {
    throw new InputError(
      "ORGRAIL5051",
      "neither the caller nor the resource is in this organization, so nothing of it decides",
      [],
      "name the caller's account by --account, or the resource's by --resource-account",
    );
  }
  const { explanation, unread } = answer;
  const allowed = explanation.decision === "allowed";
  return {
    result: {
      decision: explanation.decision,
      reason: explanation.reason,
      request: { principal: principal.arn, action, resource, context },
      place: place === undefined ? null : { kind: place.kind, name: place.name, id: place.id },
      source: { kind: source.kind, name: source.shown },
      identityPolicies: identity !== undefined,
      unread,
      explanation,
    },
    gaps: unreadGaps(source, unread),
    diagnostics: source.diagnostics,
    exit:
      unread.length > 0 ? "gaps" : allowed || !options.detailedExitcode ? "done" : "differences",
    text: () =>
      text(deps, source, answer, {
        all: options.all,
        hasIdentity: identity !== undefined,
        isOutside: place === undefined && principal.account !== undefined,
      }),
    ...(explanation.unknownKeys.length > 0 && explanation.decision === "unknown"
      ? {
          next: `Next: give ${keyFlags(explanation.unknownKeys)}, or --unknown absent if the request has no such key.`,
        }
      : {}),
  };
};

function callerOf(
  organization: OrganizationState,
  text: string,
  options: CanOptions,
): { readonly place: FoundPlace | undefined; readonly principal: RequestPrincipal } {
  const partition = parseArn(organization.arn)?.partition ?? "aws";
  const named =
    options.account !== undefined
      ? findAccount(organization, options.account)
      : options.ou === undefined
        ? undefined
        : findUnit(organization, options.ou);
  const account = named?.kind === "account" ? named.id : undefined;
  const principal = readPrincipal(text, { partition, account: account ?? anyAccount });
  if (account !== undefined && principal.account !== undefined && principal.account !== account) {
    throw new InputError(
      "ORGRAIL5051",
      `\`${text}\` is of account ${principal.account}, --account says ${account}`,
      [],
      "leave --account out where the ARN has it",
    );
  }
  // A service is of no account; the place that is named is then the resource's.
  if (named !== undefined) return { place: named, principal };
  const own = organization.accounts.find(({ id }) => id === principal.account);
  const place = own && { id: own.id, kind: "account" as const, name: own.name };
  if (place === undefined && principal.account === anyAccount) {
    throw new InputError(
      "ORGRAIL5051",
      `it is not said where \`${text}\` is`,
      [],
      "name its account by --account, or an organizational unit by --ou",
    );
  }
  return { place, principal };
}

function accountId(organization: OrganizationState, wanted: string): string {
  return /^\d{12}$/.test(wanted) ? wanted : findAccount(organization, wanted).id;
}

function keyFlags(keys: readonly string[]): string {
  return keys.map((key) => `--context ${key}=...`).join(" and ");
}

const decisionWords: Readonly<Record<Decision, string>> = {
  allowed: "allowed",
  explicitDeny: "denied",
  implicitDeny: "denied",
  unknown: "unknown",
};

function text(
  deps: Deps,
  source: OrganizationSource,
  { explanation }: OrganizationAnswer,
  options: {
    readonly all: boolean;
    readonly hasIdentity: boolean;
    readonly isOutside: boolean;
  },
): string {
  const { paint, stdout } = deps;
  const tint = {
    allowed: paint.green,
    explicitDeny: paint.red,
    implicitDeny: paint.red,
    unknown: paint.yellow,
  }[explanation.decision];
  const { isOutside } = options;
  const isPartial = explanation.decision === "allowed" && !options.hasIdentity && !isOutside;
  const head = wrap(
    `${decisionWords[explanation.decision]}: ${explanation.reason}`,
    stdout.columns,
  );
  const body = renderExplanation(explanation, {
    color: paint.isColorSupported,
    width: stdout.columns,
    all: options.all,
    levelName: (level) => accountLabel(source, level) ?? level,
    locate: statementLocator(source),
  });
  return [
    paint.bold(tint(head)),
    ...(isOutside
      ? [
          paint.dim(
            "the caller is outside the organization: the policies that bind it are not known",
          ),
        ]
      : []),
    ...(isPartial
      ? [paint.dim("by the organization's policies; IAM policies in the account must allow it too")]
      : []),
    ...(body === "" ? [] : ["", body]),
  ].join("\n");
}
