import { health } from "./fixtures/health.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("health", health);
