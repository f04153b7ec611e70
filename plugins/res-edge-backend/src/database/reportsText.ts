import {
  ApplicationReport,
  ReportedCondition,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** Short, because there is one for each application of each cluster. */
const LETTERS: Readonly<Record<ReportedCondition, string>> = {
  healthy: 'h',
  progressing: 'p',
  failed: 'f',
  removed: 'r',
};
const CONDITIONS = new Map(
  Object.entries(LETTERS).map(([condition, letter]) => [
    letter,
    condition as ReportedCondition,
  ]),
);

type Line = [
  application: string,
  revision: string,
  condition: string,
  at: number,
  message?: string,
];

/** Reports of a cluster as they are stored. @internal */
export function toReportsText(
  reports: ReadonlyMap<string, ApplicationReport>,
): string {
  return JSON.stringify(
    [...reports].map(([application, report]): Line => {
      const { revision, condition, at, message } = report;
      const letter = LETTERS[condition];
      return message === undefined
        ? [application, revision, letter, at]
        : [application, revision, letter, at, message];
    }),
  );
}

/** @internal */
export function fromReportsText(text: string): Map<string, ApplicationReport> {
  return new Map(
    (JSON.parse(text) as Line[]).map(
      ([application, revision, letter, at, message]) => [
        application,
        {
          revision,
          condition: CONDITIONS.get(letter)!,
          at,
          ...(message !== undefined && { message }),
        },
      ],
    ),
  );
}
