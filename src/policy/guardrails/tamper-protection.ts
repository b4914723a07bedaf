import { tamperActions } from "../../data/tamper-actions.ts";
import {
  deny,
  exemptPrincipals,
  type GuardrailCase,
  type StatementGuardrail,
  unlessExempt,
} from "./guardrail.ts";

/** What a guardrail of tamper protection says besides its list of actions. */
export interface TamperProtection {
  /** Key in `tamperActions`. */
  readonly service: string;
  readonly why: string;
  readonly sources: readonly string[];
  /** A harmless action of the service, which stays allowed. */
  readonly harmless: string;
}

const memberRole = "arn:aws:iam::111122223333:role/developer";
const securityRole = "arn:aws:iam::111122223333:role/security";

/** Denies the actions by which a member account could switch a service off or weaken it. */
export function tamperProtection({
  service,
  why,
  sources,
  harmless,
}: TamperProtection): StatementGuardrail<{ exemptPrincipals: "strings" }> {
  const { title, actions } = tamperActions.services[service] ?? { title: service, actions: [] };
  const exempt: GuardrailCase<{ exemptPrincipals: "strings" }> = {
    what: "a principal that is exempt",
    parameters: { exemptPrincipals: ["arn:aws:iam::*:role/security"] },
    principal: securityRole,
    action: actions[0] ?? "",
  };
  return {
    name: `protect-${service}`,
    title: `Protect ${title}`,
    type: "SERVICE_CONTROL_POLICY",
    why,
    sources: [tamperActions.source, ...sources],
    parameters: { exemptPrincipals },
    statements: (values) => [
      deny(`Protect${pascalCase(service)}`, {
        action: actions,
        condition: unlessExempt(values.exemptPrincipals),
      }),
    ],
    denied: actions.map((action) => ({
      what: `${action} by a role of a member account`,
      parameters: { exemptPrincipals: ["arn:aws:iam::*:role/security"] },
      principal: memberRole,
      action,
    })),
    allowed: [exempt, { what: "what does no harm", principal: memberRole, action: harmless }],
  };
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
