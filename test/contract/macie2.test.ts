import { macie2 } from "./fixtures/macie2.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("macie2", macie2);
