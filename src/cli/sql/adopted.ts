import { InputError } from "../../core/app-error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { adoptTable, type ColumnDescription } from "../../impact/sql/adopt-table.ts";
import type { EventTable } from "../../impact/sql/event-table.ts";

/**
 * A table of an engine's as a table of events, with what is to be known of it. Throws ORGRAIL5341
 * when it is none.
 */
export function adopted(
  told: string,
  name: string,
  columns: readonly ColumnDescription[],
  dayFormat: string | undefined,
): { readonly table: EventTable; readonly notes: readonly Diagnostic[] } {
  const found = adoptTable(name, columns, dayFormat === undefined ? {} : { dayFormat });
  if ("problems" in found) {
    throw new InputError(
      "ORGRAIL5341",
      `the table \`${told}\` has no events of CloudTrail: ${found.problems.join(", ")}`,
      [],
      "`orgrail logs table` makes one over an organization trail's bucket",
    );
  }
  const { table, lacks } = found;
  const note = (summary: string, help: string): Diagnostic => ({
    severity: "warning",
    code: "ORGRAIL5342",
    summary,
    help,
  });
  const notes = [
    ...(lacks.length === 0
      ? []
      : [
          note(
            `the table \`${told}\` has no ${lacks.join(", ")}`,
            "what policies ask of these stays possible",
          ),
        ]),
    ...(table.day === undefined
      ? [
          note(
            `the table \`${told}\` has no partition of days that can be used`,
            "all of it is read; --day-format says how such a partition is written",
          ),
        ]
      : []),
  ];
  return { table, notes };
}
