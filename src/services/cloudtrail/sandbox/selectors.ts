import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventSelectorsCommandInput,
  GetEventSelectorsCommandOutput,
  GetInsightSelectorsCommandInput,
  GetInsightSelectorsCommandOutput,
  PutEventSelectorsCommandInput,
  PutEventSelectorsCommandOutput,
  PutInsightSelectorsCommandInput,
  PutInsightSelectorsCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { findOwnTrail, findTrail } from "./find-trail.ts";
import type { Served } from "./served.ts";
import type { TrailRecord } from "./state.ts";

/** What a trail logs for which nothing was said: all management events. */
const defaultSelectors: readonly EventSelector[] = [
  {
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  },
];

const getEventSelectors: Served<GetEventSelectorsCommandInput, GetEventSelectorsCommandOutput> = (
  context,
  input,
) => selectorsOf(findTrail(context, input.TrailName));

const putEventSelectors: Served<PutEventSelectorsCommandInput, PutEventSelectorsCommandOutput> = (
  context,
  input,
) => {
  const trail = findOwnTrail(context, input.TrailName);
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = input;
  if ((basic === undefined) === (advanced === undefined)) {
    throw invalidSelectors("Specify either EventSelectors or AdvancedEventSelectors, not both.");
  }
  if (basic !== undefined) {
    trail.eventSelectors = validBasic(basic);
    delete trail.advancedEventSelectors;
  } else {
    trail.advancedEventSelectors = validAdvanced(advanced ?? []);
    delete trail.eventSelectors;
  }
  return selectorsOf(trail);
};

const getInsightSelectors: Served<
  GetInsightSelectorsCommandInput,
  GetInsightSelectorsCommandOutput
> = (context, input) => {
  const { arn, insightSelectors } = findTrail(context, input.TrailName);
  if (insightSelectors.length === 0) {
    throw new ServiceError(
      "InsightNotEnabledException",
      `Trail ${arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`,
    );
  }
  return { TrailARN: arn, InsightSelectors: [...insightSelectors] };
};

const putInsightSelectors: Served<
  PutInsightSelectorsCommandInput,
  PutInsightSelectorsCommandOutput
> = (context, input) => {
  const trail = findOwnTrail(context, input.TrailName);
  const given = input.InsightSelectors ?? [];
  const types = given.map(({ InsightType }) => InsightType ?? "");
  if (
    types.some((type) => !cloudtrailFacts.insightTypes.includes(type)) ||
    new Set(types).size < types.length
  ) {
    throw new ServiceError(
      "InvalidInsightSelectorsException",
      "The Insights selectors are not valid: use ApiCallRateInsight and ApiErrorRateInsight once each.",
    );
  }
  if (types.length > 0 && !logsManagementEvents(trail)) {
    throw new ServiceError(
      "InvalidInsightSelectorsException",
      "To log Insights events, the trail must log management events.",
    );
  }
  trail.insightSelectors = given;
  return { TrailARN: trail.arn, InsightSelectors: [...given] };
};

/** Whether a trail logs management events at all. */
function logsManagementEvents(trail: TrailRecord): boolean {
  const { eventSelectors: basic, advancedEventSelectors: advanced } = trail;
  if (advanced !== undefined) {
    return advanced.some(({ FieldSelectors }) =>
      FieldSelectors?.some(
        ({ Field, Equals }) => Field === "eventCategory" && Equals?.includes("Management"),
      ),
    );
  }
  return basic?.some(({ IncludeManagementEvents }) => IncludeManagementEvents !== false) ?? true;
}

function selectorsOf(trail: TrailRecord): Omit<GetEventSelectorsCommandOutput, "$metadata"> {
  const { arn, advancedEventSelectors: advanced } = trail;
  return advanced === undefined
    ? { TrailARN: arn, EventSelectors: [...(trail.eventSelectors ?? defaultSelectors)] }
    : { TrailARN: arn, AdvancedEventSelectors: [...advanced] };
}

function validBasic(selectors: readonly EventSelector[]): EventSelector[] {
  if (selectors.length < 1 || selectors.length > cloudtrailFacts.eventSelectorsPerTrail) {
    throw invalidSelectors("Specify a valid number of selectors (1 to 5) for your trail.");
  }
  return selectors.map((selector) => ({
    ReadWriteType: selector.ReadWriteType ?? "All",
    IncludeManagementEvents: selector.IncludeManagementEvents !== false,
    DataResources: selector.DataResources ?? [],
    ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
  }));
}

/** Fields of advanced event selectors. */
const fields = new Set([
  "eventCategory",
  "eventName",
  "eventSource",
  "eventType",
  "errorCode",
  "readOnly",
  "resources.ARN",
  "resources.type",
  "sessionCredentialFromConsole",
  "userIdentity.arn",
  "vpcEndpointId",
]);

function validAdvanced(selectors: readonly AdvancedEventSelector[]): AdvancedEventSelector[] {
  let values = 0;
  if (selectors.length === 0)
    throw invalidSelectors("Specify at least one advanced event selector.");
  for (const { FieldSelectors = [] } of selectors) {
    const category = FieldSelectors.find(({ Field }) => Field === "eventCategory")?.Equals;
    if (category?.length !== 1) {
      throw invalidSelectors("A field selector of eventCategory with one value is required.");
    }
    const type = FieldSelectors.find(({ Field }) => Field === "resources.type")?.Equals;
    if (category[0] === "Data" && type?.length !== 1) {
      throw invalidSelectors("Data events need one value of resources.type.");
    }
    for (const { Field = "", ...operators } of FieldSelectors) {
      if (!fields.has(Field)) throw invalidSelectors(`The field ${Field} is not valid.`);
      values += Object.values(operators).flat().length;
    }
  }
  if (values > cloudtrailFacts.advancedValuesPerTrail) {
    throw invalidSelectors("The selectors have more than 500 values.");
  }
  return [...selectors];
}

function invalidSelectors(message: string): ServiceError {
  return new ServiceError("InvalidEventSelectorsException", message);
}

/** Operations on selectors. */
export const selectorHandlers: Readonly<Record<string, AnyHandler>> = {
  GetEventSelectors: getEventSelectors,
  PutEventSelectors: putEventSelectors,
  GetInsightSelectors: getInsightSelectors,
  PutInsightSelectors: putInsightSelectors,
};
