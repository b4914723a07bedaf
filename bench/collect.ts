import { collectFigures } from "./lib/collect-figures.ts";
import { report } from "./lib/report.ts";

const numberOf = (flag: string, otherwise: number): number => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

report(
  "collect",
  await collectFigures({
    accounts: numberOf("--accounts", 1_000),
    regions: numberOf("--regions", 17),
  }),
);
