import { serviceContract } from "./service-contract.ts";

serviceContract("guardduty", {
  block: {
    delegatedAdministrator: "Audit",
    features: {
      S3_DATA_EVENTS: "ALL",
      LAMBDA_NETWORK_LOGS: "NEW",
      RUNTIME_MONITORING: {
        autoEnable: "ALL",
        additional: { EC2_AGENT_MANAGEMENT: "ALL", ECS_FARGATE_AGENT_MANAGEMENT: "NONE" },
      },
    },
    findingPublishingFrequency: "FIFTEEN_MINUTES",
  },
});
