import type { Json } from "../../core/json.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import type { AuditContext } from "../context.ts";
import { at, objectAt } from "../read-state.ts";
import { fact, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** Something that a service's state tells by account. */
export interface AccountSetting {
  readonly service: string;
  /** The member of the state that holds values by account; gaps are below it. */
  readonly member: string;
  readonly operation: string;
  /** As evidence names it. */
  readonly what: string;
  readonly isGood: (value: Json) => boolean;
  /** What is shown as evidence; the value itself when absent. */
  readonly shown?: (value: Json) => Json;
  readonly pass: (name: string) => string;
  readonly fail: (name: string) => string;
  readonly accounts?: (context: AuditContext) => readonly OrganizationAccountState[];
}

/** Asks about every active account; one of which the service's state says nothing is unknown. */
export function accountSetting(setting: AccountSetting): AuditRule["evaluate"] {
  const { service, member, operation, what, isGood } = setting;
  return (context) => {
    const values = objectAt(context.service(service), member);
    const accounts = setting.accounts?.(context) ?? context.active;
    if (values === undefined || accounts.length === 0) {
      return [unknown(context.whyUnread(`services/${service}/${member}`))];
    }
    return accounts.map(({ id }): AuditResult => {
      const place = { account: id };
      const value = at(values, id);
      if (value === undefined) {
        return unknown(context.whyUnread(`services/${service}/${member}/${id}`), place);
      }
      const name = context.named(id);
      return verdict(
        isGood(value),
        { pass: setting.pass(name), fail: setting.fail(name) },
        place,
        fact(what, setting.shown?.(value) ?? value, operation),
      );
    });
  };
}
