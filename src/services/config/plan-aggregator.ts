import { canonicalJson, type JsonObject } from "../../core/json.ts";
import { configFacts } from "../../data/config.ts";
import { thingAddress } from "../kit/address.ts";
import { administratorNeeds, at, type Planning } from "./planning.ts";

/** Plans the organization aggregator and the role by which it lists accounts. */
export function planAggregator(planning: Planning): void {
  const { block, state, owner, facts, changes, compared } = planning;
  const { aggregator: wanted } = block;
  if (wanted === undefined) return;
  const region = wanted.region ?? facts.homeRegion;
  const place = { account: owner.name, region };
  const address = thingAddress("config", "aggregator", place, wanted.name);
  const found = owner.exists ? state.aggregator : null;
  if (found === undefined) return; // A gap says why it was not read.
  compared.push(address);
  if (block.remove === true) {
    if (found === null) return;
    changes.push({
      ...at(owner, region),
      operation: "DeleteConfigurationAggregator",
      address,
      action: "delete",
      input: { ConfigurationAggregatorName: wanted.name },
      before: found,
      after: null,
      reason: "the file says `remove: true`",
      risk: "protection",
      phase: "undo",
    });
    return;
  }
  const role = owner.exists ? state.aggregatorRole : null;
  if (role === undefined) return;
  const roleAddress = thingAddress("config", "role", { account: owner.name }, wanted.role);
  compared.push(roleAddress);
  const path = ["aggregator"];
  if (role === null) {
    changes.push({
      ...at(owner),
      operation: "CreateRole",
      address: roleAddress,
      action: "create",
      input: {
        RoleName: wanted.role,
        Description: "Lists the organization's accounts for AWS Config's aggregator",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: configFacts.principals.config },
              Action: "sts:AssumeRole",
            },
          ],
        }),
      },
      before: null,
      after: { exists: true },
      reason: "the aggregator lists the organization's accounts by it",
      path,
      needs: [`account:${owner.name}`],
    });
  } else planning.ids[roleAddress] = role.arn;
  if (role?.attached !== true) {
    changes.push({
      ...at(owner),
      operation: "PutRolePolicy",
      address: `${roleAddress}/policy`,
      action: "attach",
      input: {
        RoleName: wanted.role,
        PolicyName: configFacts.aggregatorPolicy.name,
        PolicyDocument: configFacts.aggregatorPolicy.document,
      },
      before: { attached: false },
      after: { attached: true },
      reason: "the aggregator lists the organization's accounts by it",
      path,
      needs: [roleAddress],
    });
  }
  const roleArn = role === null ? { $ref: roleAddress } : role.arn;
  const after = { organization: true, role: roleArn, allRegions: true } as JsonObject;
  if (canonicalJson(found) === canonicalJson(after)) return;
  changes.push({
    ...at(owner, region),
    operation: "PutConfigurationAggregator",
    address,
    action: found === null ? "create" : "update",
    input: {
      ConfigurationAggregatorName: wanted.name,
      OrganizationAggregationSource: { RoleArn: roleArn, AllAwsRegions: true } as JsonObject,
    },
    before: found,
    after,
    reason: found === null ? "the file wants an aggregator" : "the file has it otherwise",
    path,
    needs: [roleAddress, `${roleAddress}/policy`, ...administratorNeeds(planning)],
  });
}
